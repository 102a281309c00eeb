package net.shoal.ui.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens that sign in one browser each, once. Bounded: the oldest makes room. Safe for use from any thread. */
final class OneTimeTokens {
    static final Duration LIFE = Duration.ofHours(24);
    private static final int MOST = 20;

    private final Secrets secrets;
    private final Clock clock;
    /** When each was made, by its mark; the oldest first. */
    private final Map<String, Instant> made = new LinkedHashMap<>();

    OneTimeTokens(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    synchronized String next() {
        if (made.size() >= MOST) {
            made.remove(made.keySet().iterator().next());
        }
        var token = secrets.next();
        made.put(Secrets.mark(token), clock.instant());
        return token;
    }

    /** True for a token that was made here, is not too old and was not used before; it is used now. */
    synchronized boolean use(String token) {
        var then = made.remove(Secrets.mark(token));
        return then != null && clock.instant().isBefore(then.plus(LIFE));
    }
}
