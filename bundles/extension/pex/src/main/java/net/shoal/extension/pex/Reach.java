package net.shoal.extension.pex;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.shoal.api.net.NetworkScope;
import net.shoal.base.model.PeerAddress;

/** Who has a use for an address: nobody out there for one of our own network, which is not their business either. */
final class Reach {
    private Reach() {}

    static boolean mayTell(PeerAddress address, PeerAddress peer) {
        var scope = scope(address);
        return scope.isPresent() && scope.get().compareTo(scope(peer).orElse(NetworkScope.INTERNET)) >= 0;
    }

    private static Optional<NetworkScope> scope(PeerAddress address) {
        return address.inet()
                .filter(inet -> inet.getPort() != 0)
                .map(InetSocketAddress::getAddress)
                .flatMap(NetworkScope::of);
    }
}
