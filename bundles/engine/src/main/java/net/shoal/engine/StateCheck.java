package net.shoal.engine;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** Were all transfers of the last run loaded? */
final class StateCheck implements HealthCheck {
    private final Supplier<Map<String, String>> leftOut;

    /** @param leftOut why, by infohash */
    StateCheck(Supplier<Map<String, String>> leftOut) {
        this.leftOut = leftOut;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        var missing = leftOut.get();
        if (missing.isEmpty()) {
            log.info("All transfers of the last run are there.");
        }
        missing.forEach((infohash, why) -> log.warn("The transfer {} is left out: {}", infohash, why));
        return new Result(log);
    }
}
