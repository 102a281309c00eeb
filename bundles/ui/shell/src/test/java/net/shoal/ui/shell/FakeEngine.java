package net.shoal.ui.shell;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.Obstacle;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;

/** An engine that writes down what it is asked, and whose transfers are what the test says. */
final class FakeEngine implements TransferEngine {
    final List<FakeTransfer> transfers = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    boolean cancelWhenLookedAt;

    FakeTransfer transfer(char digit, String name) {
        var transfer = new FakeTransfer(String.valueOf(digit).repeat(40), name);
        transfers.add(transfer);
        return transfer;
    }

    static final class FakeTransfer implements Transfer {
        List<Obstacle> obstacles = List.of();
        final List<TransferChange> changes = new ArrayList<>();
        final InfoHashes hashes;
        final String name;
        Path path;
        TransferState state = new TransferState.Downloading();
        TransferLimits limits = TransferLimits.NONE;
        List<FileStatus> files = List.of();
        boolean inPlace;
        int queuePosition;
        long wanted = 1_000;
        long done;
        Optional<String> refuses = Optional.empty();
        Optional<TransferState> afterResume = Optional.empty();

        private FakeTransfer(String hex, String name) {
            this.hashes = InfoHashes.of(new InfoHash.V1(Sha1Hash.ofHex(hex)));
            this.name = name;
            this.path = Path.of("/downloads", name);
        }

        FakeTransfer files(String... paths) {
            var all = new ArrayList<FileStatus>();
            for (int i = 0; i < paths.length; i++) {
                var names = paths[i].split(" on disk ", 2);
                var onDisk = path.resolve(names[names.length - 1]);
                all.add(new FileStatus(i, names[0], onDisk, 100, 0, FilePriority.NORMAL));
            }
            files = all;
            return this;
        }

        @Override
        public InfoHashes hashes() {
            return hashes;
        }

        @Override
        public TransferStatus status() {
            return new TransferStatus(
                    hashes,
                    name,
                    state,
                    1_000,
                    wanted,
                    done,
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
                    inPlace,
                    Instant.EPOCH,
                    done == wanted ? Optional.of(Instant.EPOCH) : Optional.empty());
        }

        @Override
        public CompletionStage<TransferDetails> details() {
            return CompletableFuture.completedStage(new TransferDetails(
                    status(),
                    new TransferOptions(limits, false, false, false, false, queuePosition),
                    0,
                    Optional.empty(),
                    files,
                    List.of(),
                    List.of(),
                    obstacles));
        }

        @Override
        public CompletionStage<Metainfo> metainfo() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Void> change(TransferChange change) {
            if (refuses.isPresent()) {
                return CompletableFuture.failedStage(new IllegalArgumentException(refuses.get()));
            }
            if (change instanceof TransferChange.Together several) {
                several.changes().forEach(this::change);
                return CompletableFuture.completedStage(null);
            }
            changes.add(change);
            if (change instanceof TransferChange.Limit limit) {
                limits = limit.limits();
            } else if (change instanceof TransferChange.Pause) {
                state = new TransferState.Paused(TransferState.Paused.Why.USER);
            } else if (change instanceof TransferChange.Resume) {
                state = afterResume.orElseGet(
                        () -> done == wanted ? new TransferState.Seeding() : new TransferState.Downloading());
            }
            return CompletableFuture.completedStage(null);
        }
    }

    @Override
    public Transfer add(AddRequest request) {
        return transfers.get(0);
    }

    @Override
    public Optional<Transfer> find(String infoHashHex) {
        return Optional.empty();
    }

    @Override
    public List<Transfer> list() {
        if (cancelWhenLookedAt) {
            transfers.clear();
        }
        return List.copyOf(transfers);
    }

    @Override
    public CompletionStage<Void> remove(Transfer transfer, boolean deleteData) {
        transfers.remove((FakeTransfer) transfer);
        removed.add(transfer.status().name() + (deleteData ? " with its data" : ""));
        return CompletableFuture.completedStage(null);
    }
}
