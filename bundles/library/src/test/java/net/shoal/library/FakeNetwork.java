package net.shoal.library;

import io.netty.channel.IoEventLoopGroup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;

/** Looks literals up, and gives those the scope permits. */
record FakeNetwork(NetworkScope scope) implements Network {
    @Override
    public IoEventLoopGroup eventLoops() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        try {
            var permitted = Arrays.stream(InetAddress.getAllByName(host))
                    .filter(scope::permits)
                    .toList();
            return permitted.isEmpty()
                    ? CompletableFuture.failedFuture(new UnknownHostException(host + " is beyond the network scope"))
                    : CompletableFuture.completedFuture(permitted);
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Optional<InetAddress> dialFrom(InetAddress remote) {
        return Optional.empty();
    }
}
