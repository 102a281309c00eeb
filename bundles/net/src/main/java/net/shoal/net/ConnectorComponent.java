package net.shoal.net;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import net.shoal.api.net.Connector;
import net.shoal.api.net.Network;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.Target;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The way out, with the transports and secure layers there are now. */
@Component(configurationPid = NetworkConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConnectorComponent implements Connector {
    private final Dialer dialer;

    @Activate
    public ConnectorComponent(@Reference Network network, NetworkConfig config) {
        this.dialer = new Dialer(network, config.security(), config.halfOpen());
    }

    @Modified
    void modified(NetworkConfig config) {
        dialer.settings(config.security(), config.halfOpen());
    }

    @Deactivate
    void deactivate() {
        dialer.close();
    }

    @Override
    public CompletionStage<SecureChannel> connect(PeerAddress address, Target target, EventLoop loop) {
        return dialer.connect(address, target, loop);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport, Map<String, ?> properties) {
        dialer.transports().add(transport, properties);
    }

    void removeTransport(Transport transport) {
        dialer.transports().remove(transport);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLayer(SecureLayer layer, Map<String, ?> properties) {
        dialer.layers().add(layer, properties);
    }

    void removeLayer(SecureLayer layer) {
        dialer.layers().remove(layer);
    }
}
