package net.shoal.api.net;

import java.net.Inet4Address;
import java.net.Inet6Address;

/**
 * A group to join, in both families.
 *
 * @param hops how far what is sent may go; 1 stays on the link
 * @param maxLength bytes of the longest datagram worth having; longer ones are dropped
 */
public record GroupAddress(Inet4Address v4, Inet6Address v6, int port, int hops, int maxLength) {
    public GroupAddress {
        if (!v4.isMulticastAddress() || !v6.isMulticastAddress()) {
            throw new IllegalArgumentException("these are no multicast groups: " + v4 + ", " + v6);
        }
    }
}
