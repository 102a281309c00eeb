package net.shoal.discovery.tracker;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;

/** Real event loops, and names that lead where a test wants. */
final class FakeNetwork implements Network, AutoCloseable {
    final Map<String, List<InetAddress>> names = new HashMap<>();
    /** Names that lead elsewhere each time they are looked up, until the last. */
    final Map<String, Deque<List<InetAddress>>> turns = new HashMap<>();

    private final NetworkScope scope;
    private final IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    FakeNetwork(NetworkScope scope) {
        this.scope = scope;
        names.put("localhost", List.of(Samples.address("127.0.0.1"), Samples.address("::1")));
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
        if (turns.containsKey(host)) {
            var next = turns.get(host);
            return CompletableFuture.completedFuture(next.size() == 1 ? next.peek() : next.remove());
        }
        if (names.containsKey(host)) {
            return CompletableFuture.completedFuture(names.get(host));
        }
        // as the system does
        var literal = NetUtil.createInetAddressFromIpAddressString(host);
        return literal != null
                ? CompletableFuture.completedFuture(List.of(literal))
                : CompletableFuture.failedFuture(new UnknownHostException(host + " is not known"));
    }

    @Override
    public Optional<InetAddress> dialFrom(InetAddress remote) {
        return Optional.empty();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
