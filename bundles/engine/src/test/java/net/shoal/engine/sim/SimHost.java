package net.shoal.engine.sim;

import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.swarm.PeerLink;

/** Something in the network that can be dialled: a node with a real swarm, or a {@link FakePeer}. */
interface SimHost {
    PeerAddress address();

    SimLine line();

    boolean wants(PeerAddress from, Handshake theirs);

    Handshake answer(Handshake theirs);

    void accept(PeerLink link, Handshake theirs);
}
