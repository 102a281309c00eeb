package net.shoal.library;

import java.time.Instant;
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
        entries.addLast(entry);
        changes++;
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
