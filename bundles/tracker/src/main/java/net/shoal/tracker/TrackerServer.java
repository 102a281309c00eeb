package net.shoal.tracker;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.api.net.ListenFailure;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.ServedTracker;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a tracker while it is told where: {@link ServedTracker} is there as a service then, and {@link ListenFailure} where it cannot
 * be had.
 */
@Component(
        service = TrackerServer.class,
        immediate = true,
        configurationPid = "net.shoal.tracker",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TrackerServer.Config.class)
public final class TrackerServer {
    private static final Logger LOG = LoggerFactory.getLogger(TrackerServer.class);
    private static final int MIN_INTERVAL_SECONDS = 10;
    private static final int MAX_PEERS_PER_SWARM = 5_000;
    private static final int MAX_PEERS_PER_SOURCE = 200;

    private final Network network;
    private final Config config;
    private final BundleContext context;
    private volatile Optional<Serving> serving = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** The settings. */
    @ObjectClassDefinition(name = "Tracker server", description = "A tracker for a group of one's own")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "where to serve a tracker over HTTP and UDP: [HOST:]PORT, port 0 for any, empty for no tracker",
                required = false)
        String listen() default "";

        @AttributeDefinition(
                description =
                        "seconds between the announces of a peer; short, so that a small group finds together soon",
                min = "10",
                max = "3600")
        int interval() default 90;

        @AttributeDefinition(description = "how many torrents are remembered", min = "1", max = "1000000")
        int maxTorrents() default 20_000;

        @AttributeDefinition(
                description = "how many peers are remembered, of all torrents",
                min = "1",
                max = "10000000")
        int maxPeers() default 100_000;

        @AttributeDefinition(
                description = "requests a second one address may make; ten seconds of them may come at once",
                min = "1",
                max = "100000")
        int requestsPerSecond() default 50;
    }

    @Activate
    public TrackerServer(@Reference Network network, Config config, BundleContext context) {
        this.network = network;
        this.config = config;
        this.context = context;
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open() {
        // Declarative Services gives null for an empty default
        var text = Optional.ofNullable(config.listen()).orElse("").strip();
        if (!text.isEmpty()) {
            try {
                serving = Optional.of(
                        Serving.start(network, ListenAddress.of(text), limits(config), config.requestsPerSecond()));
            } catch (IllegalArgumentException e) {
                failure = Optional.of(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                failure = Optional.of("cannot serve a tracker at " + text + ": " + e.getMessage()
                        + "; give another port, or end the program that has this one");
            }
        }
        register();
    }

    private static Limits limits(Config config) {
        return new Limits(
                Math.max(config.interval(), MIN_INTERVAL_SECONDS),
                Math.max(config.maxTorrents(), 1),
                Math.max(config.maxPeers(), 1),
                MAX_PEERS_PER_SWARM,
                MAX_PEERS_PER_SOURCE);
    }

    private void register() {
        serving.ifPresent(server -> {
            LOG.info("Serving a tracker at {}", server.announceUrls());
            ServedTracker served = server::announceUrls;
            registrations.add(context.registerService(ServedTracker.class, served, null));
        });
        failure.ifPresent(message -> {
            LOG.error("The node {}", message);
            ListenFailure failed = () -> message;
            registrations.add(context.registerService(ListenFailure.class, failed, null));
        });
    }

    Optional<Serving> serving() {
        return serving;
    }

    Optional<String> failure() {
        return failure;
    }

    List<URI> announceUrls() {
        return serving.map(Serving::announceUrls).orElse(List.of());
    }

    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
        serving.ifPresent(Serving::close);
    }
}
