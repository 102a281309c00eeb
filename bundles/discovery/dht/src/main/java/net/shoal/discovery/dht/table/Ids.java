package net.shoal.discovery.dht.table;

import java.util.random.RandomGenerator;
import net.shoal.base.model.Sha1Hash;

/** Ids and the distance between them, which is XOR (BEP 5). */
public final class Ids {
    public static final int BITS = 160;

    private Ids() {}

    public static Sha1Hash random(RandomGenerator random) {
        return new Sha1Hash(random.nextLong(), random.nextLong(), random.nextInt());
    }

    /** Below 0 if {@code a} is closer to {@code target} than {@code b} is, above 0 if it is farther. */
    public static int compare(Sha1Hash target, Sha1Hash a, Sha1Hash b) {
        if (a.high() != b.high()) {
            return Long.compareUnsigned(a.high() ^ target.high(), b.high() ^ target.high());
        }
        if (a.middle() != b.middle()) {
            return Long.compareUnsigned(a.middle() ^ target.middle(), b.middle() ^ target.middle());
        }
        return Integer.compareUnsigned(a.low() ^ target.low(), b.low() ^ target.low());
    }

    /** How many of their first bits are the same. */
    public static int commonBits(Sha1Hash a, Sha1Hash b) {
        if (a.high() != b.high()) {
            return Long.numberOfLeadingZeros(a.high() ^ b.high());
        }
        if (a.middle() != b.middle()) {
            return 64 + Long.numberOfLeadingZeros(a.middle() ^ b.middle());
        }
        return 128 + Integer.numberOfLeadingZeros(a.low() ^ b.low());
    }

    /** An id that has exactly this many first bits in common with {@code id}. */
    public static Sha1Hash randomWith(Sha1Hash id, int commonBits, RandomGenerator random) {
        var bytes = id.toBytes();
        for (int bit = commonBits; bit < BITS; bit++) {
            int mask = 0x80 >>> bit % 8;
            boolean turn = bit == commonBits || random.nextBoolean();
            if (turn) {
                bytes[bit / 8] ^= (byte) mask;
            }
        }
        return Sha1Hash.of(bytes);
    }
}
