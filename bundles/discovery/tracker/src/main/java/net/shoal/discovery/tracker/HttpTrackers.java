package net.shoal.discovery.tracker;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import net.shoal.api.net.HttpUrl;

/** Asks HTTP trackers, follows redirects as far as {@link net.shoal.api.net.Reach} lets it. */
final class HttpTrackers {
    private static final int MAX_REDIRECTS = 5;

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
        var server = url.uri();
        var asked = HttpUrl.of(URI.create(server.getScheme() + "://" + server.getRawAuthority() + target));
        return new Walk(clock.getAsLong() + timeoutMillis).get(asked, addresses, 0);
    }

    private final class Walk {
        private final long deadline;

        Walk(long deadline) {
            this.deadline = deadline;
        }

        CompletionStage<Reply> get(HttpUrl url, List<InetAddress> addresses, int redirects) {
            long left = deadline - clock.getAsLong();
            if (left <= 0) {
                return CompletableFuture.failedFuture(TrackerFailure.unreachable("did not answer in time"));
            }
            return fetch.get(url, addresses, left)
                    .thenCompose(answer -> answer.isRedirect() ? redirected(url, answer, redirects) : body(answer));
        }

        private CompletionStage<Reply> redirected(HttpUrl url, HttpFetch.Answer answer, int redirects) {
            if (redirects == MAX_REDIRECTS) {
                return CompletableFuture.failedFuture(
                        TrackerFailure.unreachable("redirects more than " + MAX_REDIRECTS + " times"));
            }
            try {
                var next = url.redirect(answer.location().orElseThrow());
                return lookup.redirected(answer.from(), next)
                        .thenCompose(addresses -> get(next, addresses, redirects + 1));
            } catch (IllegalArgumentException e) {
                return CompletableFuture.failedFuture(
                        TrackerFailure.unreachable("redirects to an address that " + e.getMessage()));
            }
        }

        private static CompletionStage<Reply> body(HttpFetch.Answer answer) {
            if (answer.status() == 200) {
                return CompletableFuture.completedFuture(new Reply(answer.from(), answer.body()));
            }
            var plain = TrackerFailure.unreachable("answered " + answer.status() + " " + answer.reason());
            return CompletableFuture.failedFuture(
                    HttpMessages.refusal(answer.body()).orElse(plain));
        }
    }
}
