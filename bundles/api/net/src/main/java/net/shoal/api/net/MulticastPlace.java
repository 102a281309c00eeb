package net.shoal.api.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * One interface in one family.
 *
 * @param networkInterface its name
 * @param index what the system knows it by: one that is made anew under its old name is another
 * @param v6 IPv6, else IPv4
 * @param addresses those of this machine on that interface that the node listens at and the scope permits, of both families; never empty
 */
public record MulticastPlace(String networkInterface, int index, boolean v6, List<Subnet> addresses) {
    public MulticastPlace {
        addresses = List.copyOf(addresses);
    }

    /** True of an address that is reached on this interface without a router. */
    public boolean isOnLink(InetAddress address) {
        return (address instanceof Inet6Address && address.isLinkLocalAddress())
                || addresses.stream().anyMatch(subnet -> subnet.contains(address));
    }

    public boolean isOwn(InetAddress address) {
        return addresses.stream().anyMatch(subnet -> subnet.own().equals(address));
    }

    /** {@code eth0 (IPv4)}. */
    @Override
    public String toString() {
        return networkInterface + (v6 ? " (IPv6)" : " (IPv4)");
    }

    /**
     * An address of this machine and how many of its bits its neighbours have in common with it.
     *
     * @param prefix bits
     */
    public record Subnet(InetAddress own, int prefix) {
        public boolean contains(InetAddress address) {
            var mine = own.getAddress();
            var other = address.getAddress();
            if (mine.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < Math.min(prefix, mine.length * 8); bit++) {
                int mask = 0x80 >> bit % 8;
                if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
