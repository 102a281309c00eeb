package net.shoal.ui.rest;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the feed look about once a second while somebody listens, and less often where that would cost more than a hundredth of a core. */
final class FeedPace {
    private static final Logger LOG = LoggerFactory.getLogger(FeedPace.class);
    private static final long USUAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PARTS = 150;

    private final Feed feed;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean runs = new AtomicBoolean();

    FeedPace(Feed feed, ScheduledExecutorService timer) {
        this.feed = feed;
        this.timer = timer;
    }

    /** Somebody listens. */
    void wake() {
        if (runs.compareAndSet(false, true)) {
            next(USUAL_NANOS);
        }
    }

    private void next(long nanos) {
        timer.schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long begin = System.nanoTime();
        try {
            feed.tick();
        } catch (RuntimeException e) {
            LOG.error("What has changed cannot be told", e);
        }
        long cost = System.nanoTime() - begin;
        if (feed.hasListeners()) {
            next(delay(cost));
            return;
        }
        runs.set(false);
        if (feed.hasListeners()) {
            wake(); // who came in between
        }
    }

    /** Until the next look, after one that cost so much. */
    static long delay(long costNanos) {
        return Math.max(USUAL_NANOS, Math.min(LONGEST_NANOS, costNanos * PARTS));
    }
}
