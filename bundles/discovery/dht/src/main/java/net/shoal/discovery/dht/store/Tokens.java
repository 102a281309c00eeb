package net.shoal.discovery.dht.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;

/** Proofs that who writes has asked before, from the same address and for the same key (BEP 5). Each is taken for 5 to 10 minutes. */
public final class Tokens {
    static final long ROTATION = 5 * 60_000L;

    private static final int LENGTH = 4;

    private final RandomGenerator random;
    private Sha1Hash secret;
    private Sha1Hash before;
    private long rotated;

    /** @param random one that nobody can foretell */
    public Tokens(RandomGenerator random, long now) {
        this.random = random;
        this.secret = secret();
        this.before = secret();
        this.rotated = now;
    }

    private Sha1Hash secret() {
        return new Sha1Hash(random.nextLong(), random.nextLong(), random.nextInt());
    }

    public byte[] issue(Endpoint to, Sha1Hash key, long now) {
        rotate(now);
        return token(secret, to, key);
    }

    public boolean accepts(byte[] token, Endpoint from, Sha1Hash key, long now) {
        rotate(now);
        return MessageDigest.isEqual(token, token(secret, from, key))
                || MessageDigest.isEqual(token, token(before, from, key));
    }

    private void rotate(long now) {
        if (now - rotated >= ROTATION) {
            before = now - rotated >= 2 * ROTATION ? secret() : secret;
            secret = secret();
            rotated = now;
        }
    }

    /** Of the address without its port, which a NAT may change. */
    private static byte[] token(Sha1Hash secret, Endpoint endpoint, Sha1Hash key) {
        var buffer = ByteBuffer.allocate(2 * Sha1Hash.LENGTH + 2 * Long.BYTES);
        secret.write(buffer);
        key.write(buffer);
        buffer.putLong(endpoint.high()).putLong(endpoint.low()).flip();
        return ByteBuffer.allocate(LENGTH)
                .putInt(Sha1Hash.ofContent(buffer).low())
                .array();
    }
}
