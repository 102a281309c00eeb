package net.shoal.engine.swarm;

/** Bytes a second, smoothed over about five seconds; and how many there were in all. */
final class RateMeter {
    private static final int WEIGHT = 5;

    private long total;
    private long sinceTick;
    private long perSecond;

    void add(long bytes) {
        total += bytes;
        sinceTick += bytes;
    }

    /** @param elapsedNanos since the last call */
    void tick(long elapsedNanos) {
        long last = (long) (sinceTick * 1e9 / Math.max(1, elapsedNanos));
        sinceTick = 0;
        // a first sample counts fully, so that a fast peer is known as one after a second
        perSecond = perSecond == 0 ? last : (perSecond * (WEIGHT - 1) + last) / WEIGHT;
    }

    long perSecond() {
        return perSecond;
    }

    long total() {
        return total;
    }
}
