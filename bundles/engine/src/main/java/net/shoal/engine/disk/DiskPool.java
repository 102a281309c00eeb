package net.shoal.engine.disk;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few daemon threads with a bounded queue. Callers keep within budgets of their own, so that the bound is never met in practice. */
public final class DiskPool implements Executor, AutoCloseable {
    private static final int MAX_WAITING = 65_536;

    private final ThreadPoolExecutor threads;
    private final Queue<Runnable> slow = new ArrayDeque<>();
    private boolean slowIsRunning;

    public DiskPool(int count) {
        var number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                count, count, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    var thread = new Thread(task, "shoal-disk-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws java.util.concurrent.RejectedExecutionException if it is closed, or full */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** For what takes long: one at a time, so that the rest does not wait for it. */
    public Executor slowly() {
        return this::executeSlowly;
    }

    private void executeSlowly(Runnable task) {
        synchronized (slow) {
            if (slowIsRunning) {
                slow.add(task);
                return;
            }
            slowIsRunning = true;
        }
        try {
            threads.execute(() -> runSlowly(task));
        } catch (RejectedExecutionException e) {
            synchronized (slow) {
                slowIsRunning = false;
            }
            throw e;
        }
    }

    private void runSlowly(Runnable first) {
        var task = first;
        while (task != null) {
            task.run();
            synchronized (slow) {
                task = slow.poll();
                slowIsRunning = task != null;
            }
        }
    }

    public int size() {
        return threads.getCorePoolSize();
    }

    /** Finishes what was given to it, within reason. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
