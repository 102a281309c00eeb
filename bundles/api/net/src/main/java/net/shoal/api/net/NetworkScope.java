package net.shoal.api.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** How far a node reaches: nothing binds, multicasts, resolves or dials beyond it. */
public enum NetworkScope {
    /** 127.0.0.0/8 and ::1. */
    LOOPBACK,
    /** Also RFC 1918, 100.64/10, link-local and unique local addresses. */
    LAN,
    /** Everything that can be dialled; not unspecified, broadcast or multicast addresses. */
    INTERNET;

    private static final byte[] BROADCAST = {-1, -1, -1, -1};

    /** The narrowest that permits this address; empty for those that cannot be dialled at all. */
    public static Optional<NetworkScope> of(InetAddress address) {
        return Arrays.stream(values()).filter(scope -> scope.permits(address)).findFirst();
    }

    public boolean permits(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || isBroadcast(address)) {
            return false;
        }
        return switch (this) {
            case LOOPBACK -> address.isLoopbackAddress();
            case LAN -> address.isLoopbackAddress() || isLocal(address);
            case INTERNET -> true;
        };
    }

    private static boolean isBroadcast(InetAddress address) {
        return address instanceof Inet4Address && Arrays.equals(address.getAddress(), BROADCAST);
    }

    private static boolean isLocal(InetAddress address) {
        var bytes = address.getAddress();
        boolean sharedSpace = address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || sharedSpace || uniqueLocal;
    }
}
