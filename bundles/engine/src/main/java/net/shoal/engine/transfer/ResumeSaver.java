package net.shoal.engine.transfer;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.bencode.BString;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is to survive: at once when something was decided, every second while pieces arrive. Methods are called on the transfer's
 * loop; files are written on the disk pool, one after the other.
 */
final class ResumeSaver {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeSaver.class);

    private final TransferFolder folder;
    private final Executor disk;
    private final InstantSource clock;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    /** Changed by one save at a time. */
    private volatile Optional<VerifiedPieces> verified;

    private boolean dirty;

    ResumeSaver(TransferFolder folder, Executor disk, InstantSource clock, Optional<VerifiedPieces> verified) {
        this.folder = folder;
        this.disk = disk;
        this.clock = clock;
        this.verified = verified;
    }

    /** What was last saved. */
    Optional<VerifiedPieces> verified() {
        return verified;
    }

    /** Something is verified that is not saved yet. */
    void touch() {
        dirty = true;
    }

    /** It is time to save, and the last save is done. */
    boolean isDue() {
        return dirty && last.isDone();
    }

    void save(TransferFacts facts) {
        var dict = facts.toDict();
        then(() -> folder.save(dict, verified));
    }

    void save(Metainfo metainfo) {
        then(() -> folder.saveMetainfo(metainfo));
    }

    /**
     * Saves verified pieces with marks of their files, which are looked at after the pieces are known: should someone else change them later,
     * it shows.
     *
     * @param writing more is being written at the same time
     */
    void save(TransferFacts facts, Bitfield pieces, Info info, PieceStore store, boolean writing) {
        dirty = false;
        var dict = facts.toDict();
        var field = BString.of(pieces.toWire());
        then(() -> {
            verified = Optional.of(new VerifiedPieces(field, FileMark.of(info, store), clock.millis(), writing));
            folder.save(dict, verified);
        });
    }

    CompletionStage<Void> delete() {
        then(folder::delete);
        return last;
    }

    /** Done when all that was given until now is on disk. */
    CompletionStage<Void> idle() {
        return last;
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
                } catch (IOException | RuntimeException e) {
                    LOG.warn("The state of a transfer cannot be saved: {}", e.toString());
                }
                done.complete(null);
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("The state of a transfer is not saved: the node is stopping");
            done.complete(null);
        }
        return done;
    }

    private interface Save {
        void run() throws IOException;
    }
}
