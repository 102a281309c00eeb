package net.shoal.engine.transfer;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.engine.disk.Turnstile;
import org.jspecify.annotations.Nullable;

/**
 * Opens the content of a transfer and finds out what of it is good: by what is known of it since the last time where the files
 * are still as they were then, else by hashing them.
 */
final class Opening {
    private final EngineParts parts;
    private final Turnstile checks;
    private final Metainfo metainfo;
    private final TransferFacts facts;
    private final SavedPieces saved;
    private final Optional<Hopeless> hopeless;
    private final Events events;
    private volatile @Nullable ContentCheck check;
    private volatile boolean cancelled;

    /**
     * What came of it.
     *
     * @param verified pieces that are there
     * @param blocks on disk, by piece, of pieces that are not verified
     * @param marks of the files as they were before they were looked into
     */
    record Opened(PieceStore store, Bitfield verified, Map<Integer, BitSet> blocks, List<FileMark> marks) {}

    /** As long as the files look like this they are not hashed again: it comes to the same. */
    record Hopeless(List<FileMark> marks, IOException cause) {}

    /** Called on disk threads. After the last three nothing more comes. */
    interface Events {
        void onProgress(double checked);

        void onOpen(Opened opened);

        void onFailed(IOException cause);

        void onHopeless(Hopeless now);
    }

    /**
     * @param checks where it waits for its turn to hash
     * @param facts of which what is used does not change meanwhile
     * @param saved what was good when it was last open
     */
    Opening(
            EngineParts parts,
            Turnstile checks,
            Metainfo metainfo,
            TransferFacts facts,
            SavedPieces saved,
            Optional<Hopeless> hopeless,
            Events events) {
        this.parts = parts;
        this.checks = checks;
        this.metainfo = metainfo;
        this.facts = facts;
        this.saved = saved;
        this.hopeless = hopeless;
        this.events = events;
    }

    void start() {
        try {
            parts.disk().execute(this::open);
        } catch (RejectedExecutionException e) {
            events.onFailed(new IOException("the node is stopping", e));
        }
    }

    void cancel() {
        cancelled = true;
        var running = check;
        if (running != null) {
            running.cancel();
        }
    }

    private void open() {
        try {
            var name = facts.storage.orElse(parts.defaultStorage());
            var store = parts.storage(name).open(metainfo.info(), facts.location, isReadOnly());
            try {
                look(store);
            } catch (IOException | RuntimeException | LinkageError e) {
                store.close();
                throw e;
            }
        } catch (IOException e) {
            events.onFailed(e);
        } catch (RuntimeException | LinkageError e) {
            events.onFailed(new IOException("the content cannot be opened: " + e.getMessage(), e));
        }
    }

    private boolean isReadOnly() {
        return facts.existing != Existing.KEEP_VERIFIED;
    }

    private void look(PieceStore store) throws IOException {
        var marks = FileMark.of(metainfo.info(), store);
        if (hopeless.isPresent() && hopeless.get().marks().equals(marks)) {
            store.close();
            events.onHopeless(hopeless.get());
            return;
        }
        var known = known(store, marks);
        if (known.suspects().isEmpty()) {
            opened(store, known, new Bitfield(known.good().size()), marks);
        } else {
            hash(store, known, marks);
        }
    }

    private KnownPieces known(PieceStore store, List<FileMark> marks) throws IOException {
        int count = metainfo.info().layout().pieceCount();
        if (facts.recheck) {
            return new KnownPieces(new Bitfield(count), Map.of(), all(count));
        }
        if (!saved.isEmpty()) {
            if (saved.reliable().filter(pieces -> pieces.isAllGone(marks)).isPresent()) {
                // the drive may be missing: what was there is not fetched again unasked
                throw new StorageException(
                        Trouble.MISSING,
                        facts.location.root(facts.name) + " is not there any more",
                        "put it back and it goes on by itself, or recheck it to begin anew");
            }
            return KnownPieces.of(metainfo.info(), store, saved, marks);
        }
        return switch (facts.existing) {
            case TRUSTED -> new KnownPieces(all(count), Map.of(), new Bitfield(count));
            case MUST_VERIFY -> new KnownPieces(new Bitfield(count), Map.of(), all(count));
            case KEEP_VERIFIED -> {
                boolean isNew = marks.stream().allMatch(FileMark::isMissing);
                yield new KnownPieces(new Bitfield(count), Map.of(), isNew ? new Bitfield(count) : all(count));
            }
        };
    }

