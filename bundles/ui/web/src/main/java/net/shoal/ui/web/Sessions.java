package net.shoal.ui.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in, also after the node was restarted. Bounded: the one that was not used for longest makes room. Safe for use from any
 * thread.
 */
final class Sessions {
    /** No session lives longer, however much it is used. */
    static final Duration LONGEST = Duration.ofDays(30);

    private static final int MOST = 100;
    /** That a session is used is kept so often, for the next run to know. */
    private static final Duration KEPT_EVERY = Duration.ofMinutes(10);

    private final Secrets secrets;
    private final Clock clock;
    private final SessionsFile file;
    /** By their marks. */
    private final Map<String, Session> open;

    private Duration idle;
    private Instant kept = Instant.EPOCH;

    /** @param idle how long one stays open that is not used */
    Sessions(Secrets secrets, Clock clock, Duration idle, SessionsFile file) {
        this.secrets = secrets;
        this.clock = clock;
        this.idle = idle;
        this.file = file;
        this.open = new HashMap<>(file.read());
        // a clock that was wrong then makes nobody's session longer
        var now = clock.instant();
        open.values().removeIf(session -> session.used().isAfter(now.plus(KEPT_EVERY)));
    }

    record Session(Instant opened, Instant used) {
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
        keep();
        return secret;
    }

    /** Until when it is open, if it is; used now. */
    synchronized Optional<Instant> use(String secret) {
        var mark = Secrets.mark(secret);
        var session = open.get(mark);
        var now = clock.instant();
        if (session == null || !now.isBefore(session.end(idle))) {
            if (open.remove(mark) != null) {
                keep();
            }
            return Optional.empty();
        }
        var used = new Session(session.opened(), now);
        open.put(mark, used);
        if (!now.isBefore(kept.plus(KEPT_EVERY))) {
            keep();
        }
        return Optional.of(used.end(idle));
    }

    synchronized void close(String secret) {
        if (open.remove(Secrets.mark(secret)) != null) {
            keep();
        }
    }

    /** Ends all, but for one that is to stay. */
    synchronized void closeAll(Optional<String> but) {
        var staying = but.map(Secrets::mark);
        open.keySet().removeIf(mark -> staying.isEmpty() || !mark.equals(staying.get()));
        keep();
    }

    private void keep() {
        forgetOld();
        kept = clock.instant();
        file.write(open);
    }

    synchronized int size() {
        return open.size();
    }

    private void forgetOld() {
        var now = clock.instant();
        open.values().removeIf(session -> !now.isBefore(session.end(idle)));
    }
}
