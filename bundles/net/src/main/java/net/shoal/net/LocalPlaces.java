package net.shoal.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.shoal.api.net.MulticastPlace;
import net.shoal.api.net.NetworkScope;

/** Where a group can be joined: every interface that has an address the node listens at, in the families of these addresses. */
final class LocalPlaces {
    /** Interfaces. Hosts of containers have hundreds, and those with IPv4 addresses come first. */
    static final int MOST = 16;

    private LocalPlaces() {}

    /** @param listening the addresses of the front door */
    static List<MulticastPlace> now(NetworkScope scope, List<InetSocketAddress> listening) {
        if (scope == NetworkScope.LOOPBACK || listening.isEmpty()) {
            return List.of();
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(LocalPlaces::isFit)
                    .map(each -> places(each, scope, listening))
                    .filter(places -> !places.isEmpty())
                    .sorted(Comparator.comparing(places -> places.get(0).v6()))
                    .limit(MOST)
                    .flatMap(List::stream)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isFit(NetworkInterface each) {
        try {
            return each.isUp() && !each.isLoopback() && each.supportsMulticast();
        } catch (SocketException e) {
            return false;
        }
    }

    private static List<MulticastPlace> places(
            NetworkInterface each, NetworkScope scope, List<InetSocketAddress> listening) {
        var addresses = each.getInterfaceAddresses().stream()
                .filter(own -> scope.permits(own.getAddress()) && isListening(own.getAddress(), listening))
                .map(LocalPlaces::subnet)
                .toList();
        var places = new ArrayList<MulticastPlace>();
        for (boolean v6 : new boolean[] {false, true}) {
            if (addresses.stream().anyMatch(subnet -> subnet.own() instanceof Inet6Address == v6)) {
                places.add(new MulticastPlace(each.getName(), each.getIndex(), v6, addresses));
            }
        }
        return places;
    }

    private static MulticastPlace.Subnet subnet(InterfaceAddress own) {
        return new MulticastPlace.Subnet(own.getAddress(), own.getNetworkPrefixLength());
    }

    private static boolean isListening(InetAddress own, List<InetSocketAddress> listening) {
        return listening.stream()
                .map(InetSocketAddress::getAddress)
                .anyMatch(local -> local.equals(own)
                        || (local.isAnyLocalAddress()
                                && (local instanceof Inet6Address || !(own instanceof Inet6Address))));
    }
}
