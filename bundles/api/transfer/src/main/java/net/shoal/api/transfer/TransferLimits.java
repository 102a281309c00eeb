package net.shoal.api.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one transfer may use, and how long it seeds. The node's own limits hold beside these.
 *
 * @param downRate payload bytes a second, 0 for no limit
 * @param upRate payload bytes a second, 0 for no limit
 * @param maxPeers connections at once, 0 for as many as the node's setting
 * @param ratio uploaded to downloaded at which seeding ends, infinite for never; empty for the node's setting
 * @param idle time without any upload after which seeding ends, zero for never; empty for the node's setting
 */
public record TransferLimits(long downRate, long upRate, int maxPeers, OptionalDouble ratio, Optional<Duration> idle) {
    public static final TransferLimits NONE = new TransferLimits(0, 0, 0, OptionalDouble.empty(), Optional.empty());

    /** @throws IllegalArgumentException if a value is negative, saying which */
    public TransferLimits {
        if (downRate < 0 || upRate < 0 || maxPeers < 0) {
            throw new IllegalArgumentException("a limit is 0 (none) or more");
        }
        if (ratio.isPresent() && !(ratio.getAsDouble() >= 0)) {
            throw new IllegalArgumentException("a ratio is 0 or more");
        }
        if (idle.isPresent() && idle.get().isNegative()) {
            throw new IllegalArgumentException("an idle time is 0 (never) or more");
        }
    }
}
