package net.shoal.engine.swarm;

/** Where memory for content comes from. Any thread. */
@FunctionalInterface
public interface Buffers {
    /** Exactly {@code size} bytes, of undefined content. */
    SharedBuffer allocate(int size);
}
