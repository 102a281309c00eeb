package net.shoal.discovery.dht;

import java.net.InetSocketAddress;
import net.shoal.api.dht.DhtPort;
import net.shoal.discovery.dht.krpc.Endpoint;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The DHT towards connections with peers. */
@Component
public final class DhtPortComponent implements DhtPort {
    private final DhtDiscovery dht;

    @Activate
    public DhtPortComponent(@Reference DhtDiscovery dht) {
        this.dht = dht;
    }

    @Override
    public int port() {
        return dht.port();
    }

    @Override
    public void named(InetSocketAddress node) {
        if (dht.isEnabled() && node.getPort() > 0) {
            var endpoint = Endpoint.of(node);
            dht.loop().execute(() -> dht.loop().node().named(endpoint));
        }
    }
}
