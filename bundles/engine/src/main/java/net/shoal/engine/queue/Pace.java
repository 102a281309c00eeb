package net.shoal.engine.queue;

/**
 * Tells a transfer that hardly moves from one that does. It is slow after a minute below 2 KiB a second, and no longer so after a minute
 * above, so that one which stutters does not push others about (the bounds are libtorrent's).
 */
public final class Pace {
    static final long SLOW_RATE = 2048;
    static final long NANOS = 60_000_000_000L;

    private boolean slow;
    private long steadySince;

    public Pace(long now) {
        steadySince = now;
    }

    /**
     * To be called about once a second.
     *
     * @param rate bytes a second
     * @param now nanoseconds
     * @return true if it is slow
     */
    public boolean update(long rate, long now) {
        if (rate < SLOW_RATE == slow) {
            steadySince = now;
        } else if (now - steadySince >= NANOS) {
            slow = !slow;
            steadySince = now;
        }
        return slow;
    }
}
