package net.shoal.discovery.tracker;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import net.shoal.base.model.Sha1Hash;

/** One tracker of one transfer, and the {@link Route}s to it: each infohash over each address family. */
final class PlannedTracker {
    /** How it stands with a tracker. */
    enum Health {
        NOT_ASKED,
        WORKING,
        FAILING
    }

    final TrackerUrl url;
    final List<Route> routes;

    PlannedTracker(TrackerUrl url, List<Sha1Hash> hashes) {
        this.url = url;
        this.routes = hashes.stream()
                .flatMap(hash -> Arrays.stream(Family.values()).map(family -> new Route(hash, family)))
                .toList();
    }

    /** It works if one route does: many hosts have IPv6 addresses that lead nowhere, and many trackers know v1 only. */
    Health health() {
        if (has(Route.Last.REPLIED)) {
            return Health.WORKING;
        }
        return has(Route.Last.NOTHING) ? Health.NOT_ASKED : Health.FAILING;
    }

    private boolean has(Route.Last last) {
        return routes.stream().anyMatch(route -> route.last() == last);
    }

    boolean isBeingTried(long now, long patience) {
        return routes.stream().anyMatch(route -> route.isFirstAttempt(now, patience));
    }

    int peersNamed() {
        return routes.stream()
                .map(Route::peersNamed)
                .flatMapToInt(OptionalInt::stream)
                .max()
                .orElse(0);
    }

    TrackerView view(long now) {
        long next = routes.stream()
                .filter(route -> route.last() != Route.Last.NO_ADDRESS)
                .mapToLong(Route::next)
                .min()
                .orElse(now);
        boolean isAsking = routes.stream().anyMatch(Route::isInFlight);
        return new TrackerView(url.shown(), url.authority(), health(), message(), isAsking, next);
    }

    private String message() {
        return switch (health()) {
            case NOT_ASKED -> "not asked yet";
            case WORKING -> working();
            case FAILING -> "failed: " + failure();
        };
    }

    private String working() {
        var text = new StringBuilder("works");
        count(AnnounceReply::seeds).ifPresent(seeds -> text.append(", ").append(counted(seeds, "seed")));
        count(AnnounceReply::leechers).ifPresent(leechers -> text.append(", ").append(counted(leechers, "leecher")));
        text.append(", named ").append(counted(peersNamed(), "peer"));
        replies().flatMap(reply -> reply.warning().stream()).findFirst().ifPresent(warning -> text.append(
                        "; it warns: ")
                .append(warning));
        return text.toString();
    }

    private String failure() {
        return routes.stream()
                .filter(route -> route.last() == Route.Last.FAILED)
                .min(Comparator.comparing(route -> route.family))
                .map(Route::reason)
                .orElse("has no address that can be asked from here");
    }

    private OptionalInt count(Function<AnnounceReply, OptionalInt> what) {
        return replies().map(what).flatMapToInt(OptionalInt::stream).max();
    }

    private Stream<AnnounceReply> replies() {
        return routes.stream().flatMap(route -> route.reply().stream());
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
