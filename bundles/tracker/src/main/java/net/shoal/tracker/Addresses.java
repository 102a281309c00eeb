package net.shoal.tracker;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as sockets give them. */
final class Addresses {
    private Addresses() {}

    /** Without a scope id, and IPv4 where it is IPv4 mapped into IPv6. */
    static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address has 4 or 16 bytes", impossible);
        }
    }
}
