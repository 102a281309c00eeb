package net.shoal.engine.transfer;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import net.shoal.base.bencode.BDict;
import net.shoal.base.metainfo.Metainfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what of a transfer is to survive. Methods are called on the transfer's loop; files are written on the disk pool, one after the
 * other. What cannot be written is tried again with {@link #retry}.
 */
final class ResumeSaver {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeSaver.class);

    private static final int RETRY_TICKS = 3;

    private final TransferFolder folder;
    private final Executor disk;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    /** Changed by one save at a time, and by {@link #distrust}. */
    private volatile SavedPieces pieces;

    private volatile Optional<String> trouble = Optional.empty();
    private volatile Optional<Metainfo> unsaved = Optional.empty();
    /** What there is on disk is older than what was to be saved. */
    private volatile boolean stale;

    private int ticks;

    ResumeSaver(TransferFolder folder, Executor disk, SavedPieces pieces) {
        this.folder = folder;
        this.disk = disk;
        this.pieces = pieces;
    }

    /** What was last saved. */
    SavedPieces pieces() {
        return pieces;
    }

    /** The disk did not keep what it was given: what was not synced has to be looked at again. */
    void distrust() {
        pieces = pieces.distrusted();
    }

    /** A sentence, while the state cannot be saved. */
    Optional<String> trouble() {
        return trouble;
    }

    void save(TransferFacts facts) {
        var dict = facts.toDict();
        then(() -> saveFacts(dict));
    }

    void save(Metainfo metainfo) {
        unsaved = Optional.of(metainfo);
        then(() -> {
            folder.saveMetainfo(metainfo);
            unsaved = unsaved.filter(later -> !later.equals(metainfo));
        });
    }

    /** Saves again, now and then, what could not be saved. To be called once a second. */
    void retry(TransferFacts facts) {
        if (++ticks % RETRY_TICKS == 0 && (stale || unsaved.isPresent()) && last.isDone()) {
            unsaved.ifPresent(this::save);
            save(facts);
        }
    }

    /** @param look finds out, on a disk thread */
    void saveRecent(Supplier<VerifiedPieces> look) {
        then(() -> {
            var recent = look.get();
            folder.saveProgress(recent);
            pieces = pieces.withRecent(recent);
        });
    }

    void saveSynced(TransferFacts facts, VerifiedPieces synced) {
        var dict = facts.toDict();
        then(() -> {
            pieces = pieces.withSynced(synced);
            saveFacts(dict);
        });
    }

    private void saveFacts(BDict facts) throws IOException {
        stale = true;
        folder.save(facts, pieces.synced());
        stale = false;
    }

    CompletionStage<Void> delete() {
        then(folder::delete);
        return last;
    }

    /** Done when all that was given until now is on disk. */
    CompletionStage<Void> idle() {
        return last;
    }

    /** True if nothing waits to be written. */
    boolean isIdle() {
        return last.isDone();
    }

    /** The last that a run saves. To be called once, on the loop. */
    interface LastSave {
        /**
         * How far it got.
         *
         * @param synced true if all of it is on the disk itself
         */
        void of(TransferFacts facts, Optional<VerifiedPieces> pieces, boolean synced);
    }

    /** Whatever follows, {@link #idle} too, waits for this: another run must not begin before one has taken down how far it got. */
    LastSave hold() {
        var before = last;
        var turn = new CompletableFuture<Void>();
        last = before.thenCompose(done -> turn);
        return (facts, now, synced) -> {
            var dict = facts.toDict();
            before.thenCompose(done -> submit(() -> saveLast(dict, now, synced)))
                    .whenComplete((done, failure) -> turn.complete(null));
        };
    }

    private void saveLast(BDict facts, Optional<VerifiedPieces> now, boolean synced) throws IOException {
        if (now.isPresent() && !synced) {
            folder.saveProgress(now.get());
            pieces = pieces.withRecent(now.get());
        } else {
            now.ifPresent(all -> pieces = pieces.withSynced(all));
            saveFacts(facts);
            if (now.isPresent()) {
                folder.endProgress();
            }
        }
    }

    private void then(Save save) {
        last = last.thenCompose(done -> submit(save));
    }

    private CompletableFuture<Void> submit(Save save) {
        var done = new CompletableFuture<Void>();
        try {
            disk.execute(() -> {
                try {
                    save.run();
                    worked();
                } catch (IOException | RuntimeException e) {
                    failed(e);
                }
                done.complete(null);
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("The state of a transfer is not saved: the node is stopping");
            done.complete(null);
        }
        return done;
    }

    private void worked() {
        if (trouble.isPresent()) {
            trouble = Optional.empty();
            LOG.info("The state in {} can be saved again", folder.path());
        }
    }

    private void failed(Exception cause) {
        var before = trouble;
        trouble = Optional.of("the state in " + folder.path() + " cannot be saved: " + cause.getMessage());
        if (before.isEmpty()) {
            LOG.warn(
                    "The state in {} cannot be saved; what was saved before stays: {}",
                    folder.path(),
                    cause.toString());
        }
    }

    private interface Save {
        void run() throws IOException;
    }
}
