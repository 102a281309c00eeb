package net.shoal.discovery.tracker;

import java.util.Optional;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;

/**
 * One tracker of one transfer, to be shown. A value: it may leave the event loop.
 *
 * @param url without passkeys
 * @param authority host and port
 * @param next when it is asked again, in milliseconds of the plan's clock
 */
record TrackerView(
        String url, String authority, PlannedTracker.Health health, String message, boolean isAsking, long next) {
    DiscoveryStatus status(long now) {
        return new DiscoveryStatus(TrackerDiscovery.NAME, url, message, nextInWords(now));
    }

    private Optional<String> nextInWords(long now) {
        if (isAsking) {
            return Optional.of("now");
        }
        long seconds = Math.max(0, next - now) / Pace.SECOND;
        return Optional.of(seconds < 120 ? "in " + seconds + " s" : "in " + seconds / 60 + " min");
    }
}
