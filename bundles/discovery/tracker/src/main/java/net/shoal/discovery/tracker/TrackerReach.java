package net.shoal.discovery.tracker;

import java.net.InetAddress;
import java.util.Optional;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.Reach;
import net.shoal.api.net.Reach.Distance;

/**
 * Where a tracker URL may lead, beside what {@link Reach} says of every URL:
 *
 * <ul>
 *   <li>scope {@code internet}, loopback: only where the URL itself says so, by {@code localhost} or an address, and then only to a path a
 *       tracker has. A name that merely resolves there is refused;
 *   <li>scope {@code internet}, the local network: only to such a path, so that no torrent presses a button there;
 *   <li>scope {@code internet}, link-local: never; the scopes {@code lan} and {@code loopback} allow what they name.
 * </ul>
 */
record TrackerReach(Reach reach) {
    static TrackerReach of(NetworkScope scope) {
        return new TrackerReach(new Reach(scope));
    }

    /** @return why {@code address}, which the host of {@code url} resolved to, must not be asked */
    Optional<String> refusal(TrackerUrl url, InetAddress address) {
        var beyond = reach.refusal(address);
        if (beyond.isPresent() || reach.scope() != NetworkScope.INTERNET) {
            return beyond;
        }
        return switch (Reach.distance(address)) {
            case LINK ->
                Optional.of(
                        address.getHostAddress() + " is a link-local address: trackers there are asked with --net lan");
            case LOOPBACK -> loopbackRefusal(url);
            case SITE -> pathRefusal(url, "in the local network");
            case WORLD -> Optional.empty();
        };
    }

    /** Whether a peer a tracker names may be dialled: a far tracker cannot know what is on our loopback or link. */
    boolean permitsPeer(InetAddress tracker, InetAddress peer) {
        if (reach.refusal(peer).isPresent()) {
            return false;
        }
        var distance = Reach.distance(peer);
        return distance.compareTo(Distance.SITE) >= 0 || distance.compareTo(Reach.distance(tracker)) >= 0;
    }

    private static Optional<String> loopbackRefusal(TrackerUrl url) {
        if (!isLiteral(url.host()) && !url.host().equalsIgnoreCase("localhost")) {
            return Optional.of("the name " + url.host() + " leads to this machine itself");
        }
        return pathRefusal(url, "on this machine");
    }

    private static Optional<String> pathRefusal(TrackerUrl url, String where) {
        return url.scheme() == TrackerUrl.Scheme.UDP
                        || url.isAnnounce()
                        || url.pathAndQuery().startsWith("/scrape")
                ? Optional.empty()
                : Optional.of("a tracker " + where + " is only asked at a path that ends in /announce");
    }

    /** Four decimal numbers, or IPv6: not the short forms such as {@code 127.1}. */
    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }
}
