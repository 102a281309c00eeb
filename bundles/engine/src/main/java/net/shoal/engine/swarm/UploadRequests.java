package net.shoal.engine.swarm;

import java.util.Arrays;

/** What one peer asked us for and has not got yet, first come first served: a ring of (piece, offset, length). */
final class UploadRequests {
    private static final int FIELDS = 3;

    private int[] ring = new int[FIELDS * 32];
    private int capacity = 32;
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(int piece, int offset, int length) {
        if (size == capacity) {
            grow();
        }
        int at = slot(size++);
        ring[at] = piece;
        ring[at + 1] = offset;
        ring[at + 2] = length;
    }

    int piece(int index) {
        return ring[slot(index)];
    }

    int offset(int index) {
        return ring[slot(index) + 1];
    }

    int length(int index) {
        return ring[slot(index) + 2];
    }

    void removeFirst() {
        head = (head + 1) & (capacity - 1);
        size--;
    }

    /** @return the index it had, or -1 if it was not there */
    int remove(int piece, int offset, int length) {
        for (int i = 0; i < size; i++) {
            int at = slot(i);
            if (ring[at] == piece && ring[at + 1] == offset && ring[at + 2] == length) {
                for (int j = i; j < size - 1; j++) {
                    System.arraycopy(ring, slot(j + 1), ring, slot(j), FIELDS);
                }
                size--;
                return i;
            }
        }
        return -1;
    }

    void clear() {
        head = 0;
        size = 0;
    }

    private int slot(int index) {
        return ((head + index) & (capacity - 1)) * FIELDS;
    }

    private void grow() {
        var bigger = Arrays.copyOf(ring, ring.length * 2);
        for (int i = 0; i < size; i++) {
            System.arraycopy(ring, slot(i), bigger, i * FIELDS, FIELDS);
        }
        ring = bigger;
        capacity *= 2;
        head = 0;
    }
}
