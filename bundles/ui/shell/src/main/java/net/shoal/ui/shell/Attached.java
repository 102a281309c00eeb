package net.shoal.ui.shell;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the commands that keep a temporary node alive; it ends with the last of them. */
final class Attached {
    private final AtomicInteger count = new AtomicInteger();
    private final Runnable whenNone;

    /** @param whenNone runs each time the last one went */
    Attached(Runnable whenNone) {
        this.whenNone = whenNone;
    }

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0) {
            whenNone.run();
        }
    }
}
