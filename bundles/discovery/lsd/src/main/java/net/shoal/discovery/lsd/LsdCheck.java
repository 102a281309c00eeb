package net.shoal.discovery.lsd;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where are local peers looked for, and is anybody heard? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=local peers", HealthCheck.TAGS + "=shoal"})
public final class LsdCheck implements HealthCheck {
    private final LsdDiscovery discovery;

    @Activate
    public LsdCheck(@Reference LsdDiscovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        var places = discovery.places();
        if (!discovery.isEnabled()) {
            log.info("Peers on the local network are not looked for (LSD): the setting"
                    + " net.shoal.discovery.lsd:enabled says so.");
        } else if (places.isEmpty()) {
            log.info("Peers on the local network are not looked for (LSD): the node listens at no address of a"
                    + " local network that its network scope permits.");
        } else {
            var counts = discovery.counts();
            log.info(
                    "Peers on the local network are looked for (LSD) at {}: {} announcements sent, {} of others heard.",
                    places.get(),
                    counts.sent(),
                    counts.received());
            if (counts.nonsense() > 0) {
                log.info("{} packets there were no announcements.", counts.nonsense());
            }
        }
        return new Result(log);
    }
}
