package net.shoal.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** From which of the addresses we are bound to a datagram gets to its destination. */
final class SocketChoice {
    private SocketChoice() {}

    /** What is as far away as the destination first: an answer to another address than was asked from is lost on most. */
    static Optional<InetSocketAddress> of(Collection<InetSocketAddress> locals, InetAddress to) {
        return locals.stream()
                .filter(local -> reaches(local.getAddress(), to))
                .min(Comparator.comparing(local -> isFar(local.getAddress(), to)));
    }

    /** A socket that is bound to no address of IPv6 serves both families; what is bound to loopback does not get off this machine. */
    static boolean reaches(InetAddress local, InetAddress to) {
        if (local.isAnyLocalAddress()) {
            return local instanceof Inet6Address || to instanceof Inet4Address;
        }
        return local.getClass() == to.getClass() && (!local.isLoopbackAddress() || to.isLoopbackAddress());
    }

    private static boolean isFar(InetAddress local, InetAddress to) {
        return !local.isAnyLocalAddress()
                && (local.isLoopbackAddress() != to.isLoopbackAddress()
                        || local.isLinkLocalAddress() != to.isLinkLocalAddress());
    }
}
