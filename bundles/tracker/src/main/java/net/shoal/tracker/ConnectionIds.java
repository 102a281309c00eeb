package net.shoal.tracker;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Connection ids of BEP 15 that need no memory: a keyed hash of the address. Who holds one has received a datagram there;
 * the port is left out, since a NAT may change it from one datagram to the next. The secret
 * changes every two minutes and the one before still counts, so an id lives for two to four minutes, as BEP 15 asks.
 */
final class ConnectionIds {
    private static final long ROTATION_MILLIS = 120_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecureRandom random;
    private Mac current;
    private Mac previous;
    private long rotateAt;

    ConnectionIds(SecureRandom random, long now) {
        this.random = random;
        this.current = fresh();
        this.previous = fresh();
        this.rotateAt = now + ROTATION_MILLIS;
    }

    long issue(InetAddress to, long now) {
        rotate(now);
        return id(current, to);
    }

    boolean isValid(long id, InetAddress from, long now) {
        rotate(now);
        return id == id(current, from) || id == id(previous, from);
    }

    private void rotate(long now) {
        if (now < rotateAt) {
            return;
        }
        boolean isQuiet = now >= rotateAt + ROTATION_MILLIS;
        previous = isQuiet ? fresh() : current;
        current = fresh();
        rotateAt = isQuiet ? now + ROTATION_MILLIS : rotateAt + ROTATION_MILLIS;
    }

    private static long id(Mac mac, InetAddress address) {
        mac.update(address.getAddress());
        return ByteBuffer.wrap(mac.doFinal()).getLong();
    }

    private Mac fresh() {
        try {
            var secret = new byte[32];
            random.nextBytes(secret);
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new AssertionError("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
