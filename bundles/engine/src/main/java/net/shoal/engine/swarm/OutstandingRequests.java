package net.shoal.engine.swarm;

import java.util.Arrays;

/**
 * The blocks we asked one peer for, in the order we asked. Most peers answer in that order, so the oldest is looked at first; what was
 * answered out of turn leaves a hole that closes once it is the oldest.
 */
final class OutstandingRequests {
    private static final long HOLE = -1;

    /** A block in one word: a ring whose length is a power of two. */
    private long[] ring = new long[64];

    private int head;
    private int span;
    private int size;

    int size() {
        return size;
    }

    void add(int piece, int block) {
        if (span == ring.length) {
            makeRoom();
        }
        ring[(head + span++) & (ring.length - 1)] = key(piece, block);
        size++;
    }

    boolean contains(int piece, int block) {
        return find(key(piece, block)) >= 0;
    }

    /** @return false if it was not among them */
    boolean remove(int piece, int block) {
        int at = find(key(piece, block));
        if (at < 0) {
            return false;
        }
        ring[at] = HOLE;
        size--;
        while (span > 0 && ring[head] == HOLE) {
            head = (head + 1) & (ring.length - 1);
            span--;
        }
        return true;
    }

    /** All but the oldest {@code count}, oldest first. */
    void forEachAfter(int count, Each each) {
        int seen = 0;
        for (int i = 0; i < span; i++) {
            long key = ring[(head + i) & (ring.length - 1)];
            if (key != HOLE && seen++ >= count) {
                each.on((int) (key >> 32), (int) key);
            }
        }
    }

    /** Sees one of them. */
    interface Each {
        void on(int piece, int block);
    }

    void clear() {
        head = 0;
        span = 0;
        size = 0;
    }

    private int find(long key) {
        int mask = ring.length - 1;
        for (int i = 0; i < span; i++) {
            int at = (head + i) & mask;
            if (ring[at] == key) {
                return at;
            }
        }
        return -1;
    }

    private void makeRoom() {
        var all = toArray();
        int count = size;
        ring = count > ring.length / 2 ? Arrays.copyOf(all, ring.length * 2) : all;
        head = 0;
        span = count;
    }

    /** The blocks without holes, oldest first, in an array as long as the ring. */
    private long[] toArray() {
        var all = new long[ring.length];
        int next = 0;
        for (int i = 0; i < span; i++) {
            long key = ring[(head + i) & (ring.length - 1)];
            if (key != HOLE) {
                all[next++] = key;
            }
        }
        return all;
    }

    private static long key(int piece, int block) {
        return ((long) piece << 32) | block;
    }
}
