package net.shoal.api.net;

import java.security.PublicKey;
import java.util.Optional;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;

/**
 * What a dialler is after: a swarm, and perhaps the one person it expects there.
 *
 * @param handshake what the dialler says first; a layer may send it along with its own greeting, which saves a round trip
 */
public record Target(Handshake handshake, Optional<PublicKey> expectedKey) {
    public static Target of(Handshake handshake) {
        return new Target(handshake, Optional.empty());
    }

    public Sha1Hash infoHash() {
        return handshake.infoHash();
    }
}
