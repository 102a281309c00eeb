package net.shoal.engine.choker;

import java.util.Arrays;

/**
 * How many upload slots there are where nobody has said: as few as fill the line. A line at home is filled by {@link #LEAST}; one in a data centre whose
 * peers take a little each by as many as there are. What a line carries nobody tells, so more slots are tried, and kept if more goes out in all than
 * before: twice as many while that helps, so that a fast line among slow ones is of use within seconds; then half that step, and so on.
 *
 * <pre>
 *   watch (until what goes out rises no more by itself) → trial: settle, measure → kept: the next trial
 *     ↑______________________________________________________|  → given up: half the step, or else a rest
 * </pre>
 */
final class AutoSlots {
    static final int LEAST = 4;
    static final int MOST = 50;

    /** Ticks in which whoever has just got a slot comes up to speed. */
    static final int SETTLE = 2;

    /** Ticks over which is counted what goes out. */
    static final int WINDOW = 3;

    /** Ticks from the end of the trials to the next. */
    static final int REST = 60;

    /** Bytes a second: the n-th fastest of those who have slots gets n times as much, or there are too many. */
    private static final long STEP = 2048;

    private int slots = LEAST;
    private int mostByLimit = MOST;

    /** Since a trial began, or a window. */
    private int ticks;

    /** Bytes sent in all when the window began. */
    private long mark;

    /** Bytes a tick, of the window before. */
    private long last;

    private int rest;

    /** Slots more that are tried next. */
    private int stride = LEAST;

    /** Slots before the trial, or 0. */
    private int before;

    /** What went out in a tick before the trial. */
    private long base;

    /** What goes out in a tick when the line is full, as far as that is known. */
    private long full;

    int slots() {
        return slots;
    }

    /** @param upLimit bytes a second, 0 for none: with so little to give, more slots would help nobody */
    void limit(long upLimit) {
        mostByLimit = upLimit == 0 ? MOST : mostFor(upLimit);
        slots = Math.min(slots, mostByLimit);
    }

    /** As many peers as may have one at once, those that make no use of it included: with what goes out now, each of more would get next to nothing. */
    int withIdle() {
        return Math.max(2 * slots, Math.min(mostByLimit, mostFor(last)));
    }

    /** n slots of n steps each. */
    private static int mostFor(long rate) {
        return (int) Math.max(LEAST, Math.min(MOST, Math.sqrt((double) rate / STEP) + 1));
    }

    /**
     * Each second.
     *
     * @param sent bytes to all peers so far
     * @param crowded every slot is made use of, and somebody waits for one
     * @return false if there are fewer slots than before
     */
    boolean tick(long sent, boolean crowded) {
        ticks++;
        if (before > 0) {
            return tryOut(sent, crowded);
        }
        rest = Math.max(0, rest - 1);
        if (ticks >= WINDOW) {
            long rate = (sent - mark) / ticks;
            boolean rises = rate > last + last / 8;
            last = rate;
            window(sent);
            if (crowded && !rises && rate > 0 && (rest == 0 || rate < full * 3 / 4)) {
                begin(rate);
            }
        }
        return true;
    }

    private void window(long sent) {
        ticks = 0;
        mark = sent;
    }

    private boolean tryOut(long sent, boolean crowded) {
        if (ticks == SETTLE) {
            mark = sent;
        }
        if (ticks < SETTLE + WINDOW) {
            return true;
        }
        long rate = (sent - mark) / WINDOW;
        window(sent);
        // half of what as many more have had on average before
        boolean helps = rate - base > base / before * (slots - before) / 2;
        if (helps) {
            kept(rate, crowded);
        } else {
            givenUp();
        }
        return helps;
    }

    private void kept(long rate, boolean crowded) {
        before = 0;
        last = rate;
        stride = slots;
        if (crowded) {
            begin(rate);
        }
    }

    private void givenUp() {
        slots = Math.min(slots, before);
        before = 0;
        last = base;
        stride /= 2;
        if (stride >= Math.max(1, slots / 4)) {
            begin(base);
        } else {
            pause(base);
        }
    }

    private void begin(long rate) {
        int more = Math.min(Math.min(mostByLimit, mostFor(rate)), slots + stride);
        if (more <= slots) {
            pause(rate);
            return;
        }
        before = slots;
        base = rate;
        slots = more;
        ticks = 0;
    }

    private void pause(long rate) {
        full = rate;
        rest = REST;
        stride = Math.max(1, slots / 4);
    }

    /**
     * Each {@link Choker#ROUND}: one fewer where they get too little each.
     *
     * @param rates of those who have slots, bytes a second
     */
    void round(long[] rates) {
        int enough = Math.max(LEAST, Math.min(mostByLimit, worth(rates) + 1));
        if (slots > enough && before == 0) {
            slots--;
        }
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
