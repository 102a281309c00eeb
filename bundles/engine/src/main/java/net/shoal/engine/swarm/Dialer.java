package net.shoal.engine.swarm;

import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;

/** Connects to peers and shakes hands. */
public interface Dialer {
    /** @param result hears exactly one thing, on the swarm's loop and not from within this call */
    void dial(PeerAddress address, Handshake ours, Result result);

    /** What came of it. */
    interface Result {
        /** @param theirs names the swarm that was asked for */
        void onConnected(PeerLink link, Handshake theirs);

        void onFailed(String reason);
    }
}
