package net.shoal.engine.swarm;

import java.nio.ByteBuffer;

/** A reference-counted piece of memory that the disk fills and links send from without copying. Starts with one reference. */
public interface SharedBuffer {
    /** All of it, position 0; a view of its own for each call. */
    ByteBuffer view();

    void retain();

    /** The last one gives the memory back. */
    void release();
}
