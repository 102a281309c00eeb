package net.shoal.engine.disk;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few daemon threads with a bounded queue. Callers keep within budgets of their own, so that the bound is never met in practice. */
public final class DiskPool implements Executor, AutoCloseable {
    private static final int MAX_WAITING = 65_536;

    private final ThreadPoolExecutor threads;

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
