package net.shoal.api.dht;

import java.nio.ByteBuffer;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;

/**
 * What a mutable item is found by (BEP 44).
 *
 * @param publicKey 32 bytes, of Ed25519
 * @param salt at most 64 bytes, none for the one item without; so a person can have many
 */
public record MutableKey(BString publicKey, BString salt) {
    public static final int LENGTH = 32;
    public static final int MAX_SALT = 64;

    public MutableKey {
        if (publicKey.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "a public key of Ed25519 has " + LENGTH + " bytes, not " + publicKey.length());
        }
        if (salt.length() > MAX_SALT) {
            throw new IllegalArgumentException("a salt has at most " + MAX_SALT + " bytes, not " + salt.length());
        }
    }

    /** Where it lies in the DHT. */
    public Sha1Hash target() {
        return Sha1Hash.ofContent(ByteBuffer.allocate(publicKey.length() + salt.length())
                .put(publicKey.buffer())
                .put(salt.buffer())
                .flip());
    }
}
