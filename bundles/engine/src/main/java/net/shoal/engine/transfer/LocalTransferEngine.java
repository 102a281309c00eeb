package net.shoal.engine.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.shoal.api.net.EventLoopTasks;
import net.shoal.api.net.NetworkListener;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.ContentReader;
import net.shoal.api.transfer.ContentReading;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.wire.InboundPeers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transfers of this node: a table that any thread may look at, over transfers that each live on a loop. */
public final class LocalTransferEngine
        implements TransferEngine, ContentReading, SwarmDirectory, NetworkListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTransferEngine.class);
    private static final int STOP_SECONDS = 4;

    /** How late limits of the night may begin to hold. */
    private static final int KEEP_TIME_SECONDS = 5;

    private final EngineParts parts;
    private final NodeWork work;
    private final LastRun lastRun;
    private volatile @Nullable Future<?> timekeeping;
    /** In the order they were added; guarded by itself for changes. */
    private final List<LiveTransfer> transfers = new CopyOnWriteArrayList<>();

    private final Map<LiveTransfer, Boolean> removing = new ConcurrentHashMap<>();

    public LocalTransferEngine(EngineParts parts) {
        this.parts = parts;
        this.work = new NodeWork(parts);
        this.lastRun = new LastRun(parts.state());
        parts.discoveries()
                .follow(
                        discovery -> toAll(transfer -> transfer.onDiscovery(discovery, true)),
                        discovery -> andDone(transfer -> transfer.onDiscovery(discovery, false)));
        parts.sources().follow(source -> {}, source -> andDone(transfer -> transfer.onSourceGone(source)));
        parts.storages()
                .follow(
                        storage -> toAll(LiveTransfer::onStorage),
                        storage -> toAll(transfer -> transfer.onStorageGone(storage.name())));
    }

    private void keepTime() {
        work.buffers.tidy();
        if (parts.limits().keepTime(now())) {
            limitsChanged();
        }
    }

    /** By the clock on the wall, in whatever zone that hangs now. */
    private LocalDateTime now() {
        return LocalDateTime.ofInstant(parts.clock().instant(), ZoneId.systemDefault());
    }

    private void toAll(Consumer<LiveTransfer> call) {
        transfers.forEach(transfer -> transfer.post(() -> call.accept(transfer)));
    }

    /** As {@link #toAll}, and waits for it: whoever goes is not used any more when this returns. */
    private void andDone(Consumer<LiveTransfer> call) {
        toAll(call);
        EventLoopTasks.await(parts.loops(), TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }

    /** An extension came. */
    public void extensionCame() {
        toAll(LiveTransfer::onExtensions);
    }

    /** An extension went. */
    public void extensionWent() {
        andDone(LiveTransfer::onExtensions);
    }

    /** Limits of the node are others now. */
    public void limitsChanged() {
        parts.limits().keepTime(now());
        toAll(LiveTransfer::onLimits);
    }

    /** The node's settings are others now. */
    public void settingsChanged() {
        work.queue.limitsChanged();
    }

    @Override
    public void networkChanged() {
        toAll(LiveTransfer::onNetwork);
    }

    /** Peers are to be told of another port. */
    public void listenPortChanged() {
        toAll(LiveTransfer::onListenPort);
    }

    /** Begins, once: loads the transfers of the last run. Blocks. What cannot be loaded is named in the log and left where it is. */
    public void restore() {
        for (var saved : lastRun.load()) {
            transfers.add(new LiveTransfer(
                    parts, work, saved.folder(), saved.facts(), saved.resume().pieces(), saved.metainfo(), false));
        }
        timekeeping = parts.loops().next().scheduleAtFixedRate(this::keepTime, 0, KEEP_TIME_SECONDS, TimeUnit.SECONDS);
        // not before all are there: until then it is not known whose turn it is
        transfers.forEach(transfer -> transfer.post(transfer::start));
    }

    /** Transfers of the last run that could not be loaded: why, by infohash. */
    public Map<String, String> leftOut() {
        return lastRun.leftOut();
    }

    /** Sentences about transfers whose state cannot be saved just now. */
    public List<String> unsaved() {
        return transfers.stream()
                .flatMap(transfer -> transfer.unsaved().stream())
                .toList();
    }

    @Override
    public Transfer add(AddRequest request) {
        var content = AddedContent.of(request);
        content.metainfo()
                .ifPresent(metainfo -> Selection.of(metainfo.info(), request.only(), content.indices(), Map.of()));
        request.storage().ifPresent(this::checkStorage);
        lastRun.checkFree(content.hashes());
        LiveTransfer transfer;
        synchronized (transfers) {
            var before = find(content.hashes());
            if (before.isPresent()) {
                var there = before.get();
                there.post(
                        () -> there.merge(content.metainfo(), content.trackers(), content.webSeeds(), request.peers()));
                resolve(content.peers(), there);
                return there;
            }
            transfer = new LiveTransfer(
                    parts,
                    work,
                    new TransferFolder(parts.state().resolve(content.hashes().hex())),
                    content.facts(request, parts.defaultStorage(), parts.clock().instant()),
                    SavedPieces.NONE,
                    content.metainfo(),
                    true);
            transfers.add(transfer);
        }
        transfer.post(() -> transfer.startAnew(request.peers()));
        resolve(content.peers(), transfer);
        parts.listeners().forEach(listener -> listener.on(new TransferEvent.Added(transfer)));
        return transfer;
    }

    @Override
    public CompletionStage<ContentReader> open(Transfer transfer, int file) {
        return transfers.stream()
                .filter(there -> there == transfer)
                .findFirst()
                .map(there -> there.open(file))
                .orElseGet(() -> CompletableFuture.failedStage(
                        new IllegalArgumentException("there is no such transfer (any more)")));
    }

    private void checkStorage(String name) {
        if (parts.storages().find(storage -> storage.name().equals(name)).isEmpty()) {
            var names =
                    parts.storages().now().stream().map(StorageProvider::name).toList();
            throw new IllegalArgumentException(
                    "there is no storage named " + name + "; there is " + String.join(", ", names));
        }
    }

    /** Peers that a link names (x.pe) are looked up within the network scope. */
    private void resolve(List<MagnetLink.HostPort> peers, LiveTransfer transfer) {
        for (var peer : peers) {
            parts.network().resolve(peer.host()).whenComplete((addresses, failure) -> {
                if (addresses != null) {
                    var found = addresses.stream()
                            .map(address -> PeerAddress.ip(address, peer.port()))
                            .toList();
                    transfer.post(() -> transfer.merge(Optional.empty(), List.of(), List.of(), found));
                } else {
                    LOG.debug("{} is not dialled: {}", peer, String.valueOf(failure));
                }
            });
        }
    }

    private Optional<LiveTransfer> find(InfoHashes hashes) {
        return transfers.stream()
                .filter(transfer -> transfer.hashes().overlaps(hashes))
                .findFirst();
    }

    @Override
    public Optional<Transfer> find(String infoHashHex) {
        var hex = infoHashHex.toLowerCase(Locale.ROOT);
        return transfers.stream()
                .filter(transfer -> isNamed(transfer.hashes(), hex))
                .<Transfer>map(transfer -> transfer)
                .findFirst();
    }

    private static boolean isNamed(InfoHashes hashes, String hex) {
        return hashes.v1().filter(v1 -> v1.hex().equals(hex)).isPresent()
                || hashes.v2()
                        .filter(v2 -> v2.hex().equals(hex) || v2.wire().hex().equals(hex))
                        .isPresent();
    }

    @Override
    public List<Transfer> list() {
        return List.copyOf(transfers);
    }

    @Override
    public CompletionStage<Void> remove(Transfer transfer, boolean deleteData) {
        if (!(transfer instanceof LiveTransfer live)
                || !transfers.contains(live)
                || removing.putIfAbsent(live, true) != null) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("there is no such transfer; it was removed before"));
        }
        return live.stop(true)
                .thenRun(() -> {
                    transfers.remove(live);
                    removing.remove(live);
                })
                .thenCompose(closed -> deleteData ? delete(live) : CompletableFuture.<Void>completedFuture(null))
                .thenRun(() -> parts.listeners().forEach(listener -> listener.on(new TransferEvent.Removed(live))));
    }

    private CompletionStage<Void> delete(LiveTransfer transfer) {
        var facts = transfer.facts();
        var metainfo = transfer.known();
        if (facts.existing != AddRequest.Existing.KEEP_VERIFIED || metainfo.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var name = facts.storage.orElse(parts.defaultStorage());
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        var storage = parts.storage(name);
                        storage.delete(metainfo.get().info(), facts.location);
                        for (var place : facts.leaving) {
                            storage.delete(metainfo.get().info(), place);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                },
                parts.disk());
    }

    // ---- inbound peers

    @Override
    public Collection<Sha1Hash> infoHashes() {
        return transfers.stream()
                .filter(transfer -> transfer.reachable().isPresent())
                .flatMap(transfer -> transfer.hashes().wireForms().stream())
                .toList();
    }

    @Override
    public boolean accept(SecureChannel channel, Handshake handshake) {
        for (var transfer : transfers) {
            var swarm = transfer.reachable();
            if (swarm.isPresent() && transfer.hashes().wireForms().contains(handshake.infoHash())) {
                InboundPeers.hand(channel, handshake, transfer.loop(), swarm.get());
                return true;
            }
        }
        return false;
    }

    /** Saves everything, closes all connections and files. */
    @Override
    public void close() {
        work.queue.close();
        var clockwork = timekeeping;
        if (clockwork != null) {
            clockwork.cancel(false);
        }
        var all = transfers.stream()
                .map(transfer -> transfer.stop(false).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Some transfers did not stop in time: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        work.close();
    }
}
