package net.shoal.library;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import net.shoal.api.library.History.Entry;
import net.shoal.api.library.History.Event;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferState;

/** The last things that happened; bounded. Safe for use from any thread. */
final class Events {
    static final int MOST = 2_000;
    /** Longer than all that a bulk action does takes; a clock that was put back by more is believed. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long changes;

    /** @param before the oldest first */
    Events(List<Entry> before) {
        before.forEach(this::add);
        changes = 0;
    }

    synchronized void add(Entry entry) {
        if (entries.size() >= MOST) {
            entries.removeFirst();
        }
        entries.addLast(moved(entry, momentOfItsOwn(entry.at())));
        changes++;
    }

    private static Entry moved(Entry entry, Instant at) {
        return new Entry(at, entry.event(), entry.id(), entry.name(), entry.size(), entry.path(), entry.message());
    }

    /** Whoever turns pages goes by milliseconds: of many at once, each is a little later than the one before. */
    private Instant momentOfItsOwn(Instant at) {
        var millis = at.truncatedTo(ChronoUnit.MILLIS);
        var last = entries.peekLast();
        boolean isTaken = last != null
                && !millis.isAfter(last.at())
                && Duration.between(millis, last.at()).compareTo(AT_ONCE) < 0;
        return isTaken ? last.at().plusMillis(1) : millis;
    }

    /** What of it is worth to be remembered. */
    static Optional<Entry> entry(TransferEvent event, Instant now) {
        var status = event.transfer().status();
        return what(event)
                .map(what -> new Entry(
                        now,
                        what == Event.ADDED && status.inPlace() ? Event.SHARED : what,
                        status.hashes().hex(),
                        status.name(),
                        status.total(),
                        status.path(),
                        what == Event.FAILED && status.state() instanceof TransferState.Failed failed
                                ? failed.reason()
                                : ""));
    }

    private static Optional<Event> what(TransferEvent event) {
        if (event instanceof TransferEvent.Added) {
            return Optional.of(Event.ADDED);
        }
        if (event instanceof TransferEvent.Completed) {
            return Optional.of(Event.COMPLETED);
        }
        if (event instanceof TransferEvent.Removed) {
            return Optional.of(Event.REMOVED);
        }
        boolean failed = event instanceof TransferEvent.StateChanged changed
                && changed.now() instanceof TransferState.Failed
                && !(changed.before() instanceof TransferState.Failed);
        return failed ? Optional.of(Event.FAILED) : Optional.empty();
    }

    /** The latest first. */
    synchronized List<Entry> latest(Instant before, int most) {
        var found = new ArrayList<Entry>();
        for (var each = entries.descendingIterator(); each.hasNext() && found.size() < most; ) {
            var entry = each.next();
            if (entry.at().isBefore(before)) {
                found.add(entry);
            }
        }
        return found;
    }

    synchronized void clear() {
        entries.clear();
        changes++;
    }

    /** The oldest first. */
    synchronized List<Entry> all() {
        return List.copyOf(entries);
    }

    /** How often it changed; two that are equal need no saving in between. */
    synchronized long changes() {
        return changes;
    }
}
