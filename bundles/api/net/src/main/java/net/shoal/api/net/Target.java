package net.shoal.api.net;

import java.security.PublicKey;
import java.util.Optional;
import net.shoal.base.model.Sha1Hash;

/** What a dialler is after: a swarm, and perhaps the one person it expects there. */
public record Target(Sha1Hash infoHash, Optional<PublicKey> expectedKey) {
    public static Target of(Sha1Hash infoHash) {
        return new Target(infoHash, Optional.empty());
    }
}
