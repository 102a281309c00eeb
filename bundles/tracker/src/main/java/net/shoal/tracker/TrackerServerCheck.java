package net.shoal.tracker;

import java.io.IOException;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Does the tracker serve where it was asked to, and how much does it know? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=tracker-server", HealthCheck.TAGS + "=shoal"})
public final class TrackerServerCheck implements HealthCheck {
    private final TrackerServer server;

    @Activate
    public TrackerServerCheck(@Reference TrackerServer server) {
        this.server = server;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        server.failure().ifPresent(message -> log.critical("The node {}.", message));
        server.serving().ifPresent(serving -> report(serving, log));
        if (server.failure().isEmpty() && server.serving().isEmpty()) {
            log.info("This node serves no tracker (--serve-tracker [HOST:]PORT makes it serve one).");
        }
        return new Result(log);
    }

    private static void report(Serving serving, FormattingResultLog log) {
        try {
            var census = serving.census();
            log.info("A tracker is served at {}.", serving.announceUrls());
            log.info("It knows {} swarms with {} peers.", census.swarms(), census.peers());
        } catch (IOException e) {
            log.warn("The tracker at port {} does not answer: its event loop is busy.", serving.port());
        }
    }
}
