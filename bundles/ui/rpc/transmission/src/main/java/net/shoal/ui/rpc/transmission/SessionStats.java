package net.shoal.ui.rpc.transmission;

import java.util.Map;
import java.util.function.LongSupplier;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;

/** {@code session-stats}: of the transfers there are; what was removed counts no longer. */
final class SessionStats {
    private final TransferEngine engine;
    private final LongSupplier upSeconds;
    private final long uploadedBefore;
    private final long downloadedBefore;

    /** @param upSeconds how long this run of the node has lasted */
    SessionStats(TransferEngine engine, LongSupplier upSeconds) {
        this.engine = engine;
        this.upSeconds = upSeconds;
        this.uploadedBefore = sum(TransferStatus::uploaded);
        this.downloadedBefore = sum(TransferStatus::downloaded);
    }

    /** A number of each. */
    private interface Part {
        long of(TransferStatus status);
    }

    private long sum(Part part) {
        return engine.list().stream()
                .mapToLong(transfer -> part.of(transfer.status()))
                .sum();
    }

    Map<String, ?> answer() {
        long count = engine.list().size();
        long paused = sum(status -> isAtRest(status.state()) ? 1 : 0);
        long uploaded = sum(TransferStatus::uploaded);
        long downloaded = sum(TransferStatus::downloaded);
        return Map.of(
                "torrentCount",
                count,
                "pausedTorrentCount",
                paused,
                "activeTorrentCount",
                Math.max(0, count - paused),
                "downloadSpeed",
                sum(TransferStatus::downRate),
                "uploadSpeed",
                sum(TransferStatus::upRate),
                "cumulative-stats",
                stats(uploaded, downloaded, count),
                "current-stats",
                stats(Math.max(0, uploaded - uploadedBefore), Math.max(0, downloaded - downloadedBefore), count));
    }

    private static boolean isAtRest(TransferState state) {
        return state instanceof TransferState.Paused || state instanceof TransferState.Failed;
    }

    /** How often the node was started before is not kept. */
    private Map<String, ?> stats(long uploaded, long downloaded, long count) {
        return Map.of(
                "uploadedBytes", uploaded,
                "downloadedBytes", downloaded,
                "filesAdded", count,
                "sessionCount", 1L,
                "secondsActive", upSeconds.getAsLong());
    }
}
