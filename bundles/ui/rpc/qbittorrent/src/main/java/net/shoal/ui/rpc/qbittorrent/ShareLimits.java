package net.shoal.ui.rpc.qbittorrent;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.TransferLimits;

/** How long a transfer seeds, between numbers of qBittorrent and ours: -2 is what holds for all, -1 is no end. */
final class ShareLimits {
    static final long FOR_ALL = -2;
    static final long NEVER = -1;

    private static final long LONGEST_MINUTES = Duration.ofDays(3_650).toMinutes();

    private ShareLimits() {}

    static double ratio(TransferLimits limits) {
        if (limits.ratio().isEmpty()) {
            return FOR_ALL;
        }
        double ratio = limits.ratio().getAsDouble();
        return Double.isInfinite(ratio) ? NEVER : ratio;
    }

    static OptionalDouble ratio(double given) {
        if (given <= FOR_ALL) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(given < 0 ? Double.POSITIVE_INFINITY : given);
    }

    /** In minutes. */
    static long idle(TransferLimits limits) {
        return limits.idle()
                .map(idle -> idle.isZero() ? NEVER : idle.toMinutes())
                .orElse(FOR_ALL);
    }

    /** None at all is a second: no time means never, to us. */
    static Optional<Duration> idle(long minutes) {
        if (minutes <= FOR_ALL) {
            return Optional.empty();
        }
        if (minutes < 0) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(
                minutes == 0 ? Duration.ofSeconds(1) : Duration.ofMinutes(Math.min(minutes, LONGEST_MINUTES)));
    }

    /** Bytes a second as qBittorrent tells them. */
    static long rate(long ours) {
        return ours == 0 ? NEVER : ours;
    }

    static long ourRate(long given) {
        return Math.max(0, given);
    }
}
