package net.shoal.ui.rpc.qbittorrent;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.model.InfoHashes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the seeding of transfers whose time is over: the engine knows ends by ratio and by idleness alone. Counts only where a program has set
 * such an end; what was counted since it was last kept is lost with a process that is killed, a few minutes.
 */
final class SeedingTimes {
    static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(SeedingTimes.class);

    private final Torrents torrents;
    private final Labels labels;
    private final Clock clock;
    private final LongSupplier nanoTime;
    /** Seconds that are not kept yet. */
    private final Map<Transfer, Long> counted = new HashMap<>();

    private long looked;
    private long kept;

    SeedingTimes(Torrents torrents, Labels labels, Clock clock, LongSupplier nanoTime) {
        this.torrents = torrents;
        this.labels = labels;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.looked = nanoTime.getAsLong();
        this.kept = looked;
    }

    /** How long it has seeded, in seconds; without an end, the time since it was complete. */
    synchronized long of(Transfer transfer, TransferStatus status) {
        var label = labels.of(transfer.hashes());
        return label.hasEnd() ? label.seededSeconds() + counted.getOrDefault(transfer, 0L) : sinceComplete(status);
    }

    private long sinceComplete(TransferStatus status) {
        return StateWord.isComplete(status)
                ? status.completed()
                        .map(at -> Math.max(
                                0, Duration.between(at, clock.instant()).toSeconds()))
                        .orElse(0L)
                : 0;
    }

    /** @param minutes as in {@link ShareLimits}; what it has seeded already counts */
    synchronized void end(Transfer transfer, long minutes) throws ApiException {
        long seeded = of(transfer, transfer.status());
        counted.remove(transfer);
        long end = Math.max(ShareLimits.FOR_ALL, minutes);
        labels.change(transfer.hashes(), label -> label.seeding(end, end < 0 ? 0 : seeded));
    }

    synchronized void look() throws ApiException {
        long now = nanoTime.getAsLong();
        // a machine that slept has not seeded
        long passed = Math.min(now - looked, 2 * LOOK.toNanos()) / 1_000_000_000L;
        looked = now;
        if (labels.book().labels().values().stream().noneMatch(Label::hasEnd)) {
            return;
        }
        for (var transfer : torrents.all()) {
            var label = labels.of(transfer.hashes());
            var status = transfer.status();
            if (label.hasEnd() && status.state() instanceof TransferState.Seeding) {
                counted.merge(transfer, passed, Long::sum);
                if (of(transfer, status) >= label.seedingMinutes() * 60) {
                    LOG.info("{} has seeded for {} minutes, as it was to", status.name(), label.seedingMinutes());
                    transfer.change(new TransferChange.Pause()).whenComplete((done, failure) -> {
                        if (failure != null) {
                            LOG.warn("{} is not paused: {}", status.name(), failure.getMessage());
                        }
                    });
                }
            }
        }
        if (now - kept > KEPT.toNanos()) {
            keep();
        }
    }

    synchronized void keep() throws ApiException {
        kept = nanoTime.getAsLong();
        var seconds = new HashMap<InfoHashes, Long>();
        counted.forEach((transfer, more) -> seconds.put(transfer.hashes(), more));
        labels.seeded(seconds);
        counted.clear();
    }
}
