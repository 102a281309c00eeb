package net.shoal.discovery.tracker;

import java.net.Inet6Address;
import java.net.InetAddress;

/** A tracker that has addresses of both families is told of us over both (BEP 7): it knows a peer by the address it is asked from. */
enum Family {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String label;

    Family(String label) {
        this.label = label;
    }

    static Family of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }

    String label() {
        return label;
    }
}
