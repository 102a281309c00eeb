package net.shoal.engine.transfer;

import java.time.Duration;
import java.util.Optional;
import net.shoal.api.transfer.TransferState.Paused.Why;
import net.shoal.api.transfer.TransferStatus;

/**
 * When a transfer has seeded enough. Its own limits come first; the node's hold for downloads only, since what is shared is there to be
 * fetched. A user who resumes what has stopped so has it seed on until its limits are set anew. Time is counted while it seeds, so that
 * neither a node that was off nor a clock that was set ends anything.
 */
final class SeedLimits {
    /** Longer between two looks it did not seed. Nanoseconds. */
    private static final long MAX_STEP = 5_000_000_000L;

    private final TransferFacts facts;
    private long uploaded = -1;
    private long last;

    SeedLimits(TransferFacts facts) {
        this.facts = facts;
    }

    /**
     * To be asked about once a second while it seeds.
     *
     * @param now nanoseconds
     */
    Optional<Why> reached(TransferStatus status, TransferSettings settings, long now) {
        count(status, now);
        if (facts.seedsOn) {
            return Optional.empty();
        }
        boolean byNode = !facts.isSharedInPlace();
        double ratio = facts.limits.ratio().orElse(byNode && settings.seedRatio() > 0 ? settings.seedRatio() : -1);
        if (ratio >= 0 && status.ratio() >= ratio) {
            return Optional.of(Why.RATIO);
        }
        var idle = facts.limits.idle().orElse(byNode ? settings.seedIdle() : Duration.ZERO);
        return !idle.isZero() && facts.idle.compareTo(idle) >= 0 ? Optional.of(Why.IDLE) : Optional.empty();
    }

    private void count(TransferStatus status, long now) {
        if (status.uploaded() > uploaded) {
            // the first time it is not known whether there was any
            facts.idle = uploaded < 0 ? facts.idle : Duration.ZERO;
            uploaded = status.uploaded();
        } else {
            facts.idle = facts.idle.plusNanos(Math.min(now - last, MAX_STEP));
        }
        last = now;
    }
}
