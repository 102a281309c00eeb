package net.shoal.engine.swarm;

import java.net.InetSocketAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;

/** Two peers that are nodes of the DHT as well tell each other where (BEP 5). Those of private torrents do not (BEP 27). */
final class DhtPorts {
    private final PeerLink link;
    private final Swarm swarm;
    private boolean isNamed;

    DhtPorts(PeerLink link, Swarm swarm) {
        this.link = link;
        this.swarm = swarm;
    }

    void say(Handshake theirs) {
        int port = swarm.dhtPort();
        if (isPeer() && theirs.supports(Handshake.DHT) && port > 0) {
            link.send(new Message.Port(port));
        }
    }

    /** Of what a peer says again and again, the first counts, so that nobody has us write to one port after the other. */
    void onPort(int port) {
        if (isNamed || port == 0 || !isPeer() || swarm.isPrivate()) {
            return;
        }
        isNamed = true;
        link.address()
                .inet()
                .map(inet -> new InetSocketAddress(inet.getAddress(), port))
                .ifPresent(swarm.context().dht()::named);
    }

    private boolean isPeer() {
        return link.kind() == PeerLink.Kind.PEER;
    }
}
