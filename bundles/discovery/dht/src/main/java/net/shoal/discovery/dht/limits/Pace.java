package net.shoal.discovery.dht.limits;

/** So many a second, and so many at once after a quiet time (the generic cell rate algorithm of ATM: one number of state). */
public final class Pace {
    private final double interval;
    private final double tolerance;
    private double next;

    /**
     * @param rate a second
     * @param burst at least 1
     */
    public Pace(double rate, double burst) {
        this.interval = 1000 / rate;
        this.tolerance = (burst - 1) * interval;
    }

    /** Takes {@code count}; returns after how many milliseconds their turn comes. */
    public long take(long now, int count) {
        double start = Math.max(next, (double) now);
        next = start + count * interval;
        return (long) Math.max(0, Math.ceil(start - tolerance - now));
    }

    /** How long one that asked now would have to wait. */
    public long delay(long now) {
        return (long) Math.max(0, Math.ceil(Math.max(next, (double) now) - tolerance - now));
    }
}
