package net.shoal.net;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Lets so many dials out at a time; a bounded number waits for its turn. Safe for use from any thread. */
final class DialGate {
    /** Dials that wait. Whoever has more peers than this to try has time to try them later. */
    static final int MOST_WAITING = 2_000;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int limit;
    private int out;

    DialGate(int limit) {
        this.limit = limit;
    }

    /** @return false if too many wait already */
    boolean enter(Runnable start) {
        synchronized (this) {
            if (out >= limit) {
                return waiting.size() < MOST_WAITING && waiting.add(start);
            }
            out++;
        }
        start.run();
        return true;
    }

    /** One that was let out has come to its end. */
    void leave() {
        synchronized (this) {
            out--;
        }
        letOut();
    }

    void limit(int now) {
        synchronized (this) {
            limit = now;
        }
        letOut();
    }

    synchronized int out() {
        return out;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private void letOut() {
        for (var next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        if (out >= limit || waiting.isEmpty()) {
            return null;
        }
        out++;
        return waiting.poll();
    }
}
