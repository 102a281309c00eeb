package net.shoal.net;

import net.shoal.api.net.Network;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Publishes the network. Another scope or number of event loops is another network: the old one goes, with all that depends on it, and the
 * new one comes. Everything else about the configuration is taken live.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = NetworkConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NetworkConfig.class)
public final class NetworkComponent {
    private final BundleContext context;
    private @Nullable Published published;

    @Activate
    public NetworkComponent(BundleContext context) {
        this.context = context;
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open(NetworkConfig config) {
        modified(config);
    }

    @Modified
    synchronized void modified(NetworkConfig config) {
        var running = published;
        if (running != null && running.serves(config)) {
            running.network().own(ListenAddress.ownAddresses(config.listen()));
        } else {
            deactivate();
            published = publish(config);
        }
    }

    @Deactivate
    synchronized void deactivate() {
        if (published != null) {
            published.close();
            published = null;
        }
    }

    private Published publish(NetworkConfig config) {
        var network = new NodeNetwork(config.scope(), config.eventLoops(), ListenAddress.ownAddresses(config.listen()));
        return new Published(network, config.eventLoops(), context.registerService(Network.class, network, null));
    }

    private record Published(NodeNetwork network, int eventLoops, ServiceRegistration<Network> registration) {
        boolean serves(NetworkConfig config) {
            return network.scope() == config.scope() && eventLoops == config.eventLoops();
        }

        void close() {
            registration.unregister();
            network.close();
        }
    }
}
