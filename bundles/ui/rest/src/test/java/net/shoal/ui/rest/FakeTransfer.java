package net.shoal.ui.rest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;

/** Stands as a test says. */
final class FakeTransfer implements Transfer {
    private final InfoHashes hashes;
    private final String name;
    private volatile long done;

    FakeTransfer(int number) {
        var bytes = new byte[20];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (number >> (8 * i));
        }
        hashes = new InfoHashes(Optional.of(new InfoHash.V1(Sha1Hash.of(bytes))), Optional.empty());
        name = "transfer " + number;
    }

    void done(long bytes) {
        done = bytes;
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
                new TransferState.Downloading(),
                1_000_000,
                1_000_000,
                done,
                100,
                50,
                done,
                10,
                3,
                1,
                9,
                OptionalLong.of(60),
                Path.of("/downloads"),
                Visibility.LINK,
                false,
                Instant.EPOCH,
                Optional.empty());
    }

    @Override
    public CompletionStage<TransferDetails> details() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Metainfo> metainfo() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Void> change(TransferChange change) {
        return CompletableFuture.completedStage(null);
    }
}
