package net.shoal.engine.picker;

/** Takes picked blocks; must not call the picker. */
@FunctionalInterface
public interface BlockSink {
    /** @param block index within the piece, in units of 16 KiB */
    void block(int piece, int block);
}
