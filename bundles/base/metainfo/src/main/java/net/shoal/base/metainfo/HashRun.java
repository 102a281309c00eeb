package net.shoal.base.metainfo;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One hashing of all pieces. Threads take spans of pieces, one after another, so that together they read each file nearly in sequence. The
 * calling thread is one of them and leaves last; a helper that the executor starts too late finds the run closed and does nothing.
 */
final class HashRun {
    /** What a thread takes at a time, in bytes: long enough to read in sequence, short enough to finish together. */
    private static final int SPAN = 8 << 20;

    private final CreatePlan plan;
    private final HashResult result;
    private final MetainfoCreator.Progress progress;
    private final int spanPieces;
    private final AtomicInteger nextSpan = new AtomicInteger();
    private volatile boolean stopped;

    /** The rest is guarded by this. */
    private int helping;

    private boolean closed;
    private long hashed;
    private @Nullable Throwable problem;

    HashRun(CreatePlan plan, MetainfoCreator.Progress progress) {
        this.plan = plan;
        this.result = new HashResult(plan);
        this.progress = progress;
        this.spanPieces = Math.max(1, SPAN / plan.pieceLength());
    }

    HashResult run(Executor executor, int parallelism) throws IOException, InterruptedException {
        int helpers = Math.min(parallelism - 1, (plan.pieces() - 1) / spanPieces);
        try {
            for (int i = 0; i < helpers; i++) {
                executor.execute(this::help);
            }
        } catch (RejectedExecutionException e) {
            // fewer threads, the same result
        }
        work();
        close();
        if (Thread.interrupted()) {
            throw new InterruptedException("hashing was cancelled");
        }
        rethrow();
        for (var file : plan.files()) {
            checkUnchanged(file);
        }
        return result;
    }

    private void help() {
        synchronized (this) {
            if (closed) {
                return;
            }
            helping++;
        }
        try {
            work();
        } finally {
            synchronized (this) {
                helping--;
                notifyAll();
            }
        }
    }

    private void work() {
        try (var worker = new PieceWorker(plan, result, () -> stopped)) {
            while (!stopped) {
                long first = (long) nextSpan.getAndIncrement() * spanPieces;
                if (first >= plan.pieces()) {
                    return;
                }
                span(worker, (int) first);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void span(PieceWorker worker, int first) throws IOException {
        long content = 0;
        for (int piece = first; piece < Math.min(first + spanPieces, plan.pieces()); piece++) {
            content += worker.hash(piece);
        }
        synchronized (this) {
            hashed += content;
            progress.on(hashed, plan.contentLength());
        }
    }

    private synchronized void fail(Throwable cause) {
        // those that end because of the first one have nothing to say
        if (!stopped) {
            problem = cause;
        }
        stopped = true;
    }

    /** Waits for the helpers, who no longer have anything to do, or have been told to stop. */
    private synchronized void close() {
        closed = true;
        boolean interrupted = false;
        while (helping > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
                stopped = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void rethrow() throws IOException {
        if (problem instanceof ClosedByInterruptException) {
            throw new IOException("Hashing was interrupted.", problem);
        }
        if (problem instanceof IOException io) {
            throw io;
        }
        if (problem instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (problem instanceof Error error) {
            throw error;
        }
    }

    private static void checkUnchanged(SourceFile file) throws IOException {
        try {
            file.checkUnchanged();
        } catch (IOException e) {
            throw new IOException(file + " cannot be shared: " + Reasons.of(e) + ".", e);
        }
    }
}
