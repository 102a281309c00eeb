package net.shoal.engine.source;

import java.net.URI;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import org.jspecify.annotations.Nullable;

/**
 * One URL that content can be had from, and how it went so far:
 *
 * <pre>
 *   waiting until a time ⇄ open, or off for good
 * </pre>
 */
final class Place {
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_RETRY = 10 * SECOND;
    private static final long LONGEST_RETRY = 3_600 * SECOND;

    final URI url;
    /** Files that cannot be had there. */
    final BitSet missing = new BitSet();

    private @Nullable ContentSource source;
    private @Nullable SourceLink link;
    private boolean off;
    private long again;
    private int failures;
    private long bytes;
    private long bytesAtOpening;
    private String word = "not asked yet";

    Place(URI url, long now) {
        this.url = url;
        this.again = now;
    }

    boolean isOpen() {
        return link != null;
    }

    boolean isDue(long now) {
        return link == null && !off && now - again >= 0;
    }

    void opened(ContentSource by, SourceLink made) {
        source = by;
        link = made;
        bytesAtOpening = bytes;
    }

    /** True if it is this source's link that is open. */
    boolean isBy(ContentSource which) {
        return link != null && source == which;
    }

    void received(int count) {
        bytes += count;
        failures = 0;
    }

    /** The swarm has ended it: for now there is nothing to fetch. */
    void ended(String reason, long now) {
        link = null;
        word = bytes > bytesAtOpening ? "ended: " + reason : reason;
        again = now + FIRST_RETRY;
    }

    /** For good. */
    void off(String reason) {
        link = null;
        off = true;
        word = reason;
    }

    void failed(SourceException failure, int file, long now) {
        link = null;
        word = failure.reason();
        switch (failure.kind()) {
            case NEVER -> off = true;
            case NOT_THIS_FILE -> {
                missing.set(Math.max(0, file));
                again = now;
            }
            case NOT_NOW ->
                again = now
                        + failure.again()
                                .map(delay -> Math.min(LONGEST_RETRY, delay.toNanos()))
                                .orElseGet(() -> Math.min(LONGEST_RETRY, FIRST_RETRY << Math.min(10, failures)));
        }
        failures++;
    }

    void close(String reason) {
        if (link != null) {
            link.close(reason);
        }
    }

    /** @param kind what its source calls itself */
    DiscoveryStatus status(String kind, long now) {
        var got = bytes == 0 ? "" : String.format(Locale.ROOT, "%.1f MiB fetched", bytes / 1048576.0);
        String message;
        if (link != null) {
            message = got.isEmpty() ? "open" : got;
        } else {
            message = got.isEmpty() ? word : word + "; " + got;
        }
        Optional<String> next = link != null || off || again - now <= 0
                ? Optional.empty()
                : Optional.of("in " + (again - now + SECOND - 1) / SECOND + " s");
        return new DiscoveryStatus(kind, shown(), message, next);
    }

    /** What may be a secret is left out. */
    private String shown() {
        var base = url.getScheme() + ":" + new SourceEndpoint(url);
        return url.getRawPath() == null || url.getRawPath().length() <= 1 ? base + "/" : base + "/…";
    }
}
