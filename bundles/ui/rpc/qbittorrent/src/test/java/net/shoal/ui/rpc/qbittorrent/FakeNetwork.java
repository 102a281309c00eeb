package net.shoal.ui.rpc.qbittorrent;

import io.netty.channel.IoEventLoopGroup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;

/** Knows addresses, and no names. */
final class FakeNetwork implements Network {
    @Override
    public NetworkScope scope() {
        return NetworkScope.LOOPBACK;
    }

    @Override
    public IoEventLoopGroup eventLoops() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        try {
            return host.matches("[0-9.]+")
                    ? CompletableFuture.completedStage(List.of(InetAddress.getByName(host)))
                    : CompletableFuture.failedStage(new UnknownHostException(host));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public Optional<InetAddress> dialFrom(InetAddress remote) {
        return Optional.empty();
    }
}
