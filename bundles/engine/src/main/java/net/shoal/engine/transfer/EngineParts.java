package net.shoal.engine.transfer;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.shoal.api.net.Connector;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.api.transfer.TransferListener;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerId;
import net.shoal.engine.disk.DiskPool;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.swarm.Extensions;
import net.shoal.engine.swarm.OurDht;
import net.shoal.engine.swarm.SwarmContext;
import net.shoal.engine.wire.EventLoopLoop;
import net.shoal.engine.wire.NettyDialer;
import net.shoal.engine.wire.PooledBuffers;

/**
 * What all transfers of a node share.
 *
 * @param state folder of their state
 * @param syncing when what is downloaded is brought to the disk itself
 * @param settings as they are now
 * @param defaultStorage {@link StorageProvider#NAME} of the storage of those that ask for none
 * @param listenPort what peers can dial us at, 0 while there is nothing
 * @param random for choices, not for secrets; safe for use from any thread
 */
public record EngineParts(
        Path state,
        Network network,
        Connector connector,
        DiskPool disk,
        SyncRule syncing,
        NodeLimits limits,
        Supplier<TransferSettings> settings,
        String defaultStorage,
        IntSupplier listenPort,
        PeerId peerId,
        InstantSource clock,
        RandomGenerator random,
        Extensions extensions,
        OurDht dht,
        Whiteboard<StorageProvider> storages,
        Whiteboard<Discovery> discoveries,
        Whiteboard<ContentSource> sources,
        Whiteboard<TransferListener> listeners) {
    IoEventLoopGroup loops() {
        return network.eventLoops();
    }

    /** @throws StorageException if there is none of this name */
    StorageProvider storage(String name) throws StorageException {
        return storages.find(storage -> storage.name().equals(name)).orElseThrow(() -> CountedStorage.missing(name));
    }

    /** The world as a swarm on this loop sees it. */
    SwarmContext swarmContext(EventLoop loop, PooledBuffers buffers) {
        return new SwarmContext(
                new EventLoopLoop(loop),
                clock,
                new SplittableRandom(random.nextLong()),
                disk,
                buffers,
                new NettyDialer(connector, loop),
                peerId,
                extensions,
                dht,
                listenPort,
                limits);
    }

    /** What a transfer looks for. */
    Wanted wanted(InfoHashes hashes, TransferFacts facts, Optional<Info> info) {
        return new Wanted(
                hashes,
                facts.trackers,
                info.map(Info::isPrivate).orElse(false),
                info.isPresent(),
                facts.visibility,
                peerId,
                listenPort.getAsInt());
    }
}
