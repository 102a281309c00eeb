package net.shoal.engine.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.node.StateFile;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferState.Paused.Why;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.wire.InboundPeers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transfers of this node: a table that any thread may look at, over transfers that each live on a loop. */
public final class LocalTransferEngine implements TransferEngine, SwarmDirectory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTransferEngine.class);
    private static final int STOP_SECONDS = 4;

    private final EngineParts parts;
    /** In the order they were added; guarded by itself for changes. */
    private final List<LiveTransfer> transfers = new CopyOnWriteArrayList<>();

    private final Map<LiveTransfer, Boolean> removing = new ConcurrentHashMap<>();

    public LocalTransferEngine(EngineParts parts) {
        this.parts = parts;
        parts.discoveries()
                .follow(
                        discovery -> toAll(transfer -> transfer.onDiscovery(discovery, true)),
                        discovery -> toAll(transfer -> transfer.onDiscovery(discovery, false)));
        parts.storages()
                .follow(
                        storage -> toAll(LiveTransfer::onStorage),
                        storage -> toAll(transfer -> transfer.onStorageGone(storage.name())));
    }

    private void toAll(Consumer<LiveTransfer> call) {
        transfers.forEach(transfer -> transfer.post(() -> call.accept(transfer)));
    }

    /** Extensions came or went. */
    public void extensionsChanged() {
        toAll(LiveTransfer::onExtensions);
    }

    /** Peers are to be told of another port. */
    public void listenPortChanged() {
        toAll(LiveTransfer::onListenPort);
    }

    /** Loads the transfers of the last run. Blocks. What cannot be loaded is named in the log and left where it is. */
    public void restore() {
        var folders = new ArrayList<Path>();
        try {
            StateFile.makeFolder(parts.state());
            try (var all = Files.newDirectoryStream(parts.state(), Files::isDirectory)) {
                all.forEach(folders::add);
            }
        } catch (IOException e) {
            LOG.error("The transfers of the last run cannot be loaded: {}", e.toString());
        }
        folders.parallelStream()
                .map(this::restore)
                .flatMap(Optional::stream)
                .sorted((a, b) -> a.facts().added.compareTo(b.facts().added))
                .forEachOrdered(transfer -> {
                    transfers.add(transfer);
                    transfer.post(transfer::start);
                });
    }

    private Optional<LiveTransfer> restore(Path path) {
        var folder = new TransferFolder(path);
        if (!folder.isKnown()) {
            return Optional.empty();
        }
        try {
            var resume = folder.load();
            return Optional.of(new LiveTransfer(parts, folder, resume.facts(), resume.pieces(), folder.loadMetainfo()));
        } catch (IOException e) {
            LOG.warn("A transfer of the last run is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Transfer add(AddRequest request) {
        var source = Source.of(request);
        source.metainfo()
                .ifPresent(metainfo -> Selection.of(metainfo.info(), request.only(), source.indices(), Map.of()));
        request.storage().ifPresent(this::checkStorage);
        LiveTransfer transfer;
        synchronized (transfers) {
            var before = find(source.hashes());
            if (before.isPresent()) {
                var there = before.get();
                there.post(() -> there.merge(source.metainfo(), source.trackers(), source.webSeeds(), request.peers()));
                resolve(source.peers(), there);
                return there;
            }
            var folder =
                    new TransferFolder(parts.state().resolve(source.hashes().hex()));
            transfer = new LiveTransfer(parts, folder, facts(request, source), SavedPieces.NONE, source.metainfo());
            transfers.add(transfer);
        }
        transfer.post(() -> transfer.startAnew(request.peers()));
        resolve(source.peers(), transfer);
        parts.listeners().forEach(listener -> listener.on(new TransferEvent.Added(transfer)));
        return transfer;
    }

    private void checkStorage(String name) {
        if (parts.storages().find(storage -> storage.name().equals(name)).isEmpty()) {
            var names =
                    parts.storages().now().stream().map(StorageProvider::name).toList();
            throw new IllegalArgumentException(
                    "there is no storage named " + name + "; there is " + String.join(", ", names));
        }
    }

    /** What a request names, in one form. */
    private record Source(
            InfoHashes hashes,
            String name,
            Optional<Metainfo> metainfo,
            List<List<URI>> trackers,
            List<URI> webSeeds,
            List<MagnetLink.HostPort> peers,
            List<Integer> indices) {
        static Source of(AddRequest request) {
            if (request.source() instanceof AddRequest.Source.Torrent torrent) {
                var metainfo = torrent.metainfo();
                return new Source(
                        metainfo.info().hashes(),
                        metainfo.info().name(),
                        Optional.of(metainfo),
                        metainfo.trackers(),
                        metainfo.webSeeds(),
                        List.of(),
                        List.of());
            }
            var link = ((AddRequest.Source.Magnet) request.source()).link();
            // each of its trackers is a tier: the link does not tell which belong together
            return new Source(
                    link.hashes(),
                    link.name().orElse(link.hashes().hex()),
                    Optional.empty(),
                    link.trackers().stream().map(List::of).toList(),
                    link.webSeeds(),
                    link.peers(),
                    link.selectOnly());
        }
    }

    private TransferFacts facts(AddRequest request, Source source) {
        var facts = new TransferFacts(source.hashes(), request.location());
        facts.name = source.name();
        facts.existing = request.existing();
        facts.visibility = request.visibility();
        facts.only = request.only();
        facts.indices = source.indices();
        facts.sequential = request.sequential();
        facts.storage = request.storage();
        facts.trackers = source.trackers();
        facts.webSeeds = TransferChanges.webSeeds(List.of(), source.webSeeds());
        facts.paused = request.paused() ? Optional.of(Why.USER) : Optional.empty();
        facts.added = parts.clock().instant();
        return facts;
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
                () -> parts.storages()
                        .find(storage -> storage.name().equals(name))
                        .ifPresent(storage -> {
                            try {
                                storage.delete(metainfo.get().info(), facts.location);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e.getMessage(), e);
                            }
                        }),
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
    }
}
