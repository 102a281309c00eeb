package net.shoal.engine.choker;

import java.util.Arrays;

/**
 * How many upload slots there are where nobody has said. As few as fill the line: more are tried now and then, and kept if more goes out in all than
 * before. A line at home is filled by {@link #LEAST}; one in a data centre whose peers take a little each by as many as there are.
 *
 * <pre>
 *   rest ({@link #REST} rounds) → trial: a quarter more ({@link #TRIAL} rounds) → kept, and the next trial
 *                                                                    → or given up, and rest
 * </pre>
 */
final class AutoSlots {
    static final int LEAST = 4;
    static final int MOST = 50;

    /** Rounds until a rate tells what a change has brought: they cover {@link Choker#RATE_WINDOW}. */
    private static final int TRIAL = 2;

    private static final int REST = 6;

    /** Bytes a second: the n-th fastest of those who have slots gets n times as much, or there are too many. */
    private static final long STEP = 2048;

    private int slots = LEAST;
    private int most = MOST;
    private int rounds = REST - TRIAL;

    /** Slots before the trial, or 0. */
    private int before;

    private long totalBefore;

    int slots() {
        return slots;
    }

    /** @param upLimit bytes a second, 0 for none: with so little to give, more slots would help nobody */
    void limit(long upLimit) {
        // n slots of n steps each
        most = upLimit == 0 ? MOST : (int) Math.max(LEAST, Math.min(MOST, Math.sqrt((double) upLimit / STEP) + 1));
        slots = Math.min(slots, most);
    }

    /**
     * Each {@link Choker#ROUND}.
     *
     * @param rates of those who have slots, bytes a second
     * @return how many there are to be from now on
     */
    int round(long[] rates) {
        rounds++;
        int enough = Math.max(LEAST, Math.min(most, worth(rates) + 1));
        if (slots > enough) {
            slots--;
            rest();
        } else if (before > 0) {
            judge(rates);
        } else if (rounds > REST && rates.length >= slots) {
            begin(rates, enough);
        }
        return slots;
    }

    private void judge(long[] rates) {
        if (rounds < TRIAL) {
            return;
        }
        // half of what as many more have had on average before
        long helps = totalBefore / before * (slots - before) / 2;
        if (sum(rates) - totalBefore > helps) {
            int enough = Math.max(LEAST, Math.min(most, worth(rates) + 1));
            before = 0;
            begin(rates, enough);
        } else {
            slots = before;
            rest();
        }
    }

    private void begin(long[] rates, int enough) {
        int more = Math.min(enough, slots + Math.max(1, slots / 4));
        if (more == slots) {
            rest();
            return;
        }
        before = slots;
        totalBefore = sum(rates);
        slots = more;
        rounds = 0;
    }

    private void rest() {
        before = 0;
        rounds = 0;
    }

    private static long sum(long[] rates) {
        return Arrays.stream(rates).sum();
    }

    private static int worth(long[] rates) {
        long[] sorted = rates.clone();
        Arrays.sort(sorted);
        int worth = 0;
        while (worth < sorted.length && sorted[sorted.length - 1 - worth] > (worth + 1) * STEP) {
            worth++;
        }
        return worth;
    }
}
