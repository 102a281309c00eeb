package net.shoal.engine.swarm;

import net.shoal.base.wire.WireSink;

/** What happens on a {@link PeerLink}; called on the swarm's loop. */
public interface LinkEvents extends WireSink {
    /** All that had arrived has been delivered: time to answer it in one go. */
    void onReadComplete();

    /** There is room again to send more. */
    void onWritable();

    /** The last call. */
    void onClosed(String reason);
}
