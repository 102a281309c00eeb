package net.shoal.tracker;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as sockets give them. */
final class Addresses {
    private Addresses() {}

    /** Without a scope id, and IPv4 where it is IPv4 mapped into IPv6. */
    static InetAddress plain(InetAddress address) {
        return of(address.getAddress());
    }

    static InetAddress loopback(Family family) {
        return of(
                family == Family.IPV4
                        ? new byte[] {127, 0, 0, 1}
                        : new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    }

    /** @param bytes 4 or 16 */
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address has 4 or 16 bytes", impossible);
        }
    }
}
