package net.shoal.engine;

import java.util.List;
import java.util.Optional;
import net.shoal.api.node.Descriptors;
import net.shoal.engine.limits.Night;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.limits.Rates;
import net.shoal.engine.limits.Schedule;
import net.shoal.engine.limits.SwarmLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the limits of the configuration those of the node; what is wrong leaves those that hold. */
final class LimitSettings {
    /** Connections; what home routers can keep in mind. */
    static final int MOST_BY_DEFAULT = 500;

    private static final int LEAST_BY_DEFAULT = 8;

    /** What else is open: the bundles, logs, sockets of others, and the files of transfers. */
    private static final long OTHER_DESCRIPTORS = 192;

    private static final Logger LOG = LoggerFactory.getLogger(LimitSettings.class);

    private final NodeLimits limits;
    private volatile Optional<String> refused = Optional.empty();

    LimitSettings(NodeLimits limits) {
        this.limits = limits;
    }

    void apply(EngineConfig config) {
        limits.each(new SwarmLimits(
                config.maxPeers(),
                config.maxDials(),
                config.uploadSlots(),
                (long) config.writeCache() << 20,
                (long) config.readCache() << 20));
        limits.connections()
                .limit(
                        config.maxConnections() > 0
                                ? config.maxConnections()
                                : byDefault(Descriptors.most().orElse(Long.MAX_VALUE)));
        try {
            limits.schedule(schedule(config));
            refused = Optional.empty();
        } catch (IllegalArgumentException e) {
            var message = "The limits of rates stay as they were: " + e.getMessage();
            refused = Optional.of(message);
            LOG.warn("{}", message);
        }
    }

    private static Schedule schedule(EngineConfig config) {
        return new Schedule(
                new Rates(config.downLimit(), config.upLimit()),
                new Rates(config.nightDownLimit(), config.nightUpLimit()),
                Night.parse(config.nightFrom(), config.nightTo(), List.of(config.nightDays())));
    }

    static int byDefault(long descriptors) {
        return (int) Math.max(LEAST_BY_DEFAULT, Math.min(MOST_BY_DEFAULT, descriptors - OTHER_DESCRIPTORS));
    }

    /** What was not accepted, in a sentence. */
    Optional<String> refused() {
        return refused;
    }
}
