package net.shoal.engine.limits;

import java.util.ArrayDeque;

/**
 * A rate that the transfers of a node share. Each asks for one quantum at a time and gets it when its turn comes, so that all who want more get
 * the same, however many peers they have; what one leaves, the others get. While there is no limit nobody asks.
 */
public final class SharedRate {
    /** A timer that is so late is not waited for: its loop may be gone. */
    private static final long LATE = 1_000_000_000L;

    private record Waiting(Drawer drawer, long bytes) {}

    /** Who is given what it asked for; called by any thread, and not to do more than to pass it on. */
    public interface Drawer {
        void granted(long bytes);
    }

    private final Bucket bucket = new Bucket();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean armed;
    private long armedFor;
    private volatile long rate;

    /** Payload bytes a second, 0 for no limit. Those who wait hear of it when somebody calls {@link #serve}. */
    public synchronized void limit(long bytesPerSecond) {
        if (bytesPerSecond != rate) {
            bucket.rate(bytesPerSecond);
            rate = bytesPerSecond;
            armed = false;
        }
    }

    public long rate() {
        return rate;
    }

    /**
     * Asks for so many bytes, a quantum at most.
     *
     * @return nanoseconds from {@code now} after which {@link #onTime} is to be called, 0 if somebody else sees to it
     */
    public synchronized long draw(Drawer drawer, long bytes, long now) {
        waiting.add(new Waiting(drawer, bytes));
        return serve(now);
    }

    /** What was asked for is not needed any more. */
    public synchronized void forget(Drawer drawer) {
        waiting.removeIf(one -> one.drawer == drawer);
    }

    /**
     * The time has come that {@link #draw}, {@link #serve} or this told. Returns as they do.
     *
     * @param due when it was to come
     */
    public synchronized long onTime(long due, long now) {
        if (!armed || due != armedFor) {
            return 0;
        }
        armed = false;
        return serve(now);
    }

    /** Gives those who wait what there is. Returns as {@link #draw} does. */
    public synchronized long serve(long now) {
        while (!waiting.isEmpty() && bucket.isOpen(now)) {
            var next = waiting.remove();
            bucket.take(next.bytes);
            next.drawer.granted(next.bytes);
        }
        if (waiting.isEmpty()) {
            return 0;
        }
        long delay = bucket.closedFor();
        if (armed && armedFor - now <= delay && now - armedFor < LATE) {
            return 0;
        }
        armed = true;
        armedFor = now + delay;
        return delay;
    }
}
