package net.shoal.engine.transfer;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.bencode.BString;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes down how far a download has got, in two ways: {@link #saveRecent} soon after anything was written, which costs next to nothing and
 * outlives the process; {@link #sync} now and then, which brings all of it to the disk itself first, and outlives a power cut. On the
 * transfer's loop.
 */
final class ProgressSaver {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressSaver.class);
    /** What was synced says so often at least that we are still writing, so that changes to files are known as ours. */
    private static final long STILL_WRITING_MILLIS = 20_000;

    private final ResumeSaver saver;
    private final PieceStore store;
    private final PieceFiles files;
    private final Info info;
    private final InstantSource clock;
    private final Executor loop;
    private final Executor slowly;
    private final SyncRule rule;
    /** Guarded by this. */
    private List<FileMark> marks;

    private Bitfield marked;
    private BitSet begun = new BitSet();
    private long number;
    private boolean touched;
    private long unsyncedBytes;
    private long unsyncedSince;
    private boolean syncing;

    /**
     * @param marks of the files as they were when they were looked at
     * @param loop of the transfer
     * @param slowly for what takes long
     */
    ProgressSaver(
            ResumeSaver saver,
            PieceStore store,
            Info info,
            List<FileMark> marks,
            Bitfield verified,
            InstantSource clock,
            Executor loop,
            Executor slowly,
            SyncRule rule) {
        this.saver = saver;
        this.store = store;
        this.info = info;
        this.files = new PieceFiles(info);
        this.marks = marks;
        this.marked = verified;
        this.clock = clock;
        this.loop = loop;
        this.slowly = slowly;
        this.rule = rule;
        this.number = saver.pieces().latest().map(VerifiedPieces::number).orElse(0L);
    }

    /** How far it has got. */
    record Snapshot(Bitfield verified, Map<Integer, BitSet> blocks, boolean writing) {}

    /** So much more is verified; 0 for what is not. */
    void touch(long bytes) {
        touched = true;
        if (unsyncedSince == 0) {
            unsyncedSince = clock.millis();
        }
        unsyncedBytes += bytes;
    }

    boolean isDue() {
        return touched && saver.isIdle();
    }

    boolean isSyncDue() {
        return !syncing
                && unsyncedSince != 0
                && (unsyncedBytes >= rule.bytes()
                        || Math.abs(clock.millis() - unsyncedSince)
                                >= rule.age().toMillis());
    }

    void saveRecent(TransferFacts facts, Snapshot now) {
        touched = false;
        var changed = changedFiles(now);
        long mine = ++number;
        saver.pieces()
                .synced()
                .filter(there -> !there.writing() || Math.abs(clock.millis() - there.saved()) > STILL_WRITING_MILLIS)
                .ifPresent(there -> saver.saveSynced(facts, there.stillWriting(clock.millis())));
        saver.saveRecent(() -> pieces(now, changed, mine));
    }

    /** What happens when it is done. On the loop. */
    interface Synced {
        void done(VerifiedPieces pieces);

        /** The disk has not kept all of it. */
        void failed(IOException cause);
    }

    /** Brings all that was written until now to the disk itself. */
    void sync(Snapshot now, Synced then) {
        syncing = true;
        unsyncedBytes = 0;
        unsyncedSince = 0;
        var changed = changedFiles(now);
        long mine = ++number;
        try {
            slowly.execute(() -> {
                try {
                    // the marks first: should something be written after that, it shows
                    var pieces = pieces(now, changed, mine);
                    store.sync();
                    answer(() -> then.done(pieces));
                } catch (IOException e) {
                    answer(() -> then.failed(e));
                } catch (RuntimeException e) {
                    LOG.error("Bringing content to the disk failed", e);
                    answer(() -> then.failed(new IOException("internal error: " + e, e)));
                }
            });
        } catch (RejectedExecutionException e) {
            then.failed(new IOException("the node is stopping", e));
        }
    }

    private void answer(Runnable then) {
        loop.execute(() -> {
            syncing = false;
            then.run();
        });
    }

    /** Takes down what was synced. */
    void saveSynced(TransferFacts facts, VerifiedPieces pieces) {
        saver.saveSynced(facts, pieces);
    }

    private BitSet changedFiles(Snapshot now) {
        var changed = new BitSet();
        for (int piece = now.verified.nextSet(0); piece >= 0; piece = now.verified.nextSet(piece + 1)) {
            if (!marked.get(piece)) {
                files.filesOf(piece, changed::set);
            }
        }
        now.blocks.keySet().forEach(piece -> files.filesOf(piece, changed::set));
        begun.stream().forEach(piece -> files.filesOf(piece, changed::set));
        begun = new BitSet();
        now.blocks.keySet().forEach(begun::set);
        marked = now.verified;
        return changed;
    }

    /** On a disk thread. */
    private VerifiedPieces pieces(Snapshot now, BitSet changed, long mine) {
        return new VerifiedPieces(
                BString.of(now.verified.toWire()), now.blocks, marks(changed), clock.millis(), now.writing, mine);
    }

    private synchronized List<FileMark> marks(BitSet changed) {
        if (!changed.isEmpty()) {
            var renewed = new ArrayList<>(marks);
            changed.stream().forEach(file -> renewed.set(file, FileMark.of(info, store, file)));
            marks = List.copyOf(renewed);
        }
        return marks;
    }

    /** As they were when last looked at. */
    synchronized List<FileMark> marks() {
        return marks;
    }
}
