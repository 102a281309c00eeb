package net.shoal.secure.mse;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does the arithmetic of key exchanges off the event loops: on one thread, so that a flood of them takes one core at most. */
final class Workers implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;

    private final Executor executor;
    private final @Nullable ThreadPoolExecutor thread;

    private Workers(Executor executor, @Nullable ThreadPoolExecutor thread) {
        this.executor = executor;
        this.thread = thread;
    }

    static Workers oneThread(int waiting) {
        var pool = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), task -> {
                    var thread = new Thread(task, "shoal-mse");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return new Workers(pool, pool);
    }

    static Workers of(Executor executor) {
        return new Workers(executor, null);
    }

    /** Computes, and hands over on the loop what came of it: a result or a failure. */
    <T> void compute(Supplier<T> task, EventLoop loop, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        try {
            executor.execute(() -> {
                try {
                    var result = task.get();
                    onLoop(loop, () -> then.accept(result, null));
                } catch (RuntimeException e) {
                    onLoop(loop, () -> then.accept(null, e));
                }
            });
        } catch (RejectedExecutionException e) {
            onLoop(loop, () -> then.accept(null, new IOException("too many key exchanges at once")));
        }
    }

    private static void onLoop(EventLoop loop, Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // the loop is gone, and the channel with it
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
            try {
                thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
