package net.shoal.library;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.base.metainfo.MetainfoCreator;

/** The threads of the library, gone when there is nothing to share: content is hashed on all cores, one share after the other. */
final class HashThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService shares = pool("shoal-share", 1);
    private final ExecutorService helpers;
    private final ExecutorService finishing = pool("shoal-shared", 1);
    private final MetainfoCreator creator;

    HashThreads(int cores) {
        helpers = pool("shoal-hash", cores);
        creator = new MetainfoCreator(helpers, cores);
    }

    /** Where a share is prepared: reads and hashes. */
    ExecutorService shares() {
        return shares;
    }

    /** Where a share is finished: off the loop that tells of it, and not behind the hashing of another. */
    Executor finishing() {
        return finishing;
    }

    MetainfoCreator creator() {
        return creator;
    }

    private static ExecutorService pool(String name, int threads) {
        var number = new AtomicInteger();
        var pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return Executors.unconfigurableExecutorService(pool);
    }

    /** Interrupts what is being hashed and waits for it. */
    @Override
    public void close() throws InterruptedException {
        for (var pool : new ExecutorService[] {shares, helpers, finishing}) {
            pool.shutdownNow();
            pool.awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
