package net.shoal.base.model;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two digests of BitTorrent. From the JDK, whose intrinsics reach 1.8 GB/s a core for either. */
final class Digests {
    private Digests() {}

    static MessageDigest sha1() {
        return named("SHA-1");
    }

    static MessageDigest sha256() {
        return named("SHA-256");
    }

    /** Writes the digest, {@code length} bytes of it, and makes ready for the next one. */
    static void finish(MessageDigest digest, byte[] into, int offset, int length) {
        try {
            digest.digest(into, offset, length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
