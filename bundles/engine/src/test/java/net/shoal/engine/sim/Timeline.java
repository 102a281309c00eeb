package net.shoal.engine.sim;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import net.shoal.engine.swarm.Loop;

/** Virtual time: what is to happen, in order of time and then of being scheduled. */
final class Timeline implements Loop {
    /** So many events at one instant are a loop that never ends. */
    private static final int MAX_AT_ONCE = 1_000_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now = Duration.ofDays(1).toNanos();
    private final long begin = now;
    private long sequence;
    private long trace = 1;
    private long ran;
    private boolean isTolerant;

    private static final class Event implements Comparable<Event>, Timer {
        final long time;
        final long sequence;
        final Runnable task;
        boolean cancelled;

        Event(long time, long sequence, Runnable task) {
            this.time = time;
            this.sequence = sequence;
            this.task = task;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        var event = new Event(now + Math.max(0, delayNanos), sequence++, task);
        events.add(event);
        return event;
    }

    /** How much has happened. */
    long ran() {
        return ran;
    }

    void after(Duration delay, Runnable task) {
        schedule(delay.toNanos(), task);
    }

    Duration elapsed() {
        return Duration.ofNanos(now - begin);
    }

    /** @return false if it did not come true in this time */
    boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = now + limit.toNanos();
        int atOnce = 0;
        while (!condition.getAsBoolean()) {
            var event = events.peek();
            if (event == null || event.time > end) {
                now = end;
                return false;
            }
            events.poll();
            atOnce = event.time == now ? atOnce + 1 : 0;
            if (atOnce > MAX_AT_ONCE) {
                throw new AssertionError("time stands still");
            }
            now = event.time;
            if (!event.cancelled) {
                ran++;
                run(event);
            }
        }
        return true;
    }

    /** A task that finds no memory ends, as on an event loop, and time goes on. */
    void tolerant() {
        isTolerant = true;
    }

    private void run(Event event) {
        try {
            event.task.run();
        } catch (OutOfMemoryError e) {
            if (!isTolerant) {
                throw e;
            }
        }
    }

    void runFor(Duration time) {
        runUntil(() -> false, time);
    }

    /** Notes something that happened: two runs are alike if their traces are. */
    void note(int what, long a, long b) {
        trace = ((trace * 31 + now) * 31 + what) * 31 + a;
        trace = trace * 1_000_003 + b;
    }

    long trace() {
        return trace;
    }
}
