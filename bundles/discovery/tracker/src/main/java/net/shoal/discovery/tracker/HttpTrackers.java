package net.shoal.discovery.tracker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Asks HTTP trackers: goes through their addresses, follows redirects as far as {@link Reach} lets it. */
final class HttpTrackers {
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_ADDRESSES = 3;

    private final HttpFetch fetch;
    private final Lookup lookup;
    private final LongSupplier clock;

    HttpTrackers(HttpFetch fetch, Lookup lookup, LongSupplier clock) {
        this.fetch = fetch;
        this.lookup = lookup;
        this.clock = clock;
    }

    /** A body, and who sent it. */
    record Reply(InetAddress from, ByteBuffer body) {}

    /**
     * The body of a 200.
     *
     * @param addresses of the host of {@code url}, all of one family
     * @param timeoutMillis for all of it
     */
    CompletionStage<Reply> get(TrackerUrl url, String target, List<InetAddress> addresses, long timeoutMillis) {
        return new Walk(clock.getAsLong() + timeoutMillis).get(url, target, addresses, 0);
    }

    private final class Walk {
        private final long deadline;

        Walk(long deadline) {
            this.deadline = deadline;
        }

        CompletionStage<Reply> get(TrackerUrl url, String target, List<InetAddress> addresses, int redirects) {
            return dial(url, target, addresses, 0).thenCompose(reached -> {
                var answer = reached.answer;
                return answer.isRedirect()
                        ? redirected(url, target, reached, redirects)
                        : body(reached.address, answer);
            });
        }

        private CompletionStage<Reached> dial(TrackerUrl url, String target, List<InetAddress> addresses, int index) {
            long left = deadline - clock.getAsLong();
            if (left <= 0) {
                return CompletableFuture.failedFuture(TrackerFailure.unreachable("did not answer in time"));
            }
            var address = addresses.get(index);
            return fetch.get(url, target, new InetSocketAddress(address, url.port()), left)
                    .thenApply(answer -> new Reached(address, answer))
                    .exceptionallyCompose(problem -> {
                        var cause = problem instanceof CompletionException ? problem.getCause() : problem;
                        boolean isLast = index + 1 >= Math.min(addresses.size(), MAX_ADDRESSES);
                        return cause instanceof HttpFetch.ConnectFailure && !isLast
                                ? dial(url, target, addresses, index + 1)
                                : CompletableFuture.failedFuture(TrackerFailure.of(problem));
                    });
        }

        private CompletionStage<Reply> redirected(TrackerUrl url, String target, Reached reached, int redirects) {
            if (redirects == MAX_REDIRECTS) {
                return CompletableFuture.failedFuture(
                        TrackerFailure.unreachable("redirects more than " + MAX_REDIRECTS + " times"));
            }
            try {
                var next = next(url, target, reached.answer.location().orElseThrow());
                return lookup.redirected(reached.address, next)
                        .thenCompose(addresses -> get(next, next.pathAndQuery(), addresses, redirects + 1));
            } catch (IllegalArgumentException e) {
                return CompletableFuture.failedFuture(
                        TrackerFailure.unreachable("redirects to an address that " + e.getMessage()));
            }
        }

        private static TrackerUrl next(TrackerUrl url, String target, String location) {
            if (location.length() > TrackerUrl.MAX_LENGTH) {
                throw new IllegalArgumentException("is longer than " + TrackerUrl.MAX_LENGTH + " characters");
            }
            var next = TrackerUrl.of(url.uri().resolve(target).resolve(URI.create(location)));
            if (next.scheme() == TrackerUrl.Scheme.UDP) {
                throw new IllegalArgumentException("is no http or https address");
            }
            if (url.scheme() == TrackerUrl.Scheme.HTTPS && next.scheme() != TrackerUrl.Scheme.HTTPS) {
                throw new IllegalArgumentException("leaves https");
            }
            return next;
        }

        private static CompletionStage<Reply> body(InetAddress from, HttpFetch.Answer answer) {
            if (answer.status() == 200) {
                return CompletableFuture.completedFuture(new Reply(from, answer.body()));
            }
            var plain = TrackerFailure.unreachable("answered " + answer.status() + " " + answer.reason());
            return CompletableFuture.failedFuture(
                    HttpMessages.refusal(answer.body()).orElse(plain));
        }
    }

    private record Reached(InetAddress address, HttpFetch.Answer answer) {}
}
