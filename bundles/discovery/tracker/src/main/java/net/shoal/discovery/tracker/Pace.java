package net.shoal.discovery.tracker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How often a tracker is asked, in milliseconds. What it wishes for is met within bounds, so that none can make us hammer it or forget it. */
record Pace(RandomGenerator random) {
    static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;
    static final long FLOOR = 30 * SECOND;
    static final long CEILING = 120 * MINUTE;
    /** Where a tracker does not say. */
    static final long USUAL = 30 * MINUTE;
    /** Sooner than this nobody is asked again for want of peers. */
    static final long EARLIEST = MINUTE;
    /** After a first failure; doubled with every further one, as BEP 15 has it for UDP. */
    static final long FIRST_RETRY = 15 * SECOND;
    /** 15 · 2⁸ s, where BEP 15 stops doubling. */
    static final long LAST_RETRY = FIRST_RETRY << 8;

    private static final long LONGEST_WISH = 24 * 60 * MINUTE;

    /** Until the regular next announce. */
    long interval(AnnounceReply reply) {
        long wished = reply.interval() > 0 ? seconds(reply.interval()) : USUAL;
        return Math.min(Math.max(wished, Math.max(FLOOR, minimum(reply))), CEILING);
    }

    /** Until the next announce we may make because we lack peers. */
    long early(AnnounceReply reply) {
        long soonest = reply.minInterval() > 0 ? minimum(reply) : interval(reply) / 2;
        return Math.min(Math.max(soonest, EARLIEST), interval(reply));
    }

    /** Between 80 and 120 % of 15 s · 2ⁿ⁻¹, so that those who failed together do not come back together. */
    long retry(int failures, TrackerFailure failure) {
        long doubled = FIRST_RETRY << Math.min(Math.max(failures - 1, 0), 8);
        long jittered = doubled * (80 + random.nextInt(41)) / 100;
        long wished = failure.retryIn().map(Duration::toMillis).orElse(0L);
        return Math.max(jittered, Math.min(wished, LONGEST_WISH));
    }

    private static long minimum(AnnounceReply reply) {
        return Math.min(seconds(Math.max(reply.minInterval(), 0)), CEILING);
    }

    private static long seconds(long value) {
        return Math.min(value, LONGEST_WISH / SECOND) * SECOND;
    }
}
