package net.shoal.engine.choker;

import java.util.Arrays;

/**
 * Bytes a second over the last {@link Choker#RATE_WINDOW}, in steps of one second: long enough that a peer whose blocks come in bursts is not
 * taken for a slow one. Times are nanoseconds of the caller's clock.
 */
public final class RateMeter {
    private static final long STEP = 1_000_000_000L;
    private static final int STEPS = (int) Choker.RATE_WINDOW.toSeconds();

    private final long begin;
    private final long[] bytes = new long[STEPS];
    private long sum;
    /** The step that bytes are counted in now. */
    private long step;

    public RateMeter(long now) {
        begin = now;
    }

    public void add(long count, long now) {
        advance(now);
        bytes[(int) (step % STEPS)] += count;
        sum += count;
    }

    /** Bytes a second; over the time since the meter began, if that is shorter than its window, and over a second at least. */
    public long rate(long now) {
        advance(now);
        // of the oldest step, as much has gone as the newest has come
        long window = Math.min(now - begin, (STEPS - 1) * STEP + (now - begin) % STEP);
        return (long) (sum * (double) STEP / Math.max(STEP, window));
    }

    private void advance(long now) {
        long to = (now - begin) / STEP;
        if (to - step >= STEPS) {
            Arrays.fill(bytes, 0);
            sum = 0;
            step = to;
        }
        while (step < to) {
            int oldest = (int) (++step % STEPS);
            sum -= bytes[oldest];
            bytes[oldest] = 0;
        }
    }
}
