package net.shoal.discovery.mdns;

import java.util.function.LongSupplier;

/** So many at once, and so many a second from then on. Safe for use from any thread. */
final class Allowance {
    private final int most;
    private final double aSecond;
    private final LongSupplier clock;
    private double left;
    private long filled;

    /** @param clock milliseconds that only go forward */
    Allowance(int most, double aSecond, LongSupplier clock) {
        this.most = most;
        this.aSecond = aSecond;
        this.clock = clock;
        this.left = most;
        this.filled = clock.getAsLong();
    }

    synchronized boolean take() {
        long now = clock.getAsLong();
        left = Math.min(most, left + (now - filled) * aSecond / 1_000);
        filled = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
