package net.shoal.engine.swarm;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import net.shoal.base.model.PeerAddress;

/**
 * Every address of a swarm we have heard of, and when to dial it next. An address is idle (waits for its time), dialling or
 * connected, and dialled by one attempt at a time.
 */
final class PeerBook {
    /** As libtorrent bounds its list. */
    static final int MAX_ADDRESSES = 3_000;

    private static final int MAX_BANNED = 3_000;
    private static final int MAX_FAILURES = 12;
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_RETRY = SECOND;
    private static final long INBOUND_RETRY = 60 * SECOND;
    private static final long LONGEST_RETRY = 600 * SECOND;

    private final Map<PeerAddress, Entry> entries = new HashMap<>();
    /** Never dialled yet: they come before those that are to be tried again. */
    private final ArrayDeque<Entry> fresh = new ArrayDeque<>();

    private final PriorityQueue<Entry> retries = new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
    private final Set<Object> banned = new HashSet<>();

    private static final class Entry {
        final PeerAddress address;
        int failures;
        long due;
        boolean busy;

        Entry(PeerAddress address) {
            this.address = address;
        }
    }

    int size() {
        return entries.size();
    }

    /** @return false if it is known, banned, or one too many */
    boolean add(PeerAddress address) {
        if (entries.containsKey(address) || isBanned(address) || isFull()) {
            return false;
        }
        var entry = new Entry(address);
        entries.put(address, entry);
        fresh.add(entry);
        return true;
    }

    /** It is connected to us by a connection of its own: dialled later, should we lose it. */
    void addConnected(PeerAddress address, long now) {
        if (!entries.containsKey(address) && !isBanned(address) && !isFull()) {
            var entry = new Entry(address);
            entries.put(address, entry);
            retryAt(entry, now + INBOUND_RETRY);
        }
    }

    /** A user named it: it is tried now, whatever happened before. */
    void addFirst(PeerAddress address) {
        if (isBanned(address)) {
            return;
        }
        var entry = entries.computeIfAbsent(address, Entry::new);
        if (!entry.busy) {
            fresh.remove(entry);
            retries.remove(entry);
            entry.failures = 0;
            fresh.addFirst(entry);
        }
    }

    private boolean isFull() {
        if (entries.size() < MAX_ADDRESSES) {
            return false;
        }
        var worst = retries.stream().max((a, b) -> Integer.compare(a.failures, b.failures));
        if (worst.isEmpty() || worst.get().failures == 0) {
            return true;
        }
        retries.remove(worst.get());
        entries.remove(worst.get().address);
        return false;
    }

    /** The address to dial now, if one is due; it is busy until {@link #failed} or {@link #closed}. */
    Optional<PeerAddress> next(long now) {
        var entry = fresh.poll();
        if (entry == null) {
            var first = retries.peek();
            if (first == null || first.due - now > 0) {
                return Optional.empty();
            }
            entry = retries.remove();
        }
        entry.busy = true;
        return Optional.of(entry.address);
    }

    /** How often it failed since it was last connected. */
    int failures(PeerAddress address) {
        var entry = entries.get(address);
        return entry == null ? 0 : entry.failures;
    }

    void failed(PeerAddress address, long now) {
        var entry = entries.get(address);
        if (entry == null || !entry.busy) {
            return;
        }
        entry.busy = false;
        if (++entry.failures >= MAX_FAILURES) {
            entries.remove(address);
        } else {
            retryAt(entry, now + Math.min(LONGEST_RETRY, FIRST_RETRY << (entry.failures - 1)));
        }
    }

    /**
     * The connection is over.
     *
     * @param delayNanos until it is worth while to dial again
     */
    void closed(PeerAddress address, long now, long delayNanos) {
        var entry = entries.get(address);
        if (entry != null && entry.busy) {
            entry.busy = false;
            entry.failures = 0;
            retryAt(entry, now + delayNanos);
        }
    }

    private void retryAt(Entry entry, long due) {
        entry.due = due;
        retries.add(entry);
    }

    /** Never again, from whatever port (but for this machine itself, where everyone has the same address). */
    void ban(PeerAddress address) {
        if (banned.size() < MAX_BANNED) {
            banned.add(host(address));
        }
        var entry = entries.remove(address);
        if (entry != null) {
            fresh.remove(entry);
            retries.remove(entry);
        }
    }

    boolean isBanned(PeerAddress address) {
        return banned.contains(host(address));
    }

    private static Object host(PeerAddress address) {
        return address.inet()
                .map(InetSocketAddress::getAddress)
                .filter(host -> !host.isLoopbackAddress())
                .<Object>map(host -> host)
                .orElse(address);
    }
}
