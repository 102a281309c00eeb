package net.shoal.engine.picker;

import java.util.Arrays;

/** How many peers have each piece. Those that have everything are counted apart, so that they cost nothing. */
final class Availability {
    /** Of peers that are no seeds; a swarm holds fewer connections than a char does. */
    private final char[] copies;

    /** How many pieces there are of each number of copies. */
    private int[] histogram = new int[8];

    private int seeds;

    Availability(int pieces) {
        copies = new char[pieces];
        histogram[0] = pieces;
    }

    void addSeed() {
        seeds++;
    }

    void removeSeed() {
        seeds--;
    }

    int seeds() {
        return seeds;
    }

    /** Without seeds. */
    int copies(int piece) {
        return copies[piece];
    }

    boolean isAvailable(int piece) {
        return seeds > 0 || copies[piece] > 0;
    }

    void up(int piece) {
        histogram[copies[piece]]--;
        int now = ++copies[piece];
        if (now == histogram.length) {
            histogram = Arrays.copyOf(histogram, now * 2);
        }
        histogram[now]++;
    }

    void down(int piece) {
        histogram[copies[piece]]--;
        histogram[--copies[piece]]++;
    }

    double distributedCopies() {
        if (copies.length == 0) {
            return 0;
        }
        int least = 0;
        while (histogram[least] == 0) {
            least++;
        }
        return seeds + least + 1 - (double) histogram[least] / copies.length;
    }
}
