package net.shoal.library;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.NetworkScope;
import net.shoal.base.metainfo.MagnetLink.HostPort;
import net.shoal.base.model.AddressText;

/** Where others can dial this node, for the {@code x.pe} of links: with it a link leads somewhere even without a tracker. */
final class OwnAddresses {
    /** A link is read, pasted and put into QR codes: few addresses, the likeliest. */
    static final int AT_MOST = 4;

    private final FrontDoor door;
    private final NetworkScope scope;
    private final Supplier<List<InetAddress>> interfaces;

    OwnAddresses(FrontDoor door, NetworkScope scope, Supplier<List<InetAddress>> interfaces) {
        this.door = door;
        this.scope = scope;
        this.interfaces = interfaces;
    }

    /** Those the scope permits; loopback only where there is nothing else. */
    List<HostPort> list() {
        var found = new LinkedHashSet<InetSocketAddress>();
        for (var bound : door.addresses()) {
            hosts(bound.getAddress()).forEach(host -> found.add(new InetSocketAddress(host, bound.getPort())));
        }
        var outside = found.stream().filter(address -> !address.getAddress().isLoopbackAddress());
        return Stream.concat(outside.sorted(FAMILIAR_FIRST), loopbacks(found))
                .limit(AT_MOST)
                .map(address -> new HostPort(AddressText.host(address.getAddress()), address.getPort()))
                .toList();
    }

    private static final Comparator<InetSocketAddress> FAMILIAR_FIRST =
            Comparator.comparing(address -> !(address.getAddress() instanceof Inet4Address));

    private static Stream<InetSocketAddress> loopbacks(Set<InetSocketAddress> found) {
        boolean isAllThereIs =
                found.stream().allMatch(address -> address.getAddress().isLoopbackAddress());
        return isAllThereIs ? found.stream().sorted(FAMILIAR_FIRST) : Stream.empty();
    }

    private Stream<InetAddress> hosts(InetAddress bound) {
        var hosts = bound.isAnyLocalAddress()
                ? interfaces.get().stream().filter(host -> answers(bound, host))
                : Stream.of(bound);
        // a link-local address means something on one wire only, and needs a name for it
        return hosts.filter(scope::permits).filter(host -> !host.isLinkLocalAddress());
    }

    /** The IPv6 wildcard listens for both families. */
    private static boolean answers(InetAddress wildcard, InetAddress host) {
        return !(wildcard instanceof Inet4Address) || host instanceof Inet4Address;
    }

    /** Of all interfaces that are up. */
    static List<InetAddress> ofInterfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(OwnAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
