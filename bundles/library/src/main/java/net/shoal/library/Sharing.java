package net.shoal.library;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.library.ShareRequest;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.FileWalk;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.MagnetLink.HostPort;
import net.shoal.base.metainfo.Metainfo;
import org.jspecify.annotations.Nullable;

/** From a path to a link: metainfo, transfer, and the wait until it is served. */
final class Sharing {
    private final TransferEngine engine;
    private final Outcomes outcomes;
    private final Supplier<List<URI>> servedTrackers;
    private final Supplier<List<HostPort>> addresses;
    private final HashThreads threads;

    Sharing(
            TransferEngine engine,
            Outcomes outcomes,
            Supplier<List<URI>> servedTrackers,
            Supplier<List<HostPort>> addresses,
            HashThreads threads) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.servedTrackers = servedTrackers;
        this.addresses = addresses;
        this.threads = threads;
    }

    /** Cancelling the future of the stage ends the hashing; what is served already stays. */
    CompletionStage<Share> share(ShareRequest request, ShareLibrary.HashProgress progress) {
        var share = new CompletableFuture<Share>();
        var job = threads.shares().submit(() -> {
            try {
                var prepared = prepare(request, progress);
                serve(prepared).whenComplete((served, failure) -> {
                    if (failure == null) {
                        share.complete(served);
                    } else {
                        share.completeExceptionally(cause(failure));
                    }
                });
            } catch (IOException | InterruptedException | RuntimeException e) {
                share.completeExceptionally(e);
            }
        });
        share.whenComplete((done, failure) -> {
            if (share.isCancelled()) {
                job.cancel(true);
            }
        });
        return share;
    }

    private Prepared prepare(ShareRequest request, ShareLibrary.HashProgress progress)
            throws IOException, InterruptedException {
        var path = request.path().toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no file or folder " + path);
        }
        if (request.existing().isPresent()) {
            var metainfo = withTrackers(request.existing().get());
            return new Prepared(
                    metainfo, Prepared.locate(metainfo.info(), path), Existing.MUST_VERIFY, request.visibility());
        }
        var location = ContentLocation.at(path);
        var source = FileWalk.list(path);
        var metainfo = threads.creator().create(source, withTrackers(request.options()), progress::on);
        return new Prepared(metainfo, location, Existing.TRUSTED, request.visibility());
    }

    private CompletionStage<Share> serve(Prepared prepared) {
        var before = engine.find(prepared.metainfo().info().hashes().hex());
        if (before.isPresent()) {
            return serveAgain(before.get(), prepared);
        }
        var transfer = engine.add(prepared.request());
        return outcomes.first(transfer, Sharing::isDecided)
                .thenComposeAsync(state -> served(transfer, prepared, state, true), threads.finishing());
    }

    /** The same content is served already, or was: paused, or failed since it is not where it was. Here it is whole, so it is served from here. */
    private CompletionStage<Share> serveAgain(Transfer transfer, Prepared prepared) {
        var status = transfer.status();
        if (status.state() instanceof TransferState.Failed) {
            return engine.remove(transfer, false).thenComposeAsync(gone -> serve(prepared), threads.finishing());
        }
        engine.add(prepared.request()); // trackers that are new
        var running = status.state() instanceof TransferState.Paused
                ? transfer.change(new TransferChange.Resume())
                : CompletableFuture.<Void>completedFuture(null);
        return running.thenCompose(resumed -> outcomes.first(transfer, Sharing::isSettled))
                .thenComposeAsync(state -> served(transfer, prepared, state, false), threads.finishing());
    }

    private CompletionStage<Share> served(Transfer transfer, Prepared prepared, TransferState state, boolean isNew) {
        if (state instanceof TransferState.Seeding) {
            var link = MagnetLink.of(prepared.metainfo(), addresses.get());
            return CompletableFuture.completedFuture(new Share(transfer, prepared.metainfo(), link));
        }
        if (state instanceof TransferState.Failed failed && isNew) {
            return transfer.details()
                    .handle((details, trouble) -> failure(prepared, failed, details))
                    .thenCompose(failure -> engine.remove(transfer, false).handle((gone, trouble) -> failure))
                    .thenCompose(CompletableFuture::failedStage);
        }
        return CompletableFuture.failedStage(new IllegalArgumentException("this content is a transfer already ("
                + state.word() + ", at " + transfer.status().path() + "); share it when it is complete"));
    }

    private static Exception failure(
            Prepared prepared, TransferState.Failed failed, @Nullable TransferDetails details) {
        var differences =
                details == null || prepared.existing() == Existing.TRUSTED ? "" : Differences.of(details.files());
        return differences.isEmpty()
                ? new IOException(failed.reason())
                : new IllegalArgumentException(prepared.root() + " is not what the torrent describes: " + differences);
    }

    /** A new share is checked, and then either served or refused. */
    private static boolean isDecided(TransferState state) {
        return state instanceof TransferState.Seeding || state instanceof TransferState.Failed;
    }

    private static boolean isSettled(TransferState state) {
        return !(state instanceof TransferState.Checking);
    }

    private CreateOptions withTrackers(CreateOptions options) {
        return !options.trackers().isEmpty()
                ? options
                : new CreateOptions(
                        options.format(),
                        options.pieceLength(),
                        options.title(),
                        options.comment(),
                        options.source(),
                        options.isPrivate(),
                        servedTier(),
                        options.webSeeds());
    }

    private Metainfo withTrackers(Metainfo metainfo) {
        return !metainfo.trackers().isEmpty()
                ? metainfo
                : new Metainfo(
                        metainfo.info(),
                        servedTier(),
                        metainfo.webSeeds(),
                        metainfo.pieceLayers(),
                        metainfo.comment(),
                        metainfo.createdBy(),
                        metainfo.created());
    }

    /** One tracker under several URLs: one tier (BEP 12). */
    private List<List<URI>> servedTier() {
        var urls = servedTrackers.get();
        return urls.isEmpty() ? List.of() : List.of(urls);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
