package net.shoal.base.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** 32 bytes: a SHA-256 digest (BEP 52). Kept as words, so it is a cheap map key. */
public record Sha256Hash(long a, long b, long c, long d) {
    public static final int LENGTH = 32;
    /** The leaf that fills up a merkle tree beyond the data (BEP 52). */
    public static final Sha256Hash ZERO = new Sha256Hash(0, 0, 0, 0);

    /** Reads 32 bytes and advances the buffer. */
    public static Sha256Hash read(ByteBuffer in) {
        return new Sha256Hash(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** The SHA-256 of the remaining bytes, which it consumes. */
    public static Sha256Hash ofContent(ByteBuffer content) {
        var digest = Digests.sha256();
        digest.update(content);
        return of(digest.digest());
    }

    /** @throws IllegalArgumentException if {@code bytes} is not 32 long */
    public static Sha256Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 hash has 32 bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** @throws IllegalArgumentException if {@code hex} is not 64 hexadecimal digits */
    public static Sha256Hash ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public void write(ByteBuffer out) {
        out.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    public byte[] toBytes() {
        var out = ByteBuffer.allocate(LENGTH);
        write(out);
        return out.array();
    }

    /** The first 20 bytes, as handshakes, trackers and the DHT carry a v2 infohash (BEP 52). */
    public Sha1Hash truncated() {
        return new Sha1Hash(a, b, (int) (c >>> 32));
    }

    public String hex() {
        return HexFormat.of().formatHex(toBytes());
    }

    @Override
    public String toString() {
        return hex();
    }
}
