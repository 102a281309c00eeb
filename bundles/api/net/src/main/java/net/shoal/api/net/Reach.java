package net.shoal.api.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a URL that a stranger wrote may lead. Torrents carry URLs of trackers and web seeds, and servers redirect: none of it must become
 * a way into what listens on this machine or on its link only (a service on loopback, the metadata server of a cloud). Beyond the network
 * scope nothing leads, and a redirect never leads nearer to this machine than where it comes from; what else is refused depends on what
 * is asked of the address.
 */
public record Reach(NetworkScope scope) {
    /** How near an address is, nearest first. */
    public enum Distance {
        LOOPBACK,
        LINK,
        SITE,
        WORLD
    }

    /** @return why nobody at {@code address} may be asked, whoever named it */
    public Optional<String> refusal(InetAddress address) {
        return isBeyond(address)
                ? Optional.of(address.getHostAddress() + " is outside the network scope " + word())
                : Optional.empty();
    }

    /** @return why a server at {@code from} must not redirect to {@code to} */
    public Optional<String> redirectRefusal(InetAddress from, InetAddress to) {
        if (isBeyond(to)) {
            return Optional.of("it redirects outside the network scope " + word());
        }
        return distance(to).compareTo(distance(from)) >= 0
                ? Optional.empty()
                : Optional.of("it redirects to " + to.getHostAddress() + ", nearer to this machine than itself");
    }

    private boolean isBeyond(InetAddress address) {
        return isNowhere(address) || !scope.permits(address);
    }

    private String word() {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    public static Distance distance(InetAddress address) {
        var meant = embedded(address);
        if (meant.isLoopbackAddress()) {
            return Distance.LOOPBACK;
        }
        if (meant.isLinkLocalAddress()) {
            return Distance.LINK;
        }
        return NetworkScope.LAN.permits(meant) ? Distance.SITE : Distance.WORLD;
    }

    /** 0.0.0.0/8 is this host to many systems, 240.0.0.0/4 nobody's, and 255.255.255.255 everybody's. */
    private static boolean isNowhere(InetAddress address) {
        var meant = embedded(address);
        int first = meant.getAddress()[0] & 0xff;
        return meant.isAnyLocalAddress()
                || meant.isMulticastAddress()
                || (meant instanceof Inet4Address && (first == 0 || first >= 240));
    }

    /**
     * The IPv4 address within an IPv6 one: compatible (::/96), translated (::ffff:0:0:0/96, RFC 2765), NAT64 (RFC 6052, and 64:ff9b:1::/48 of
     * RFC 8215), 6to4 (RFC 3056), ISATAP (RFC 5214) and Teredo (RFC 4380).
     */
    private static InetAddress embedded(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length == 4 || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return address;
        }
        boolean isCompatible = startsWith(bytes, new byte[12]);
        boolean isNat64 = startsWith(bytes, new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0});
        boolean is6to4 = startsWith(bytes, new byte[] {0x20, 0x02});
        boolean isLocalNat64 = startsWith(bytes, new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1});
        boolean isTranslated = startsWith(bytes, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0});
        boolean isIsatap = (bytes[8] & 0xfc) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
        if (isCompatible || isNat64 || isLocalNat64 || isTranslated || isIsatap) {
            return inet4(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (startsWith(bytes, new byte[] {0x20, 0x01, 0, 0})) {
            return inet4(turned(Arrays.copyOfRange(bytes, 12, 16)));
        }
        return is6to4 ? inet4(Arrays.copyOfRange(bytes, 2, 6)) : address;
    }

    /** Teredo hides the address from translators on the way, every bit turned. */
    private static byte[] turned(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return bytes;
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
