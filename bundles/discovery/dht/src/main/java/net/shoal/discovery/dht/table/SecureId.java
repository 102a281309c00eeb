package net.shoal.discovery.dht.table;

import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;

/** BEP 42: the first 21 bits of an id follow from the address of its node, so that nobody chooses a place beside a key. */
public final class SecureId {
    private static final int PREFIX_SHIFT = 64 - 21;
    private static final int V4_MASK = 0x030f3fff;
    private static final long V6_MASK = 0x0103070f1f3f7fffL;

    private SecureId() {}

    /** True if a node at this address may have this id; nodes of local networks may have any. */
    public static boolean fits(Sha1Hash id, Endpoint address) {
        return address.isLocal() || prefix(address, id.low() & 0x7) >>> PREFIX_SHIFT == id.high() >>> PREFIX_SHIFT;
    }

    /** An id for a node at this address. */
    public static Sha1Hash of(Endpoint address, RandomGenerator random) {
        var free = Ids.random(random);
        long high = prefix(address, free.low() & 0x7) >>> PREFIX_SHIFT << PREFIX_SHIFT;
        return new Sha1Hash(high | (free.high() & ((1L << PREFIX_SHIFT) - 1)), free.middle(), free.low());
    }

    /** The bits that count are the first of the result. */
    private static long prefix(Endpoint address, int r) {
        var crc = new CRC32C();
        if (address.family() == Family.V4) {
            int masked = (address.v4Address() & V4_MASK) | (r << 29);
            feed(crc, Integer.toUnsignedLong(masked), Integer.BYTES);
        } else {
            feed(crc, (address.high() & V6_MASK) | ((long) r << 61), Long.BYTES);
        }
        return crc.getValue() << 32;
    }

    private static void feed(CRC32C crc, long value, int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            crc.update((int) (value >>> shift) & 0xff);
        }
    }
}
