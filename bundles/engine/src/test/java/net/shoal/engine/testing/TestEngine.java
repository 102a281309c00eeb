package net.shoal.engine.testing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.Visibility;
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
import net.shoal.extension.metadata.MetadataExtension;

/** A whole engine that listens on the loopback interface. */
public final class TestEngine implements AutoCloseable {
    public final LoopbackNetwork network;
    public final EngineParts parts;
    public final LocalTransferEngine engine;
    private volatile TransferSettings settings = TransferSettings.NONE;

    public TestEngine(Path state, StorageProvider storage) {
        this(state, storage, SwarmLimits.DEFAULTS);
    }

    public TestEngine(Path state, StorageProvider storage, SwarmLimits limits) {
        this(state, storage, limits, SyncRule.DEFAULT, Clock.systemUTC());
    }

    public TestEngine(Path state, StorageProvider storage, SwarmLimits limits, SyncRule syncing) {
        this(state, storage, limits, syncing, Clock.systemUTC());
    }

    public TestEngine(Path state, StorageProvider storage, SwarmLimits limits, SyncRule syncing, Clock clock) {
        this(state, storage, limits, syncing, clock, new LoopbackNetwork());
    }

    /** @param network is closed with it */
    public TestEngine(
            Path state,
            StorageProvider storage,
            SwarmLimits limits,
            SyncRule syncing,
            Clock clock,
            LoopbackNetwork network) {
        this.network = network;
        var random = new SecureRandom();
        parts = new EngineParts(
                state,
                network,
                network,
                new DiskPool(2),
                syncing,
                new NodeLimits(limits),
                () -> settings,
                storage.name(),
                network::port,
                PeerId.random("-SH0100-", random),
                clock,
                new Random(random.nextLong()),
                new Extensions(),
                new OurDht(),
                new Whiteboard<>(),
                new Whiteboard<>(),
                new Whiteboard<>(),
                new Whiteboard<>());
        parts.storages().add(storage);
        parts.extensions().add(new MetadataExtension());
        engine = new LocalTransferEngine(parts);
        engine.restore();
        network.listen(engine);
    }

    public Transfer add(AddRequest.Source source, Path where, Existing existing, PeerAddress... peers) {
        return engine.add(new AddRequest(
                source,
                ContentLocation.in(where),
                existing,
                Visibility.LINK,
                List.of(),
                false,
                List.of(peers),
                Optional.empty()));
    }

    public void set(TransferSettings now) {
        settings = now;
        engine.settingsChanged();
    }

    @Override
    public void close() {
        engine.close();
        parts.disk().close();
        network.close();
    }
}
