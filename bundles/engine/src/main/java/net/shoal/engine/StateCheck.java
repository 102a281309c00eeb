package net.shoal.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** Were all transfers of the last run loaded, and can they be saved? */
final class StateCheck implements HealthCheck {
    private final Supplier<Map<String, String>> leftOut;
    private final Supplier<List<String>> unsaved;

    /**
     * @param leftOut why, by infohash
     * @param unsaved sentences that say what cannot be saved, and why
     */
    StateCheck(Supplier<Map<String, String>> leftOut, Supplier<List<String>> unsaved) {
        this.leftOut = leftOut;
        this.unsaved = unsaved;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        var missing = leftOut.get();
        if (missing.isEmpty()) {
            log.info("All transfers of the last run are there.");
        }
        missing.forEach((infohash, why) -> log.warn("The transfer {} is left out: {}", infohash, why));
        unsaved.get().forEach(why -> log.critical("{}; what was saved before stays, and it is tried again.", why));
        return new Result(log);
    }
}
