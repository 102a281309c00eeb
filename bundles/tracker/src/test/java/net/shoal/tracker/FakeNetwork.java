package net.shoal.tracker;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;

/** Real event loops, native where there are any; names as the system knows them, within the scope. */
final class FakeNetwork implements Network, AutoCloseable {
    private final NetworkScope scope;
    private final Optional<InetAddress> dialFrom;
    private final IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            2, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

    FakeNetwork(NetworkScope scope, Optional<InetAddress> dialFrom) {
        this.scope = scope;
        this.dialFrom = dialFrom;
    }

    @Override
    public NetworkScope scope() {
        return scope;
    }

    @Override
    public IoEventLoopGroup eventLoops() {
        return loops;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        try {
            return CompletableFuture.completedFuture(Arrays.stream(InetAddress.getAllByName(host))
                    .filter(scope::permits)
                    .toList());
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Optional<InetAddress> dialFrom(InetAddress remote) {
        return dialFrom.filter(from -> Family.of(from) == Family.of(remote));
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
