package net.shoal.engine.picker;

/** Is told who was also asked for a block that has arrived; must not call the picker. */
@FunctionalInterface
public interface CancelSink<P> {
    void cancel(PickerPeer<P> peer, int piece, int block);
}
