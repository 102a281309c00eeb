package net.shoal.discovery.dht.store;

import java.nio.ByteBuffer;
import java.util.BitSet;
import net.shoal.base.model.Sha1Hash;

/** The set of addresses of BEP 33: 2,048 bits, two an address, so that the sets of several nodes can be united and their size be guessed. */
public final class Bloom {
    public static final int LENGTH = 256;

    private static final int BITS = 8 * LENGTH;
    private static final int HASHES = 2;

    private final BitSet bits = new BitSet(BITS);

    /**
     * @param address 4 or 16 bytes
     * @return true if it was not in the set, as far as that can be told
     */
    public boolean add(byte[] address) {
        long hash = Sha1Hash.ofContent(ByteBuffer.wrap(address)).high();
        int one = index(hash >>> 56, hash >>> 48);
        int other = index(hash >>> 40, hash >>> 32);
        boolean isNew = !bits.get(one) || !bits.get(other);
        bits.set(one);
        bits.set(other);
        return isNew;
    }

    private static int index(long low, long high) {
        return (int) (((low & 0xff) | ((high & 0xff) << 8)) % BITS);
    }

    public void add(Bloom other) {
        bits.or(other.bits);
    }

    /** Adds all of another; what is not {@value #LENGTH} long is left. */
    public void add(ByteBuffer other) {
        if (other.remaining() == LENGTH) {
            bits.or(BitSet.valueOf(other));
        }
    }

    /** How many addresses it may hold, by how many bits are clear. */
    public double estimate() {
        double clear = Math.max(1, Math.min(BITS - 1, BITS - bits.cardinality()));
        return bits.isEmpty() ? 0 : Math.log(clear / BITS) / (HASHES * Math.log(1 - 1.0 / BITS));
    }

    public byte[] toBytes() {
        var bytes = new byte[LENGTH];
        var used = bits.toByteArray();
        System.arraycopy(used, 0, bytes, 0, used.length);
        return bytes;
    }
}
