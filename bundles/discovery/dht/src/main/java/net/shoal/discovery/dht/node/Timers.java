package net.shoal.discovery.dht.node;

import java.util.PriorityQueue;

/** What is to be done when, by milliseconds of the node's clock, which only who drives the node moves. */
final class Timers {
    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long now;
    private long order;

    /** One thing to do once. */
    static final class Timer implements Comparable<Timer> {
        final long at;
        private final long order;
        private Runnable task;

        Timer(long at, long order, Runnable task) {
            this.at = at;
            this.order = order;
            this.task = task;
        }

        /** It will not be done; what it holds is let go. */
        void cancel() {
            task = () -> {};
        }

        @Override
        public int compareTo(Timer other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    long now() {
        return now;
    }

    /** Time does not go back. */
    void advance(long to) {
        now = Math.max(now, to);
    }

    Timer in(long millis, Runnable task) {
        var timer = new Timer(now + millis, order++, task);
        queue.add(timer);
        return timer;
    }

    /** Does it again and again, a little earlier or later each time. */
    void every(long millis, java.util.random.RandomGenerator random, Runnable task) {
        in(millis * 3 / 4 + random.nextLong(millis / 2 + 1), () -> {
            task.run();
            every(millis, random, task);
        });
    }

    /** When the next one is due, {@link Long#MAX_VALUE} if there is none. */
    long next() {
        var first = queue.peek();
        return first == null ? Long.MAX_VALUE : first.at;
    }

    void run() {
        for (var first = queue.peek(); first != null && first.at <= now; first = queue.peek()) {
            queue.remove();
            first.task.run();
        }
    }
}
