package net.shoal.base.metainfo;

import java.io.IOException;
import java.util.concurrent.Executor;

/** Makes metainfo from files, hashing on as many threads as it is given. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class MetainfoCreator {
    private final Executor executor;
    private final int parallelism;

    /**
     * @param executor lends up to {@code parallelism - 1} threads while one {@link #create} runs; one that is busy or full costs time, never the
     *     result
     * @param parallelism threads that read and hash, the calling one among them
     */
    public MetainfoCreator(Executor executor, int parallelism) {
        this.executor = executor;
        this.parallelism = parallelism;
    }

    /** How far hashing is, in bytes. Called often, on any thread, one call at a time; what it throws ends the work. */
    @FunctionalInterface
    public interface Progress {
        void on(long hashed, long total);
    }

    /**
     * Reads everything once. Blocks until done; interrupt the calling thread to cancel.
     *
     * @throws IllegalArgumentException if these options cannot go with these files, with a sentence
     * @throws IOException if a file cannot be read or changed meanwhile, naming it
     */
    public Metainfo create(SourceTree source, CreateOptions options, Progress progress)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException(executor + " " + parallelism);
    }
}
