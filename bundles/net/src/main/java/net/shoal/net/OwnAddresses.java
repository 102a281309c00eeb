package net.shoal.net;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this machine has of addresses. */
final class OwnAddresses {
    private OwnAddresses() {}

    /** 127.0.0.1, and ::1 where there is one. */
    static List<InetAddress> loopback() {
        return hasV6(true) ? List.of(NetUtil.LOCALHOST4, NetUtil.LOCALHOST6) : List.of(NetUtil.LOCALHOST4);
    }

    /** True where some interface has an IPv6 address that reaches beyond its link. */
    static boolean reachesOutByV6() {
        return hasV6(false);
    }

    /** Each address of an interface that is up, with its name; none where they cannot be had. */
    static Set<String> usable() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(OwnAddresses::isUp)
                    .flatMap(network ->
                            addressesOf(network).map(address -> network.getName() + " " + address.getHostAddress()))
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean hasV6(boolean loopback) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(OwnAddresses::addressesOf)
                    .anyMatch(address -> address instanceof Inet6Address
                            && !address.isLinkLocalAddress()
                            && address.isLoopbackAddress() == loopback);
        } catch (SocketException e) {
            return false;
        }
    }

    private static Stream<InetAddress> addressesOf(NetworkInterface network) {
        return network.inetAddresses();
    }
}
