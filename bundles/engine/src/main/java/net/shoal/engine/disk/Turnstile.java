package net.shoal.engine.disk;

import java.util.ArrayDeque;
import java.util.Queue;

/** Lets in so many at once; the others wait, first come first served. Safe for use from any thread. */
public final class Turnstile {
    private final int limit;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int inside;

    public Turnstile(int limit) {
        this.limit = limit;
    }

    /** Runs it at once, or on the thread of the one who makes room; whoever was let in has to {@link #leave} once. */
    public void enter(Runnable visitor) {
        synchronized (this) {
            if (inside >= limit) {
                waiting.add(visitor);
                return;
            }
            inside++;
        }
        visitor.run();
    }

    public void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                inside--;
                return;
            }
        }
        next.run();
    }
}
