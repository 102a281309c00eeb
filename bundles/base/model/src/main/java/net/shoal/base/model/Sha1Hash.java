package net.shoal.base.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** 20 bytes: a SHA-1 digest, or a longer one truncated to its wire form (BEP 52). Kept as words, so it is a cheap map key. */
public record Sha1Hash(long high, long middle, int low) implements Comparable<Sha1Hash> {
    public static final int LENGTH = 20;

    /** Reads 20 bytes and advances the buffer. */
    public static Sha1Hash read(ByteBuffer in) {
        return new Sha1Hash(in.getLong(), in.getLong(), in.getInt());
    }

    /** The SHA-1 of the remaining bytes, which it consumes. */
    public static Sha1Hash ofContent(ByteBuffer content) {
        var digest = Digests.sha1();
        digest.update(content);
        return of(digest.digest());
    }

    /** @throws IllegalArgumentException if {@code bytes} is not 20 long */
    public static Sha1Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-1 hash has 20 bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** @throws IllegalArgumentException if {@code hex} is not 40 hexadecimal digits */
    public static Sha1Hash ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public void write(ByteBuffer out) {
        out.putLong(high).putLong(middle).putInt(low);
    }

    public byte[] toBytes() {
        var out = ByteBuffer.allocate(LENGTH);
        write(out);
        return out.array();
    }

    public String hex() {
        return HexFormat.of().formatHex(toBytes());
    }

    @Override
    public int compareTo(Sha1Hash other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        int byMiddle = byHigh != 0 ? byHigh : Long.compareUnsigned(middle, other.middle);
        return byMiddle != 0 ? byMiddle : Integer.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return hex();
    }
}
