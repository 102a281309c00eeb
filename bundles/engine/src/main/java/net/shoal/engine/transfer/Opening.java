package net.shoal.engine.transfer;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.PieceStore;
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
    private final Optional<VerifiedPieces> verified;
    private final boolean distrustful;
    private final Events events;
    private volatile @Nullable ContentCheck check;
    private volatile boolean cancelled;

    /** Called on disk threads. After the last two nothing more comes. */
    interface Events {
        void onProgress(double checked);

        void onOpen(PieceStore store, Bitfield verified);

        void onFailed(IOException cause);
    }

    /**
     * @param checks where it waits for its turn to hash
     * @param facts of which what is used does not change meanwhile
     * @param verified what was good when it was last open
     * @param distrustful hash everything, whatever is known
     */
    Opening(
            EngineParts parts,
            Turnstile checks,
            Metainfo metainfo,
            TransferFacts facts,
            Optional<VerifiedPieces> verified,
            boolean distrustful,
            Events events) {
        this.parts = parts;
        this.checks = checks;
        this.metainfo = metainfo;
        this.facts = facts;
        this.verified = verified;
        this.distrustful = distrustful;
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
            var provider = parts.storages()
                    .find(storage -> storage.name().equals(name))
                    .orElseThrow(() -> new IOException("there is no storage named " + name + "; install the plugin that"
                            + " provides it, and the transfer goes on"));
            boolean readOnly = facts.existing != Existing.KEEP_VERIFIED;
            var store = provider.open(metainfo.info(), facts.location, readOnly);
            var known = distrustful ? Optional.<Bitfield>empty() : known(store);
            if (known.isPresent()) {
                events.onOpen(store, known.get());
            } else {
                hash(store);
            }
        } catch (IOException e) {
            events.onFailed(e);
        } catch (RuntimeException e) {
            events.onFailed(new IOException("the content cannot be opened: " + e.getMessage(), e));
        }
    }

    private Optional<Bitfield> known(PieceStore store) throws IOException {
        int count = metainfo.info().layout().pieceCount();
        if (verified.isPresent()) {
            var now = FileMark.of(metainfo.info(), store);
            if (verified.get().isAllGone(now)) {
                // the drive may be missing: what was there is not fetched again unasked
                throw new IOException(
                        facts.location.root(facts.name) + " is not there any more; put it back and it goes"
                                + " on by itself, or recheck it to begin anew");
            }
            return verified.get().check(now, count);
        }
        if (facts.existing != Existing.TRUSTED) {
            return Optional.empty();
        }
        var all = new Bitfield(count);
        all.setAll();
        return Optional.of(all);
    }

    /** A file that lies in the way of a new download, of which no piece is there: somebody else's, so it is not written to. */
    private OptionalInt stranger(PieceStore store, Bitfield good) {
        if (verified.isPresent() || facts.existing != Existing.KEEP_VERIFIED) {
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

    private void hash(PieceStore store) {
        var running = new ContentCheck(metainfo, store, parts.disk(), new ContentCheck.Events() {
            @Override
            public void onProgress(double checked) {
                events.onProgress(checked);
            }

            @Override
            public void onDone(Bitfield good) {
                checks.leave();
                judge(good);
            }

            private void judge(Bitfield good) {
                var stranger = stranger(store, good);
                if (stranger.isEmpty()) {
                    events.onOpen(store, good);
                } else {
                    close(new IOException(store.pathOf(stranger.getAsInt())
                            + " exists and is not part of this download; move it away or choose another folder"));
                }
            }

            @Override
            public void onFailed(IOException cause) {
                checks.leave();
                close(cause);
            }

            private void close(IOException cause) {
                try {
                    store.close();
                } catch (IOException e) {
                    cause.addSuppressed(e);
                }
                events.onFailed(cause);
            }
        });
        check = running;
        if (cancelled) {
            running.cancel();
        }
        int threads = Math.min(parts.disk().size(), Runtime.getRuntime().availableProcessors());
        checks.enter(() -> running.start(threads));
    }
}
