package net.shoal.tracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;

/**
 * The address of this machine in each family under which others can reach it: announce URLs are made of it. What the user chose to dial
 * from comes first, then what the system would dial the world from, then what any interface has within the scope.
 */
final class OwnAddresses {
    /** RFC 5737 and RFC 3849: they lead nowhere, and nothing is sent there. */
    private static final byte[] FAR_IPV4 = {(byte) 192, 0, 2, 1};

    private static final byte[] FAR_IPV6 = {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private OwnAddresses() {}

    /** Loopback where there is nothing else. */
    static List<InetAddress> of(Network network) {
        if (network.scope() == NetworkScope.LOOPBACK) {
            return List.of(Addresses.loopback(Family.IPV4));
        }
        var found = Arrays.stream(Family.values())
                .flatMap(family -> ofFamily(network, family).stream())
                .toList();
        return found.isEmpty() ? List.of(Addresses.loopback(Family.IPV4)) : found;
    }

    private static Optional<InetAddress> ofFamily(Network network, Family family) {
        var far = Addresses.of(family == Family.IPV4 ? FAR_IPV4 : FAR_IPV6);
        return Stream.of(network.dialFrom(far).stream(), routed(far).stream(), interfaces())
                .flatMap(each -> each)
                .map(Addresses::plain)
                .filter(each -> Family.of(each) == family)
                .filter(isReachable(network.scope()))
                .findFirst();
    }

    /** The address a datagram to there would leave from; connecting a datagram socket sends nothing. */
    private static Optional<InetAddress> routed(InetAddress far) {
        try (var channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(far, 9));
            return Optional.of(((InetSocketAddress) channel.getLocalAddress()).getAddress());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Stream<InetAddress> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(OwnAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses);
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static Predicate<InetAddress> isReachable(NetworkScope scope) {
        return address -> scope.permits(address) && !address.isLoopbackAddress() && !address.isLinkLocalAddress();
    }
}
