package net.shoal.engine.sim;

import java.util.Random;

/**
 * Lines that people have at home. Ofcom's "UK home broadband performance" of May 2020, which measured lines in November 2019, has a mean of
 * 64.0 Mbit/s down and 14.0 up, three lines of four sold as 30 Mbit/s or more, and 2 % as 300 or more. The kinds below are those on sale then, in shares that
 * give these four figures (65.6 and 14.9).
 *
 * @param percent of all lines
 * @param down Mbit/s
 * @param up Mbit/s
 */
record HomeLine(int percent, int down, int up) {
    /** Of a Mbit. */
    private static final long BYTES = 1_000_000 / 8;

    private static final HomeLine[] KINDS = {
        new HomeLine(25, 10, 1),
        new HomeLine(28, 36, 9),
        new HomeLine(28, 60, 17),
        new HomeLine(11, 100, 10),
        new HomeLine(6, 200, 20),
        new HomeLine(1, 350, 36),
        new HomeLine(1, 1000, 500)
    };

    static HomeLine any(Random random) {
        int left = random.nextInt(100);
        for (var kind : KINDS) {
            left -= kind.percent;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the kinds are not a hundred percent");
    }

    /** Bytes a second. */
    long upRate() {
        return up * BYTES;
    }

    /** Bytes a second. */
    long downRate() {
        return down * BYTES;
    }
}
