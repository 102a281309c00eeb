package net.shoal.ui.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.shoal.api.console.Logins;

/** {@code /api/v1/events}: Server-Sent Events. Each listener has a thread of the web server, so that one that is slow waits alone. */
final class EventRoutes {
    private static final long SILENCE_MILLIS = 15_000;
    /** Then it has to come again, and show that it is still signed in. */
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final byte[] BEGIN = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ALIVE = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final long LOOK_MILLIS = 1_000;
    /** So long after it was signed out a browser may still hear something. */
    private static final long SIGNED_IN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Feed feed;
    private final FeedPace pace;
    private final Logins logins;

    EventRoutes(Feed feed, FeedPace pace, Logins logins) {
        this.feed = feed;
        this.pace = pace;
        this.logins = logins;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/api/v1/events", this::stream));
    }

    private void stream(Exchange exchange) throws ApiException, IOException, InterruptedException {
        try (var listener = feed.listen(exchange.header("Last-Event-ID"))) {
            pace.wake();
            var response = exchange.response();
            response.setContentType("text/event-stream;charset=utf-8");
            var out = response.getOutputStream();
            out.write(BEGIN);
            for (var message : listener.first()) {
                out.write(message.sent().bytes());
            }
            response.flushBuffer();
            long end = System.nanoTime() + LONGEST_NANOS;
            long spoken = System.nanoTime();
            long asked = spoken;
            while (!listener.isLost() && System.nanoTime() - end < 0) {
                var message = listener.next(LOOK_MILLIS);
                boolean isSilent = System.nanoTime() - spoken > TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS);
                if (message.isPresent() || isSilent) {
                    out.write(message.map(each -> each.sent().bytes()).orElse(ALIVE));
                    response.flushBuffer();
                    spoken = System.nanoTime();
                }
                if (System.nanoTime() - asked > SIGNED_IN_NANOS) {
                    if (isSignedOut(exchange)) {
                        return;
                    }
                    asked = System.nanoTime();
                }
            }
        }
    }

    /** Programs, which send the password, are not. */
    private boolean isSignedOut(Exchange exchange) {
        return exchange.endsWithItsSession()
                && exchange.session().filter(logins::isOpen).isEmpty();
    }
}
