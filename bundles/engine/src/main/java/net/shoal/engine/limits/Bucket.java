package net.shoal.engine.limits;

import net.shoal.base.model.Block;

/**
 * A token bucket: so many bytes a second. It is open while it holds anything, so that a taker may overdraw it by its last quantum, which is
 * paid back before it opens again; thus a rate far below one block a second holds too. Times are nanoseconds of the caller's clock. Not safe
 * for use by several threads.
 */
public final class Bucket {
    /** What is not used within this time is lost: the longest burst. */
    private static final double BURST_SECONDS = 0.5;

    /** Handed out so many times a second, unless that is less than a block. */
    private static final int QUANTA_PER_SECOND = 50;

    private static final double NANOS = 1e9;

    private long rate;
    private double tokens;
    private long last;
    /** Since it was last looked at, the rate has changed. */
    private boolean changed;

    /** Bytes a second, 0 for no limit. It fills at this rate from the next look on. */
    public void rate(long bytesPerSecond) {
        rate = bytesPerSecond;
        changed = true;
        // what was taken at another rate is not paid for at this one, but it is not as if nothing had been taken
        tokens = -Math.min(Block.SIZE, rate);
    }

    public long rate() {
        return rate;
    }

    private double burst() {
        return rate * BURST_SECONDS;
    }

    public boolean isOpen(long now) {
        if (rate == 0) {
            return true;
        }
        if (changed) {
            changed = false;
            last = now;
        }
        if (now - last > 0) {
            tokens = Math.min(burst(), tokens + (now - last) / NANOS * rate);
            last = now;
        }
        return tokens > 0;
    }

    public void take(long bytes) {
        if (rate > 0) {
            tokens -= bytes;
        }
    }

    /** Nanoseconds until it is open, as of the last look; 1 at least. */
    public long closedFor() {
        return tokens > 0 || rate == 0 ? 1 : (long) Math.ceil(-tokens / rate * NANOS) + 1;
    }

    /** What to take at a time, in bytes. */
    public static long quantum(long rate) {
        return Math.max(Block.SIZE, rate / QUANTA_PER_SECOND);
    }
}
