package net.shoal.base.model;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** One bit a piece; mutable and not thread-safe. On the wire the high bit of the first byte is piece 0 (BEP 3). */
public final class Bitfield {
    private final int size;
    private final long[] words;
    private int cardinality;

    public Bitfield(int size) {
        this.size = size;
        this.words = new long[(size + 63) / 64];
    }

    private Bitfield(Bitfield other) {
        this.size = other.size;
        this.words = other.words.clone();
        this.cardinality = other.cardinality;
    }

    /** @throws IllegalArgumentException if the length is not that of {@code size} bits, or a spare bit is set (BEP 3) */
    public static Bitfield ofWire(ByteBuffer bytes, int size) {
        if (bytes.remaining() != wireLength(size)) {
            throw new IllegalArgumentException("bitfield of " + bytes.remaining() + " bytes for " + size
                    + " pieces, which take " + wireLength(size));
        }
        var field = new Bitfield(size);
        int base = bytes.position();
        for (int i = 0; i < bytes.remaining(); i++) {
            long reversed = Integer.reverse(bytes.get(base + i) << 24) & 0xffL;
            field.words[i >> 3] |= reversed << ((i & 7) * 8);
        }
        if ((size & 63) != 0 && field.words[field.words.length - 1] >>> (size & 63) != 0) {
            throw new IllegalArgumentException("bitfield has spare bits set");
        }
        for (long word : field.words) {
            field.cardinality += Long.bitCount(word);
        }
        return field;
    }

    public static int wireLength(int size) {
        return (size + 7) / 8;
    }

    public byte[] toWire() {
        var out = new byte[wireLength(size)];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (Integer.reverse((int) (words[i >> 3] >>> ((i & 7) * 8)) << 24));
        }
        return out;
    }

    public int size() {
        return size;
    }

    public int cardinality() {
        return cardinality;
    }

    public boolean isFull() {
        return cardinality == size;
    }

    public boolean isEmpty() {
        return cardinality == 0;
    }

    public boolean get(int index) {
        check(index);
        return (words[index >> 6] >>> index & 1) != 0;
    }

    /** @return true if the bit was not set before */
    public boolean set(int index) {
        check(index);
        long bit = 1L << index;
        if ((words[index >> 6] & bit) != 0) {
            return false;
        }
        words[index >> 6] |= bit;
        cardinality++;
        return true;
    }

    /** @return true if the bit was set before */
    public boolean clear(int index) {
        check(index);
        long bit = 1L << index;
        if ((words[index >> 6] & bit) == 0) {
            return false;
        }
        words[index >> 6] &= ~bit;
        cardinality--;
        return true;
    }

    public void setAll() {
        Arrays.fill(words, -1L);
        if ((size & 63) != 0) {
            words[words.length - 1] = (1L << (size & 63)) - 1;
        }
        cardinality = size;
    }

    /** The first set bit at or after {@code from}, or -1. */
    public int nextSet(int from) {
        return next(from, 0);
    }

    /** The first clear bit at or after {@code from}, or -1. */
    public int nextClear(int from) {
        return next(from, -1L);
    }

    private int next(int from, long flip) {
        if (from >= size) {
            return -1;
        }
        int word = from >> 6;
        long bits = (words[word] ^ flip) & (-1L << from);
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = words[word] ^ flip;
        }
        int found = (word << 6) + Long.numberOfTrailingZeros(bits);
        return found < size ? found : -1;
    }

    /** True if some bit is set here and not in {@code other}: there is something to want. */
    public boolean hasAnyNotIn(Bitfield other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & ~other.words[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** True if some bit is set in both. */
    public boolean intersects(Bitfield other) {
        return nextCommon(other, 0) >= 0;
    }

    /** The first bit at or after {@code from} that is set in both, or -1. Both have the same size. */
    public int nextCommon(Bitfield other, int from) {
        if (from >= size) {
            return -1;
        }
        int word = from >> 6;
        long bits = words[word] & other.words[word] & (-1L << from);
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = words[word] & other.words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    public Bitfield copy() {
        return new Bitfield(this);
    }

    private void check(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("bit " + index + " of " + size);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bitfield that && size == that.size && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return cardinality + " of " + size;
    }
}
