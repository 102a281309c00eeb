package net.shoal.base.metainfo;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import net.shoal.base.model.Sha256Hash;

/** Makes metainfo from files, hashing on as many threads as it is given. Immutable. */
public final class MetainfoCreator {
    private static final String CREATED_BY = "Shoal";

    private final Executor executor;
    private final int parallelism;

    /**
     * @param executor lends up to {@code parallelism - 1} threads while one {@link #create} runs; one that is busy or full costs time, never the
     *     result
     * @param parallelism threads that read and hash, the calling one among them
     */
    public MetainfoCreator(Executor executor, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("at least one thread has to hash, not " + parallelism);
        }
        this.executor = executor;
        this.parallelism = parallelism;
    }

    /** How far hashing is, in bytes. Called every few MiB, on any thread, one call at a time; what it throws ends the work. */
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
        var plan = CreatePlan.of(source, options);
        var hashes = new HashRun(plan, progress).run(executor, parallelism);
        return new Metainfo(
                read(new InfoAssembler(plan, hashes), options),
                options.trackers(),
                options.webSeeds(),
                plan.hasV2() ? layers(plan, hashes) : Map.of(),
                options.comment(),
                Optional.of(CREATED_BY),
                Optional.empty());
    }

    /** Through the same door as any other: what we would refuse of others we do not make. */
    private static Info read(InfoAssembler assembler, CreateOptions options) {
        try {
            return new MetainfoReader().info(assembler.assemble(options).encoded());
        } catch (MetainfoException e) {
            throw new IllegalArgumentException("This cannot be one torrent. " + e.getMessage(), e);
        }
    }

    private static Map<Sha256Hash, List<Sha256Hash>> layers(CreatePlan plan, HashResult hashes) {
        var layers = new HashMap<Sha256Hash, List<Sha256Hash>>();
        for (int i = 0; i < plan.files().size(); i++) {
            if (plan.files().get(i).length() > plan.pieceLength()) {
                layers.put(hashes.root(i), List.copyOf(hashes.layer(i)));
            }
        }
        return layers;
    }
}
