package net.shoal.engine.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** The disk threads of a node. At first everything takes 2 ms, as much of it at once as is asked for. */
final class SimDisk implements Executor {
    private final Timeline time;
    private final Faults faults;
    private final Queue<Runnable> stuck = new ArrayDeque<>();
    private Duration each = Duration.ofMillis(2);
    private boolean inTurn;
    private long freeAt;
    private boolean isStuck;

    SimDisk(Timeline time, Faults faults) {
        this.time = time;
        this.faults = faults;
    }

    /** One thing at a time, and each takes so long. */
    SimDisk slow(Duration one) {
        each = one;
        inTurn = true;
        return this;
    }

    /** Nothing gets on until it no longer is. */
    void stuck(boolean now) {
        isStuck = now;
        while (!isStuck && !stuck.isEmpty()) {
            schedule(stuck.remove());
        }
    }

    @Override
    public void execute(Runnable task) {
        faults.execute();
        schedule(task);
    }

    private void schedule(Runnable task) {
        if (isStuck) {
            stuck.add(task);
            return;
        }
        long begin = inTurn ? Math.max(freeAt, time.nanoTime()) : time.nanoTime();
        freeAt = begin + each.toNanos();
        time.schedule(freeAt - time.nanoTime(), task);
    }
}
