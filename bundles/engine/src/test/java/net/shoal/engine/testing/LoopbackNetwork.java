package net.shoal.engine.testing;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.Connector;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.rehearsal.InwardNetwork;

/** TCP on 127.0.0.1 without secure layers, with a loop of its own. */
public final class LoopbackNetwork implements Network, Connector, AutoCloseable {
    private final IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("loopback", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final InwardNetwork network = new InwardNetwork(loops);
    private final Optional<NthFault> fault;
    private final FaultyAllocator memory;

    public LoopbackNetwork() {
        this(Optional.empty());
    }

    /** @param fault one of its connections, or a piece of their memory, fails */
    public LoopbackNetwork(Optional<NthFault> fault) {
        this.fault = fault;
        memory = new FaultyAllocator(fault.orElseGet(NthFault::new));
    }

    /** Bytes of the memory of connections that are in use. */
    public long held() {
        return memory.held();
    }

    private SecureChannel counted(SecureChannel secure) {
        if (fault.isPresent()) {
            secure.channel().config().setAllocator(memory);
        }
        return secure;
    }

    public void listen(SwarmDirectory directory) {
        network.listen(new SwarmDirectory() {
            @Override
            public Collection<Sha1Hash> infoHashes() {
                return directory.infoHashes();
            }

            @Override
            public boolean accept(SecureChannel channel, Handshake handshake) {
                return directory.accept(counted(channel), handshake);
            }
        });
    }

    public int port() {
        return network.port();
    }

    public PeerAddress address() {
        return network.address();
    }

    @Override
    public CompletionStage<SecureChannel> connect(PeerAddress address, Target target, EventLoop loop) {
        return fault.filter(one -> one.isNext("a dial")).isPresent()
                ? CompletableFuture.failedFuture(new IOException("injected"))
                : network.connect(address, target, loop).thenApply(this::counted);
    }

    @Override
    public NetworkScope scope() {
        return network.scope();
    }

    @Override
    public IoEventLoopGroup eventLoops() {
        return loops;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        return network.resolve(host);
    }

    @Override
    public Optional<InetAddress> dialFrom(InetAddress remote) {
        return network.dialFrom(remote);
    }

    @Override
    public void close() {
        network.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
