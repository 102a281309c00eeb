package net.shoal.discovery.tracker;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import net.shoal.api.net.NetworkScope;

/**
 * Where a tracker URL may lead. Anybody can write one into a torrent, so it must not become a way into what listens on this machine or on
 * its link only (a service on loopback, the metadata server of a cloud):
 *
 * <ul>
 *   <li>beyond the network scope: never;
 *   <li>scope {@code internet}, loopback: only where the URL itself says so, by {@code localhost} or an address, and then only to a path a
 *       tracker has. A name that merely resolves there is refused;
 *   <li>scope {@code internet}, link-local: never; the scopes {@code lan} and {@code loopback} allow what they name;
 *   <li>a redirect, in any scope, never leads nearer to this machine than where it comes from.
 * </ul>
 */
record Reach(NetworkScope scope) {
    /** How near an address is, nearest first. */
    enum Distance {
        LOOPBACK,
        LINK,
        SITE,
        WORLD
    }

    /** @return why {@code address}, which the host of {@code url} resolved to, must not be asked */
    Optional<String> refusal(TrackerUrl url, InetAddress address) {
        if (isNowhere(address) || !scope.permits(address)) {
            return Optional.of(address.getHostAddress() + " is outside the network scope "
                    + scope.name().toLowerCase(Locale.ROOT));
        }
        if (scope != NetworkScope.INTERNET) {
            return Optional.empty();
        }
        return switch (distance(address)) {
            case LINK ->
                Optional.of(
                        address.getHostAddress() + " is a link-local address: trackers there are asked with --net lan");
            case LOOPBACK -> loopbackRefusal(url);
            case SITE, WORLD -> Optional.empty();
        };
    }

    /** @return why a tracker at {@code from} must not redirect to {@code to} */
    Optional<String> redirectRefusal(InetAddress from, InetAddress to) {
        if (isNowhere(to) || !scope.permits(to)) {
            return Optional.of(
                    "it redirects outside the network scope " + scope.name().toLowerCase(Locale.ROOT));
        }
        return distance(to).compareTo(distance(from)) >= 0
                ? Optional.empty()
                : Optional.of("it redirects to " + to.getHostAddress() + ", nearer to this machine than itself");
    }

    /** Whether a peer a tracker names may be dialled: a far tracker cannot know what is on our loopback or link. */
    boolean permitsPeer(InetAddress tracker, InetAddress peer) {
        if (isNowhere(peer) || !scope.permits(peer)) {
            return false;
        }
        var distance = distance(peer);
        return distance.compareTo(Distance.SITE) >= 0 || distance.compareTo(distance(tracker)) >= 0;
    }

    private static Optional<String> loopbackRefusal(TrackerUrl url) {
        if (!isLiteral(url.host()) && !url.host().equalsIgnoreCase("localhost")) {
            return Optional.of("the name " + url.host() + " leads to this machine itself");
        }
        return url.scheme() == TrackerUrl.Scheme.UDP
                        || url.isAnnounce()
                        || url.pathAndQuery().startsWith("/scrape")
                ? Optional.empty()
                : Optional.of("a tracker on this machine is only asked at a path that ends in /announce");
    }

    /** Four decimal numbers, or IPv6: not the short forms such as {@code 127.1}. */
    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    static Distance distance(InetAddress address) {
        var meant = embedded(address);
        if (meant.isLoopbackAddress()) {
            return Distance.LOOPBACK;
        }
        if (meant.isLinkLocalAddress()) {
            return Distance.LINK;
        }
        boolean isSite = !NetworkScope.INTERNET.equals(scopeOf(meant));
        return isSite ? Distance.SITE : Distance.WORLD;
    }

    private static NetworkScope scopeOf(InetAddress address) {
        return NetworkScope.LAN.permits(address) ? NetworkScope.LAN : NetworkScope.INTERNET;
    }

    /** 0.0.0.0/8 is this host to many systems, 240.0.0.0/4 nobody's, and 255.255.255.255 everybody's. */
    private static boolean isNowhere(InetAddress address) {
        var meant = embedded(address);
        int first = meant.getAddress()[0] & 0xff;
        return meant.isAnyLocalAddress()
                || meant.isMulticastAddress()
                || (meant instanceof Inet4Address && (first == 0 || first >= 240));
    }

    /** The IPv4 address within an IPv6 one: compatible (::/96), NAT64 (RFC 6052) and 6to4 (RFC 3056). */
    private static InetAddress embedded(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length == 4 || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return address;
        }
        boolean isCompatible = startsWith(bytes, new byte[12]);
        boolean isNat64 = startsWith(bytes, new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0});
        boolean is6to4 = startsWith(bytes, new byte[] {0x20, 0x02});
        if (isCompatible || isNat64) {
            return inet4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return is6to4 ? inet4(Arrays.copyOfRange(bytes, 2, 6)) : address;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.mismatch(bytes, 0, prefix.length, prefix, 0, prefix.length) < 0;
    }

    private static InetAddress inet4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four bytes are an address", impossible);
        }
    }
}
