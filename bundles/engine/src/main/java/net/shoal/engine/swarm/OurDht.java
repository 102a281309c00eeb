package net.shoal.engine.swarm;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.shoal.api.dht.DhtPort;

/** The DHT as the swarms of this node know it: it comes and goes. Safe for use from any thread. */
public final class OurDht {
    private volatile Optional<DhtPort> dht = Optional.empty();

    public void came(DhtPort now) {
        dht = Optional.of(now);
    }

    public void went(DhtPort before) {
        if (dht.filter(before::equals).isPresent()) {
            dht = Optional.empty();
        }
    }

    /** 0 if there is none. */
    int port() {
        return dht.map(DhtPort::port).orElse(0);
    }

    void named(InetSocketAddress node) {
        dht.ifPresent(there -> there.named(node));
    }
}
