package net.shoal.ui.rest;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removals that can be taken back for a while. Until it is over nothing has happened: what the node does not get to, because it ends, is not
 * removed.
 */
final class Removals {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

    private final TransferEngine engine;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Map<Transfer, Pending> pending = new ConcurrentHashMap<>();

    private record Pending(long when, ScheduledFuture<?> task) {}

    Removals(TransferEngine engine, ScheduledExecutorService timer, Clock clock) {
        this.engine = engine;
        this.timer = timer;
        this.clock = clock;
    }

    /** At once. */
    CompletionStage<Void> remove(Transfer transfer, boolean deleteData) {
        var before = pending.remove(transfer);
        if (before != null) {
            before.task().cancel(false);
        }
        return engine.remove(transfer, deleteData);
    }

    /** @return when it will be gone, in milliseconds */
    long remove(Transfer transfer, boolean deleteData, Duration grace) {
        long when = clock.millis() + grace.toMillis();
        var now = new Pending(
                when, timer.schedule(() -> carryOut(transfer, deleteData), grace.toMillis(), TimeUnit.MILLISECONDS));
        var before = pending.put(transfer, now);
        if (before != null) {
            before.task().cancel(false);
        }
        return when;
    }

    /** False if it was too late, or never to be removed. */
    boolean restore(Transfer transfer) {
        var there = pending.remove(transfer);
        return there != null && there.task().cancel(false);
    }

    @Nullable
    Long when(Transfer transfer) {
        var there = pending.get(transfer);
        return there == null ? null : (Long) there.when();
    }

    private void carryOut(Transfer transfer, boolean deleteData) {
        engine.remove(transfer, deleteData).whenComplete((gone, failure) -> {
            pending.remove(transfer);
            if (failure != null) {
                LOG.warn("{} was not removed: {}", transfer.status().name(), failure.getMessage());
            }
        });
    }
}
