package net.shoal.discovery.dht.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;

/** The peers of one family that have announced one key, one an address (BEP 33), packed: 10 or 22 bytes each. */
final class PeerSet {
    static final int MAX = 500;
    /** Of one /24 or /48, local networks aside. */
    static final int MAX_A_BLOCK = 16;

    private static final int SEED = 1;

    final Family family;
    private byte[] endpoints = new byte[0];
    /** Seconds of the node's clock, twice, plus 1 for a seed. */
    private int[] announced = new int[0];

    private int count;

    PeerSet(Family family) {
        this.family = family;
    }

    int size() {
        return count;
    }

    boolean isFull() {
        return count >= MAX;
    }

    /** @return false if there is no room for it */
    boolean add(Endpoint peer, boolean seed, long now) {
        int at = find(peer);
        if (at < 0 && (isFull() || (!peer.isLocal() && neighbours(peer) >= MAX_A_BLOCK))) {
            return false;
        }
        if (at < 0) {
            at = count++;
            grow();
        }
        peer.write(ByteBuffer.wrap(endpoints, at * stride(), stride()));
        announced[at] = (int) (now / 1000) << 1 | (seed ? SEED : 0);
        return true;
    }

    private int stride() {
        return family.endpointLength();
    }

    private void grow() {
        if (count > announced.length) {
            int size = Math.max(4, Math.min(MAX, count * 3 / 2));
            announced = Arrays.copyOf(announced, size);
            endpoints = Arrays.copyOf(endpoints, size * stride());
        }
    }

    private Endpoint get(int at) {
        return Endpoint.read(ByteBuffer.wrap(endpoints, at * stride(), stride()), family);
    }

    /** On one machine or behind one local address there are many; elsewhere an address is one peer. */
    private int find(Endpoint peer) {
        var address = peer.compact();
        int length = peer.isLocal() ? stride() : family.addressLength;
        for (int i = 0; i < count; i++) {
            int at = i * stride();
            if (Arrays.equals(endpoints, at, at + length, address, 0, length)) {
                return i;
            }
        }
        return -1;
    }

    private int neighbours(Endpoint peer) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += get(i).block() == peer.block() ? 1 : 0;
        }
        return found;
    }

    boolean isSeed(int at) {
        return (announced[at] & SEED) != 0;
    }

    /** Forgets who announced before {@code since}. */
    void expire(long since) {
        for (int i = count - 1; i >= 0; i--) {
            if ((announced[i] >> 1) * 1000L < since) {
                count--;
                System.arraycopy(endpoints, count * stride(), endpoints, i * stride(), stride());
                announced[i] = announced[count];
            }
        }
    }

    /**
     * Some of them, others each time.
     *
     * @param noSeeds leaves seeds out, where there are others (BEP 33)
     */
    byte[][] some(int most, boolean noSeeds, RandomGenerator random) {
        var chosen = new byte[Math.min(most, count)][];
        int found = 0;
        int start = count == 0 ? 0 : random.nextInt(count);
        for (int i = 0; i < count && found < chosen.length; i++) {
            int at = (start + i) % count;
            if (!noSeeds || !isSeed(at)) {
                chosen[found++] = Arrays.copyOfRange(endpoints, at * stride(), (at + 1) * stride());
            }
        }
        return Arrays.copyOf(chosen, found);
    }

    void addTo(Bloom seeds, Bloom peers) {
        for (int i = 0; i < count; i++) {
            (isSeed(i) ? seeds : peers).add(get(i).address());
        }
    }
}
