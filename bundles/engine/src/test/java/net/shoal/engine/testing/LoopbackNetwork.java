package net.shoal.engine.testing;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.Connector;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.rehearsal.InwardNetwork;

/** TCP on 127.0.0.1 without secure layers, with a loop of its own. */
public final class LoopbackNetwork implements Network, Connector, AutoCloseable {
    private final IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("loopback", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final InwardNetwork network = new InwardNetwork(loops);

    public void listen(SwarmDirectory directory) {
        network.listen(directory);
    }

    public int port() {
        return network.port();
    }

    public PeerAddress address() {
        return network.address();
    }

    @Override
    public CompletionStage<SecureChannel> connect(PeerAddress address, Target target, EventLoop loop) {
        return network.connect(address, target, loop);
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
