package net.shoal.engine.picker;

import java.util.Arrays;

/**
 * Pieces sorted by availability: one array, cut into a bucket for each availability. To become one more or one less available is a swap
 * across a boundary; to be added or removed moves one piece of each bucket above.
 */
final class RarityOrder {
    private final int[] position;
    private int[] pieces = new int[16];
    private int[] ends = new int[8];
    private int buckets = 1;

    /** @param position where each piece lies in {@code pieces}; shared between orders, since a piece is in one of them at most */
    RarityOrder(int[] position) {
        this.position = position;
    }

    int size() {
        return ends[buckets - 1];
    }

    /** Buckets there are; the last ones may be empty. */
    int buckets() {
        return buckets;
    }

    int start(int availability) {
        return availability == 0 ? 0 : ends[availability - 1];
    }

    int end(int availability) {
        return ends[availability];
    }

    int at(int index) {
        return pieces[index];
    }

    void add(int piece, int availability) {
        growTo(availability);
        if (size() == pieces.length) {
            pieces = Arrays.copyOf(pieces, pieces.length + (pieces.length >> 1));
        }
        for (int bucket = buckets - 1; bucket > availability; bucket--) {
            move(ends[bucket - 1], ends[bucket]++);
        }
        put(piece, ends[availability]++);
    }

    void remove(int piece, int availability) {
        int hole = position[piece];
        for (int bucket = availability; bucket < buckets; bucket++) {
            int last = --ends[bucket];
            move(last, hole);
            hole = last;
        }
    }

    /** The piece is one more available than before. */
    void up(int piece, int before) {
        growTo(before + 1);
        swap(piece, --ends[before]);
    }

    /** The piece is one less available than before. */
    void down(int piece, int before) {
        swap(piece, ends[before - 1]++);
    }

    private void swap(int piece, int index) {
        int other = pieces[index];
        int from = position[piece];
        put(other, from);
        put(piece, index);
    }

    /** Nothing to do in an empty bucket, where what lies at {@code from} is out of date. */
    private void move(int from, int to) {
        if (from != to) {
            put(pieces[from], to);
        }
    }

    private void put(int piece, int index) {
        pieces[index] = piece;
        position[piece] = index;
    }

    private void growTo(int availability) {
        if (availability >= ends.length) {
            ends = Arrays.copyOf(ends, Math.max(ends.length * 2, availability + 1));
        }
        for (int size = size(); buckets <= availability; buckets++) {
            ends[buckets] = size;
        }
    }
}
