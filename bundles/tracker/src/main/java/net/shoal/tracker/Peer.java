package net.shoal.tracker;

import java.net.InetAddress;
import net.shoal.base.model.Sha1Hash;

/** One peer of one swarm, as others are told of it. */
record Peer(InetAddress address, int port, Sha1Hash id, Role role) {
    boolean wantsPieces() {
        return role.wantsPieces();
    }
}
