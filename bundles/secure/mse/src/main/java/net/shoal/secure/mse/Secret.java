package net.shoal.secure.mse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import net.shoal.base.model.Sha1Hash;

/** What is derived from the shared secret S of the key exchange, and from the infohash, which MSE calls SKEY. */
final class Secret {
    private final byte[] s;
    private final Sha1Hash mask;

    Secret(byte[] s) {
        this.s = s.clone();
        this.mask = Sha1Hash.of(hash("req3", s));
    }

    /** HASH('req1', S): ends the dialler's padding. */
    byte[] sync() {
        return hash("req1", s);
    }

    /** HASH('req3', S). */
    Sha1Hash mask() {
        return mask;
    }

    /** How the dialler names the swarm to those who know it. */
    Sha1Hash masked(Sha1Hash infoHash) {
        return xor(requestHash(infoHash), mask);
    }

    /** HASH('req2', SKEY). */
    static Sha1Hash requestHash(Sha1Hash infoHash) {
        return Sha1Hash.of(hash("req2", infoHash.toBytes()));
    }

    static Sha1Hash xor(Sha1Hash a, Sha1Hash b) {
        return new Sha1Hash(a.high() ^ b.high(), a.middle() ^ b.middle(), a.low() ^ b.low());
    }

    /** Of what the dialler says. */
    Rc4 dialler(Sha1Hash infoHash) {
        return Rc4.of(hash("keyA", s, infoHash.toBytes()));
    }

    /** Of what the other side says. */
    Rc4 receiver(Sha1Hash infoHash) {
        return Rc4.of(hash("keyB", s, infoHash.toBytes()));
    }

    private static byte[] hash(String name, byte[]... parts) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(name.getBytes(US_ASCII));
            for (var part : parts) {
                sha1.update(part);
            }
            return sha1.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
