package net.shoal.tracker;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many requests a second of one source, with some saved up: a token bucket for each, for as many sources as are remembered. */
final class RateLimit {
    /** Seconds of requests that may come at once: a client that starts with many torrents. */
    private static final int BURST_SECONDS = 10;

    private static final int MAX_SOURCES = 20_000;

    private final int perSecond;
    private final LinkedHashMap<Source, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    private static final class Bucket {
        double tokens;
        long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }
    }

    /** @param now milliseconds */
    boolean permits(InetAddress address, long now) {
        double full = (double) perSecond * BURST_SECONDS;
        var bucket = buckets.computeIfAbsent(Source.of(address), source -> new Bucket(full, now));
        bucket.tokens = Math.min(full, bucket.tokens + Math.max(0, now - bucket.at) * perSecond / 1_000.0);
        bucket.at = now;
        forgetSome();
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    /** Whoever asked least recently has a full bucket again, or nearly so. */
    private void forgetSome() {
        if (buckets.size() > MAX_SOURCES) {
            Map.Entry<Source, Bucket> eldest = buckets.entrySet().iterator().next();
            buckets.remove(eldest.getKey());
        }
    }
}
