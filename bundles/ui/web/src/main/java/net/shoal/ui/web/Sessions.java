package net.shoal.ui.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who is signed in. Bounded: the one that was not used for longest makes room. Safe for use from any thread. */
final class Sessions {
    /** No session lives longer, however much it is used. */
    static final Duration LONGEST = Duration.ofDays(30);

    private static final int MOST = 100;

    private final Secrets secrets;
    private final Clock clock;
    private final Map<String, Session> open = new HashMap<>();
    private Duration idle;

    /** @param idle how long one stays open that is not used */
    Sessions(Secrets secrets, Clock clock, Duration idle) {
        this.secrets = secrets;
        this.clock = clock;
        this.idle = idle;
    }

    private record Session(Instant opened, Instant used) {
        Instant end(Duration idle) {
            var unused = used.plus(idle);
            var oldest = opened.plus(LONGEST);
            return unused.isBefore(oldest) ? unused : oldest;
        }
    }

    synchronized void idle(Duration now) {
        idle = now;
    }

    /** The secret that opens it. */
    synchronized String open() {
        forgetOld();
        if (open.size() >= MOST) {
            open.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().used()))
                    .map(Map.Entry::getKey)
                    .ifPresent(open::remove);
        }
        var secret = secrets.next();
        var now = clock.instant();
        open.put(Secrets.mark(secret), new Session(now, now));
        return secret;
    }

    /** Until when it is open, if it is; used now. */
    synchronized Optional<Instant> use(String secret) {
        var mark = Secrets.mark(secret);
        var session = open.get(mark);
        var now = clock.instant();
        if (session == null || !now.isBefore(session.end(idle))) {
            open.remove(mark);
            return Optional.empty();
        }
        var used = new Session(session.opened(), now);
        open.put(mark, used);
        return Optional.of(used.end(idle));
    }

    synchronized void close(String secret) {
        open.remove(Secrets.mark(secret));
    }

    synchronized int size() {
        return open.size();
    }

    private void forgetOld() {
        var now = clock.instant();
        open.values().removeIf(session -> !now.isBefore(session.end(idle)));
    }
}
