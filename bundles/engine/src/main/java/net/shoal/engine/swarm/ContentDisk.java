package net.shoal.engine.swarm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.api.transfer.PieceStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on the content of one torrent: done on the disk's threads, answered on the loop. Closes the store when all of it is done. */
final class ContentDisk {
    private static final Logger LOG = LoggerFactory.getLogger(ContentDisk.class);

    private final Loop loop;
    private final Executor executor;
    private final PieceStore store;
    private int pending;
    private final List<Runnable> onIdle = new ArrayList<>();

    ContentDisk(Loop loop, Executor executor, PieceStore store) {
        this.loop = loop;
        this.executor = executor;
        this.store = store;
    }

    /** Something that reads, writes or hashes. */
    interface Work<T> {
        T run(PieceStore store) throws IOException;
    }

    /** What became of it, on the loop. */
    interface Result<T> {
        void done(T value);

        void failed(IOException cause);
    }

    <T> void submit(Work<T> work, Result<T> result) {
        pending++;
        try {
            executor.execute(() -> run(work, result));
        } catch (RejectedExecutionException e) {
            loop.execute(() -> finish(() -> result.failed(new IOException("the node is stopping", e))));
        }
    }

    private <T> void run(Work<T> work, Result<T> result) {
        Runnable answer;
        try {
            T value = work.run(store);
            answer = () -> result.done(value);
        } catch (IOException e) {
            answer = () -> result.failed(e);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.error("Disk work failed", e);
            var cause = new IOException("internal error while reading or writing: " + e, e);
            answer = () -> result.failed(cause);
        }
        var last = answer;
        loop.execute(() -> finish(last));
    }

    private void finish(Runnable answer) {
        pending--;
        try {
            answer.run();
        } finally {
            tellIfIdle();
        }
    }

    private void tellIfIdle() {
        if (pending == 0) {
            var waiting = List.copyOf(onIdle);
            onIdle.clear();
            waiting.forEach(Runnable::run);
        }
    }

    /** Runs it, on the loop, once all that was submitted is done. */
    void whenIdle(Runnable then) {
        onIdle.add(then);
        tellIfIdle();
    }

    /**
     * Nothing is submitted after this.
     *
     * @param closed runs on the loop when the store is closed
     */
    void close(Runnable closed) {
        whenIdle(() -> closeStore(closed));
    }

    private void closeStore(Runnable closed) {
        Runnable close = () -> {
            try {
                store.close();
            } catch (IOException e) {
                LOG.warn("Closing content failed: {}", e.getMessage());
            }
            loop.execute(closed);
        };
        try {
            executor.execute(close);
        } catch (RejectedExecutionException e) {
            close.run();
        }
    }
}
