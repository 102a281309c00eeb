package net.shoal.engine.swarm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The blocks we asked one peer for, in the order we asked, and what they were asked for together with. Most peers answer in that order, so
 * the oldest is looked at first; what was answered out of turn leaves a hole that closes once it is the oldest.
 */
final class OutstandingRequests {
    /** Blocks that one request can ask for. */
    static final int MAX_BLOCKS = 8;

    private static final long HOLE = -1;

    /** An entry, from the highest bit: the piece (32), how many others its request has (4), the place of the block among them (4), the block (24). */
    private static final int OTHERS = 28;

    private static final int PLACE = 24;
    private static final int FIELD = 0xf;
    private static final int BLOCK = 0xffffff;
    private static final long KEY = 0xffffffff_00ffffffL;

    /** A ring whose length is a power of two. */
    private long[] ring = new long[64];

    private int head;
    private int span;
    private int size;

    /** Blocks of a piece that were asked for at once. */
    record Request(int piece, int first, int count) {}

    int size() {
        return size;
    }

    void add(int piece, int first, int count) {
        for (int i = 0; i < count; i++) {
            if (span == ring.length) {
                makeRoom();
            }
            long place = ((count - 1L) << OTHERS) | ((long) i << PLACE);
            ring[(head + span++) & (ring.length - 1)] = key(piece, first + i) | place;
            size++;
        }
    }

    boolean contains(int piece, int block) {
        return find(key(piece, block)) >= 0;
    }

    /** What it was asked for with, or null if it was not, or has come. */
    @Nullable
    Request requestOf(int piece, int block) {
        int at = find(key(piece, block));
        return at < 0 ? null : requestOf(ring[at]);
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

    /** The requests, oldest first, of which all that is outstanding comes after the oldest {@code count} blocks. */
    void forEachAfter(int count, Each each) {
        int seen = 0;
        Request last = null;
        for (int i = 0; i < span; i++) {
            long entry = ring[(head + i) & (ring.length - 1)];
            if (entry != HOLE) {
                var request = requestOf(entry);
                if (!request.equals(last) && seen >= count) {
                    each.on(request);
                }
                last = request;
                seen++;
            }
        }
    }

    /** Sees one of them. */
    interface Each {
        void on(Request request);
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
            if ((ring[at] & KEY) == key) {
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
            long entry = ring[(head + i) & (ring.length - 1)];
            if (entry != HOLE) {
                all[next++] = entry;
            }
        }
        return all;
    }

    private static long key(int piece, int block) {
        return ((long) piece << 32) | block;
    }

    private static Request requestOf(long entry) {
        int low = (int) entry;
        int first = (low & BLOCK) - ((low >>> PLACE) & FIELD);
        return new Request((int) (entry >> 32), first, 1 + ((low >>> OTHERS) & FIELD));
    }
}