    private static Bitfield all(int count) {
        var all = new Bitfield(count);
        all.setAll();
        return all;
    }

    /** @param hashed pieces of which it was not known before that they are good */
    private void opened(PieceStore store, KnownPieces known, Bitfield hashed, List<FileMark> marks) {
        var verified = known.good().copy();
        for (int piece = hashed.nextSet(0); piece >= 0; piece = hashed.nextSet(piece + 1)) {
            verified.set(piece);
        }
        if (!isReadOnly()) {
            var synced = saved.synced().flatMap(pieces -> pieces.field(verified.size()));
            for (int piece = verified.nextSet(0); piece >= 0; piece = verified.nextSet(piece + 1)) {
                if (hashed.get(piece) || synced.isEmpty() || !synced.get().get(piece)) {
                    store.mayBeUnsynced(piece);
                }
            }
            known.blocks().keySet().forEach(store::mayBeUnsynced);
        }
        events.onOpen(new Opened(store, verified, known.blocks(), marks));
    }

    /** A file that lies in the way of a new download, of which no piece is there: somebody else's, so it is not written to. */
    private OptionalInt stranger(PieceStore store, Bitfield good) {
        if (!saved.isEmpty() || isReadOnly()) {
            return OptionalInt.empty();
        }
        return IntStream.range(0, metainfo.info().files().size())
                .filter(i ->
                        store.wasThere(i) && !holdsAny(metainfo.info().files().get(i), good))
                .findFirst();
    }

    private boolean holdsAny(FileEntry file, Bitfield good) {
        if (file.isPad() || file.length() == 0) {
            return true;
        }
        long pieceLength = metainfo.info().layout().pieceLength();
        int next = good.nextSet((int) (file.offset() / pieceLength));
        return next >= 0 && next <= (file.offset() + file.length() - 1) / pieceLength;
    }

    private void hash(PieceStore store, KnownPieces known, List<FileMark> marks) {
        boolean rewrites = !saved.isEmpty() && !saved.recentHolds() && !facts.recheck && !isReadOnly();
        var listening = new Checking(store, known, marks);
        var running = new ContentCheck(metainfo, store, known.suspects(), rewrites, parts.disk(), listening);
        check = running;
        if (cancelled) {
            running.cancel();
        }
        int threads = Math.min(parts.disk().size(), Runtime.getRuntime().availableProcessors());
        checks.enter(() -> running.start(threads));
    }

    private final class Checking implements ContentCheck.Events {
        private final PieceStore store;
        private final KnownPieces known;
        private final List<FileMark> marks;

        Checking(PieceStore store, KnownPieces known, List<FileMark> marks) {
            this.store = store;
            this.known = known;
            this.marks = marks;
        }

        @Override
        public void onProgress(double checked) {
            events.onProgress(checked);
        }

        @Override
        public void onDone(Bitfield hashed) {
            checks.leave();
            var stranger = stranger(store, hashed);
            int wrong = hashed.size() - known.good().cardinality() - hashed.cardinality();
            if (stranger.isPresent()) {
                var cause = new StorageException(
                        Trouble.REFUSED,
                        store.pathOf(stranger.getAsInt()) + " exists and is not part of this download",
                        "move it away or choose another folder");
                close(cause);
                events.onHopeless(new Hopeless(marks, cause));
            } else if (isReadOnly() && wrong > 0) {
                var cause = new StorageException(
                        Trouble.CHANGED,
                        "the content at " + facts.location.root(facts.name) + " is not that of this torrent (" + wrong
                                + " of " + hashed.size() + " pieces differ)",
                        "share the files it was made from");
                close(cause);
                events.onHopeless(new Hopeless(marks, cause));
            } else {
                opened(store, known, hashed, marks);
            }
        }

        @Override
        public void onFailed(IOException cause) {
            checks.leave();
            close(cause);
            events.onFailed(cause);
        }

        private void close(IOException cause) {
            try {
                store.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
