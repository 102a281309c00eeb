package net.shoal.engine.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.FileWalk;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoCreator;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.engine.disk.DiskPool;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.limits.SwarmLimits;
import net.shoal.engine.swarm.Extensions;
import net.shoal.engine.swarm.OurDht;
import net.shoal.engine.transfer.EngineParts;
import net.shoal.engine.transfer.LocalTransferEngine;
import net.shoal.engine.transfer.SyncRule;
import net.shoal.engine.transfer.TransferSettings;
import net.shoal.engine.transfer.Whiteboard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One rehearsal, with the threads, the storage and the loops of the node. Whatever goes wrong only ends it. */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    /**
     * Bytes. What most of the code runs often enough with to be compiled: with 4 MiB the first MiB of a real download came after 0.05 s
     * instead of 0.28 s, and more than that gained nothing.
     */
    private static final int SIZE = 4 << 20;

    private static final int PIECE = 1 << 18;
    private static final long MOST_SECONDS = 3;

    private final Path folder;
    private final Network network;
    private final DiskPool disk;
    private final StorageProvider storage;

    /** @param folder whose content is replaced, and removed in the end */
    public Rehearsal(Path folder, Network network, DiskPool disk, StorageProvider storage) {
        this.folder = folder;
        this.network = network;
        this.disk = disk;
        this.storage = storage;
    }

    /**
     * Takes a few tenths of a second, and not longer than a few seconds.
     *
     * @return true if all went as it should
     */
    public boolean perform() throws InterruptedException {
        long began = System.nanoTime();
        try {
            clean();
            move();
            LOG.debug("Rehearsed in {} ms", (System.nanoTime() - began) / 1_000_000);
            return true;
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("The rehearsal failed", e);
            return false;
        } finally {
            cleanQuietly();
        }
    }

    private void move() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var content = Files.createDirectories(folder.resolve("from")).resolve("content");
        var bytes = new byte[SIZE];
        new Random().nextBytes(bytes);
        Files.write(content, bytes);
        var options = new CreateOptions(
                CreateOptions.Format.V1,
                OptionalInt.of(PIECE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                List.of());
        var metainfo =
                new MetainfoCreator(disk, disk.size()).create(FileWalk.list(content), options, (hashed, total) -> {});
        try (var seeder = new Actor("seeder");
                var leecher = new Actor("leecher")) {
            seeder.add(metainfo, folder.resolve("from"), Existing.TRUSTED);
            leecher.add(metainfo, folder.resolve("to"), Existing.KEEP_VERIFIED, seeder.net.address());
            leecher.completed.get(MOST_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void cleanQuietly() {
        try {
            clean();
        } catch (IOException e) {
            LOG.debug("What the rehearsal left in {} stays", folder, e);
        }
    }

    private void clean() throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** An engine for a moment. */
    private final class Actor implements AutoCloseable {
        private final InwardNetwork net = new InwardNetwork(network.eventLoops());
        private final CompletableFuture<Void> completed = new CompletableFuture<>();
        private final LocalTransferEngine engine;

        Actor(String role) {
            var random = new Random();
            var parts = new EngineParts(
                    folder.resolve(role),
                    net,
                    net,
                    disk,
                    SyncRule.DEFAULT,
                    new NodeLimits(SwarmLimits.DEFAULTS),
                    () -> TransferSettings.NONE,
                    storage.name(),
                    net::port,
                    PeerId.random("-SH0000-", random),
                    Clock.systemUTC(),
                    random,
                    new Extensions(),
                    new OurDht(),
                    new Whiteboard<>(),
                    new Whiteboard<>(),
                    new Whiteboard<>(),
                    new Whiteboard<>());
            parts.storages().add(storage);
            parts.listeners().add(event -> {
                if (event instanceof TransferEvent.Completed) {
                    completed.complete(null);
                }
            });
            engine = new LocalTransferEngine(parts);
            engine.restore();
            net.listen(engine);
        }

        void add(Metainfo metainfo, Path where, Existing existing, PeerAddress... peers) {
            engine.add(new AddRequest(
                    new AddRequest.Source.Torrent(metainfo),
                    ContentLocation.in(where),
                    existing,
                    Visibility.LINK,
                    List.of(),
                    false,
                    List.of(peers),
                    Optional.empty()));
        }

        @Override
        public void close() {
            engine.close();
            net.close();
        }
    }
}
