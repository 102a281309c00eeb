package net.shoal.ui.rpc.qbittorrent;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;

/** Stands as a test says, and writes down what is to be changed. */
final class FakeTransfer implements Transfer {
    static final long SIZE = 1_000;

    final List<TransferChange> changes = new ArrayList<>();
    TransferState state = new TransferState.Downloading();
    TransferLimits limits = TransferLimits.NONE;
    List<FileStatus> files = List.of();
    List<DiscoveryStatus> discovery = List.of();
    Optional<Instant> completed = Optional.empty();
    long done;
    long downRate;
    long upRate;
    boolean forced;
    boolean sequential;
    int queuePosition;
    private final InfoHashes hashes;
    private final String name;

    FakeTransfer(InfoHashes hashes, String name) {
        this.hashes = hashes;
        this.name = name;
    }

    static FakeTransfer of(char digit, String name) {
        var hash = new InfoHash.V1(Sha1Hash.ofHex(String.valueOf(digit).repeat(Sha1Hash.LENGTH * 2)));
        return new FakeTransfer(InfoHashes.of(hash), name);
    }

    String id() {
        return Torrents.id(hashes);
    }

    FakeTransfer seeding() {
        state = new TransferState.Seeding();
        done = SIZE;
        completed = Optional.of(Instant.EPOCH);
        return this;
    }

    /** @param paths in the torrent; on disk they are called the same */
    FakeTransfer files(String... paths) {
        var all = new ArrayList<FileStatus>();
        for (var path : paths) {
            var onDisk = status().path().resolve(path);
            all.add(new FileStatus(all.size() * 2, path, onDisk, 100, 50, FilePriority.NORMAL));
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
                SIZE,
                SIZE,
                done,
                downRate,
                upRate,
                done,
                SIZE / 2,
                3,
                1,
                9,
                OptionalLong.empty(),
                Path.of("/downloads", name),
                Visibility.LINK,
                false,
                Instant.EPOCH,
                completed);
    }

    @Override
    public CompletionStage<TransferDetails> details() {
        return CompletableFuture.completedStage(new TransferDetails(
                status(),
                new TransferOptions(limits, sequential, false, false, forced, queuePosition),
                0,
                Optional.empty(),
                files,
                List.of(),
                discovery,
                List.of()));
    }

    @Override
    public CompletionStage<Metainfo> metainfo() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Void> change(TransferChange change) {
        if (change instanceof TransferChange.Together several) {
            several.changes().forEach(this::change);
            return CompletableFuture.completedStage(null);
        }
        changes.add(change);
        if (change instanceof TransferChange.Limit limit) {
            limits = limit.limits();
        } else if (change instanceof TransferChange.Pause) {
            state = new TransferState.Paused(TransferState.Paused.Why.USER);
        }
        return CompletableFuture.completedStage(null);
    }
}
