package net.shoal.net;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.ListenFailure;
import net.shoal.api.net.Network;
import net.shoal.base.model.PeerAddress;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Does the node listen, how far does it reach, and what does this machine offer it? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=network", HealthCheck.TAGS + "=shoal"})
public final class NetworkCheck implements HealthCheck {
    private final Network network;
    private final DatagramsComponent datagrams;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable FrontDoor door;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ListenFailure failure;

    @Activate
    public NetworkCheck(@Reference Network network, @Reference DatagramsComponent datagrams) {
        this.network = network;
        this.datagrams = datagrams;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        var scope = network.scope().name().toLowerCase(Locale.ROOT);
        log.info(
                "The network scope is '{}'; connections are served by {}.",
                scope,
                EventLoops.kind(network.eventLoops()));
        listening(log, door, failure);
        datagrams(log, datagrams.addresses(), datagrams.failures());
        if (OwnAddresses.reachesOutByV6()) {
            log.info("This machine has IPv6.");
        } else {
            log.info("This machine has no IPv6 address: peers that have nothing else cannot be reached.");
        }
        return new Result(log);
    }

    static void listening(FormattingResultLog log, @Nullable FrontDoor door, @Nullable ListenFailure failure) {
        if (door != null) {
            log.info("Peers can connect to {}.", words(door.addresses()));
        } else if (failure != null) {
            log.critical("The node {}.", failure.message());
        } else {
            log.critical("The node does not listen: no transport is installed, so no peer can connect.");
        }
    }

    static void datagrams(FormattingResultLog log, List<InetSocketAddress> open, List<String> failures) {
        if (!open.isEmpty()) {
            log.info("UDP is open at {}.", words(open));
        }
        failures.forEach(failure -> log.warn("{}.", failure));
    }

    private static String words(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(PeerAddress::ip)
                .map(PeerAddress::toString)
                .collect(Collectors.joining(", "));
    }
}
