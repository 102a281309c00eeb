package net.shoal.library;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferListener;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHashes;

/** An engine whose transfers do what the test says. */
final class FakeEngine implements TransferEngine {
    final List<AddRequest> requests = new CopyOnWriteArrayList<>();
    final List<FakeTransfer> transfers = new CopyOnWriteArrayList<>();
    TransferState firstState = new TransferState.Checking(0);
    private final TransferListener listener;

    FakeEngine(TransferListener listener) {
        this.listener = listener;
    }

    final class FakeTransfer implements Transfer {
        final Metainfo metainfo;
        final Path path;
        volatile TransferState state = firstState;
        List<TransferDetails.FileStatus> files = List.of();

        FakeTransfer(AddRequest request) {
            metainfo = ((AddRequest.Source.Torrent) request.source()).metainfo();
            path = request.location().root(metainfo.info().name());
        }

        void becomes(TransferState now) {
            var before = state;
            state = now;
            listener.on(new TransferEvent.StateChanged(this, before, now));
        }

        @Override
        public InfoHashes hashes() {
            return metainfo.info().hashes();
        }

        @Override
        public TransferStatus status() {
            return new TransferStatus(
                    hashes(),
                    "",
                    state,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    OptionalLong.empty(),
                    path,
                    Visibility.LINK,
                    true,
                    Instant.EPOCH,
                    Optional.empty());
        }

        @Override
        public CompletionStage<TransferDetails> details() {
            return CompletableFuture.completedStage(new TransferDetails(
                    status(),
                    new TransferOptions(TransferLimits.NONE, false, false, false, false, 0),
                    0,
                    Optional.empty(),
                    files,
                    List.of(),
                    List.of(),
                    List.of()));
        }

        @Override
        public CompletionStage<Metainfo> metainfo() {
            return CompletableFuture.completedStage(metainfo);
        }

        @Override
        public CompletionStage<Void> change(TransferChange change) {
            if (change instanceof TransferChange.Resume) {
                becomes(new TransferState.Seeding());
            }
            return CompletableFuture.completedStage(null);
        }
    }

    @Override
    public synchronized Transfer add(AddRequest request) {
        requests.add(request);
        var added = new FakeTransfer(request);
        var known = find(added.hashes().hex());
        if (known.isPresent()) {
            return known.get();
        }
        transfers.add(added);
        notifyAll();
        return added;
    }

    /** Waits until a share has come this far. */
    synchronized FakeTransfer added() throws InterruptedException {
        while (transfers.isEmpty()) {
            wait();
        }
        return transfers.get(0);
    }

    @Override
    public Optional<Transfer> find(String infoHashHex) {
        return transfers.stream()
                .filter(transfer -> transfer.hashes().hex().equals(infoHashHex))
                .<Transfer>map(transfer -> transfer)
                .findFirst();
    }

    @Override
    public List<Transfer> list() {
        return new ArrayList<>(transfers);
    }

    @Override
    public CompletionStage<Void> remove(Transfer transfer, boolean deleteData) {
        if (deleteData) {
            throw new AssertionError("a share's content is never deleted");
        }
        transfers.remove(transfer);
        return CompletableFuture.completedStage(null);
    }
}
