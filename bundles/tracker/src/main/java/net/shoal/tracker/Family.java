package net.shoal.tracker;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Kept apart throughout: a peer is known by the address it announces from (BEP 7). */
enum Family {
    IPV4,
    IPV6;

    static Family of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }
}
