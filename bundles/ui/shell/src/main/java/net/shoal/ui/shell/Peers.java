package net.shoal.ui.shell;

import java.util.List;
import net.shoal.api.net.Network;
import net.shoal.base.command.Endpoint;
import net.shoal.base.model.PeerAddress;

/** Peers that a user names. */
final class Peers {
    private Peers() {}

    /** Looked up within the network scope. */
    static List<PeerAddress> resolve(String hostAndPort, Network network)
            throws CommandException, InterruptedException {
        var endpoint = Endpoint.parse(hostAndPort);
        return Waiting.briefly(network.resolve(endpoint.host().orElseThrow())).stream()
                .map(address -> PeerAddress.ip(address, endpoint.port()))
                .toList();
    }
}
