package net.shoal.engine;

import net.shoal.engine.limits.NodeLimits;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** Which limits hold now, and are any of those that were set refused? */
record LimitsCheck(NodeLimits limits, LimitSettings settings) implements HealthCheck {
    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        settings.refused().ifPresent(message -> log.warn("{}", message));
        log.info(
                "Transfers may receive {} and send {} now.",
                words(limits.down().rate()),
                words(limits.up().rate()));
        var connections = limits.connections();
        int used = connections.used();
        if (used < connections.limit()) {
            log.info("{} of {} connections are in use.", used, connections.limit());
        } else {
            log.warn(
                    "All {} connections are in use; more peers need a higher maxConnections, and open files to match (ulimit -n).",
                    connections.limit());
        }
        return new Result(log);
    }

    private static String words(long rate) {
        return rate == 0 ? "as much as they can" : rate / 1024 + " KiB/s";
    }
}
