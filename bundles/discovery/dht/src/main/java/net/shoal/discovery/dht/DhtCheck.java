package net.shoal.discovery.dht;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.net.NetworkScope;
import net.shoal.base.model.AddressText;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.node.NodeView;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Are there nodes of the DHT to ask, can they reach this one, and was everything announced? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=dht", HealthCheck.TAGS + "=shoal"})
public final class DhtCheck implements HealthCheck {
    private static final int FEW = 8;

    private final DhtDiscovery discovery;

    @Activate
    public DhtCheck(@Reference DhtDiscovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public Result execute() {
        try {
            return judge(discovery.health().get(2, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "The check was interrupted.");
        } catch (ExecutionException | TimeoutException e) {
            return new Result(Result.Status.HEALTH_CHECK_ERROR, "The DHT does not say how it stands.");
        }
    }

    static Result judge(DhtDiscovery.Health health) {
        var log = new FormattingResultLog();
        if (!health.enabled()) {
            log.info(
                    "The DHT is switched off by net.shoal.discovery.dht:enabled; links without trackers may find nobody.");
            return new Result(log);
        }
        int usable = health.node().networks().stream()
                .mapToInt(NodeView.Network::usable)
                .sum();
        health.node().networks().stream().filter(each -> each.known() > 0).forEach(each -> nodes(log, each));
        if (usable == 0) {
            nobody(log, health);
            return new Result(log);
        }
        if (usable < FEW) {
            log.info("It is only beginning to know others, or its network is small.");
        }
        reachable(log, health.node());
        if (health.swarms() > 0) {
            log.info("{} of {} torrents and networks are announced.", health.announced(), health.swarms());
        }
        log.info(
                "It keeps {} peers of {} torrents and {} items for others; {} questions were answered, {} came too fast.",
                health.node().peers(),
                health.node().keys(),
                health.node().items(),
                health.node().answered(),
                health.node().refused());
        return new Result(log);
    }

    private static void nodes(FormattingResultLog log, NodeView.Network network) {
        var seenAs = network.address()
                .map(address -> "; they see this node at "
                        + AddressText.host(address.inet().getAddress()))
                .orElse("");
        log.info(
                "{} nodes of the DHT answer over {}{}.",
                network.usable(),
                network.family() == Family.V4 ? "IPv4" : "IPv6",
                seenAs);
    }

    private static void nobody(FormattingResultLog log, DhtDiscovery.Health health) {
        if (!health.hasSocket()) {
            log.warn("The DHT cannot be asked: there is no UDP port where the node listens.");
        } else if (health.scope() == NetworkScope.INTERNET) {
            log.warn(
                    "No node of the DHT answers: {}; peers are only found in other ways. Does a firewall keep UDP from leaving?",
                    health.routers() == 0
                            ? "no router in net.shoal.discovery.dht:routers was found"
                            : "not even those to begin with");
        } else {
            log.info(
                    "No node of the DHT is known: on scope {} nobody out there is asked.",
                    health.scope().name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static void reachable(FormattingResultLog log, NodeView node) {
        switch (node.reachable()) {
            case YES -> log.info("Others reach this node.");
            case NO ->
                log.info(
                        "It seems that others cannot reach this node, as behind a NAT that lets nobody in; it asks but does not answer (BEP 43).");
            case UNKNOWN -> log.info("Whether others reach this node has not shown yet.");
        }
    }
}
