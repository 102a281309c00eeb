package net.shoal.discovery.dht;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.base.metainfo.MagnetLink.HostPort;
import net.shoal.discovery.dht.krpc.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses that a node without any acquaintance begins with. The well-known ones are asked for on scope {@code internet} alone. */
final class Routers {
    private static final Logger LOG = LoggerFactory.getLogger(Routers.class);

    private final Network network;
    private final List<HostPort> named = new ArrayList<>();

    /** @throws IllegalArgumentException if one is no address */
    Routers(Network network, String[] names) {
        this.network = network;
        for (var name : names) {
            if (!name.isBlank()) {
                named.add(HostPort.parse(name));
            }
        }
    }

    /** Looks them up, and hands over those of each name as they are known. */
    void resolve(Consumer<List<Endpoint>> known) {
        for (var router : named) {
            if (network.scope() != NetworkScope.INTERNET && !isLiteral(router.host())) {
                continue;
            }
            network.resolve(router.host()).whenComplete((addresses, problem) -> {
                if (problem != null) {
                    LOG.debug("The DHT router {} is not found: {}", router, problem.getMessage());
                } else {
                    known.accept(endpoints(addresses, router.port()));
                }
            });
        }
    }

    private static boolean isLiteral(String host) {
        return host.equals("localhost") || host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private static List<Endpoint> endpoints(List<InetAddress> addresses, int port) {
        return addresses.stream()
                .limit(8)
                .map(address -> Endpoint.of(address, port))
                .toList();
    }
}
