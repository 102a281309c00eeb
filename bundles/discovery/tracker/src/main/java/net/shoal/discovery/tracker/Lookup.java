package net.shoal.discovery.tracker;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.Network;

/** Host names to addresses that may be asked. What comes back completes on the loop, in bounded time. */
final class Lookup {
    private static final long MILLIS = 20_000;

    private final Network network;
    private final EventLoop loop;

    Lookup(Network network, EventLoop loop) {
        this.network = network;
        this.loop = loop;
    }

    TrackerReach reach() {
        return TrackerReach.of(network.scope());
    }

    /** The addresses of one family, none of them refused; never empty. */
    CompletionStage<List<InetAddress>> given(TrackerUrl url, Family family) {
        return resolve(url.host()).thenCompose(all -> {
            var mine = all.stream().filter(each -> Family.of(each) == family).toList();
            return mine.isEmpty()
                    ? CompletableFuture.failedFuture(TrackerFailure.noAddress(family))
                    : permitted(mine, address -> reach().refusal(url, address));
        });
    }

    /** Where a tracker at {@code from} sends us on to, over the same family. */
    CompletionStage<List<InetAddress>> redirected(InetAddress from, HttpUrl to) {
        return resolve(to.host())
                .thenCompose(all -> permitted(
                        all.stream()
                                .filter(each -> Family.of(each) == Family.of(from))
                                .toList(),
                        address -> reach().reach().redirectRefusal(from, address)));
    }

    private static CompletionStage<List<InetAddress>> permitted(
            List<InetAddress> addresses, Function<InetAddress, Optional<String>> refusal) {
        var permitted =
                addresses.stream().filter(each -> refusal.apply(each).isEmpty()).toList();
        if (!permitted.isEmpty()) {
            return CompletableFuture.completedFuture(permitted);
        }
        var why = addresses.stream()
                .flatMap(each -> refusal.apply(each).stream())
                .findFirst()
                .orElse("it redirects to a host that has no address of this family");
        return CompletableFuture.failedFuture(TrackerFailure.unreachable(why));
    }

    private CompletionStage<List<InetAddress>> resolve(String host) {
        var result = new CompletableFuture<List<InetAddress>>();
        var deadline = loop.schedule(
                () -> result.completeExceptionally(
                        TrackerFailure.unreachable("its host name could not be looked up in time")),
                MILLIS,
                TimeUnit.MILLISECONDS);
        network.resolve(host)
                .whenCompleteAsync(
                        (addresses, problem) -> {
                            deadline.cancel(false);
                            if (problem == null) {
                                result.complete(addresses);
                            } else {
                                result.completeExceptionally(TrackerFailure.of(problem));
                            }
                        },
                        loop);
        return result;
    }
}
