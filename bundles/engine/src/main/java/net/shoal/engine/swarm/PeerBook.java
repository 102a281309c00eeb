package net.shoal.engine.swarm;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.ToLongFunction;
import net.shoal.base.model.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Every address of a swarm we have heard of, and when to dial it next. An address is idle (waits for its time), dialling or
 * connected, and dialled by one attempt at a time.
 *
 * <p>First come those that a user named; then those that we were connected to before; then new ones, in turn what trackers and the
 * like say and what peers say, so that no crowd of peers can keep us from the rest; last what has failed before.
 */
final class PeerBook {
    /** As libtorrent bounds its list. */
    static final int MAX_ADDRESSES = 3_000;

    private static final int MAX_BANNED = 3_000;
    private static final int MAX_FAILURES = 12;
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_RETRY = SECOND;
    private static final long LONGEST_RETRY = 600 * SECOND;
    /** Who was there once may be restarting: for some minutes it is tried more often, and it is not forgotten so soon. */
    private static final long PATIENT_RETRY = 10 * SECOND;

    private static final int PATIENT_FAILURES = 24;
    private static final int MAX_FAILURES_OF_PROVEN = PATIENT_FAILURES + MAX_FAILURES;

    private final ToLongFunction<PeerAddress> priority;
    private final Map<PeerAddress, Entry> entries = new HashMap<>();
    private final ArrayDeque<Entry> named = new ArrayDeque<>();
    private PriorityQueue<Entry> announced = new PriorityQueue<>(Entry.FIRST);
    private final Hearsay hearsay = new Hearsay();
    private final PriorityQueue<Entry> proven = new PriorityQueue<>(Entry.DUE);
    private final PriorityQueue<Entry> others = new PriorityQueue<>(Entry.DUE);
    private final Set<Object> banned = new HashSet<>();
    private boolean hearsayNext;
    private long added;

    /** Who told of an address; the later, the more that counts. */
    enum Origin {
        PEER,
        DISCOVERY,
        TRACKER,
        USER
    }

    /** One address. */
    static final class Entry {
        /** Of high priority, and then the older, first. */
        static final Comparator<Entry> FIRST =
                Comparator.<Entry>comparingLong(entry -> -entry.priority).thenComparing(entry -> entry.number);

        static final Comparator<Entry> DUE = (a, b) -> Long.compare(a.due, b.due);

        final PeerAddress address;
        final long number;
        Origin origin;
        /** The peer that named it first; null for what others named, and once we were connected to it. */
        @Nullable
        Object source;

        long priority;
        int failures;
        long due;
        boolean busy;
        /** We were connected to it once. */
        boolean proven;
        /** It was of no use at the time. */
        boolean redundant;

        Entry(PeerAddress address, Origin origin, long number) {
            this.address = address;
            this.origin = origin;
            this.number = number;
        }
    }

    /** @param priority the greater is dialled first */
    PeerBook(ToLongFunction<PeerAddress> priority) {
        this.priority = priority;
    }

    int size() {
        return entries.size();
    }

    /** @return false if it is known, banned, or one too many */
    boolean add(PeerAddress address, Origin origin) {
        var there = entries.get(address);
        if (there != null) {
            promote(there, origin);
            return false;
        }
        if (isBanned(address) || isFull()) {
            return false;
        }
        announced.add(enter(address, origin));
        return true;
    }

    /** A peer has named it; each may name so many. */
    boolean addHearsay(PeerAddress address, Object source) {
        if (entries.containsKey(address)
                || isBanned(address)
                || entries.size() >= MAX_ADDRESSES
                || !hearsay.admits(source, host(address))) {
            return false;
        }
        var entry = enter(address, Origin.PEER);
        entry.source = source;
        hearsay.add(entry);
        return true;
    }

    private Entry enter(PeerAddress address, Origin origin) {
        var entry = new Entry(address, origin, added++);
        entry.priority = priority.applyAsLong(address);
        entries.put(address, entry);
        return entry;
    }

    private void promote(Entry entry, Origin origin) {
        if (origin.compareTo(entry.origin) <= 0) {
            return;
        }
        boolean waited = hearsay.remove(entry);
        hearsay.gone(entry);
        entry.origin = origin;
        entry.source = null;
        if (waited) {
            announced.add(entry);
        }
    }

    /** A user named it: it is tried now, whatever happened before. */
    void addFirst(PeerAddress address) {
        if (isBanned(address)) {
            return;
        }
        var entry = entries.get(address);
        if (entry == null) {
            entry = enter(address, Origin.USER);
        }
        if (!entry.busy) {
            takeOffQueues(entry);
            entry.failures = 0;
            named.addFirst(entry);
        }
        promote(entry, Origin.USER);
    }

    /** It is connected to us by a connection of its own: to be dialled once that is {@link #closed}. */
    void connectedFrom(PeerAddress address) {
        var entry = entries.get(address);
        if (entry == null && !isBanned(address) && !isFull()) {
            entry = enter(address, Origin.DISCOVERY);
        }
        if (entry != null) {
            takeOffQueues(entry);
            entry.source = null;
            entry.busy = true;
        }
    }

    /** Makes room if there is something that nobody will miss. */
    private boolean isFull() {
        if (entries.size() < MAX_ADDRESSES) {
            return false;
        }
        var worst = others.stream()
                .filter(entry -> entry.failures > 0)
                .max(Comparator.comparingInt(entry -> entry.failures));
        var victim = worst.isPresent() ? worst.get() : hearsay.last();
        if (victim == null) {
            return true;
        }
        forget(victim);
        return false;
    }

    private void forget(Entry entry) {
        takeOffQueues(entry);
        hearsay.gone(entry);
        entries.remove(entry.address);
    }

    private void takeOffQueues(Entry entry) {
        named.remove(entry);
        announced.remove(entry);
        hearsay.remove(entry);
        proven.remove(entry);
        others.remove(entry);
    }

    /** Nanoseconds until an address is due: 0 if one is, {@link Long#MAX_VALUE} if none will be. */
    long dueIn(long now) {
        if (!named.isEmpty() || !announced.isEmpty() || !hearsay.isEmpty()) {
            return 0;
        }
        return Math.min(dueIn(proven, now), dueIn(others, now));
    }

    private static long dueIn(PriorityQueue<Entry> queue, long now) {
        var first = queue.peek();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.due - now);
    }

    /** The address to dial now, if one is due; it is busy until {@link #failed} or {@link #closed}. */
    Optional<PeerAddress> next(long now) {
        var entry = named.poll();
        if (entry == null) {
            entry = due(proven, now);
        }
        if (entry == null) {
            entry = fresh();
        }
        if (entry == null) {
            entry = due(others, now);
        }
        if (entry == null) {
            return Optional.empty();
        }
        entry.busy = true;
        return Optional.of(entry.address);
    }

    private static @Nullable Entry due(PriorityQueue<Entry> queue, long now) {
        var first = queue.peek();
        return first == null || first.due - now > 0 ? null : queue.poll();
    }

    private @Nullable Entry fresh() {
        boolean fromPeers = hearsayNext;
        hearsayNext = !hearsayNext;
        var entry = fromPeers ? hearsay.poll() : announced.poll();
        if (entry == null) {
            entry = fromPeers ? announced.poll() : hearsay.poll();
        }
        return entry;
    }

    /** How often it failed since it was last connected. */
    int failures(PeerAddress address) {
        var entry = entries.get(address);
        return entry == null ? 0 : entry.failures;
    }

    Optional<Origin> originOf(PeerAddress address) {
        return Optional.ofNullable(entries.get(address)).map(entry -> entry.origin);
    }

    /** We are connected to it. */
    void reached(PeerAddress address) {
        var entry = entries.get(address);
        if (entry != null) {
            entry.proven = true;
            hearsay.reached(entry);
            entry.source = null;
        }
    }

    void failed(PeerAddress address, long now) {
        var entry = entries.get(address);
        if (entry == null || !entry.busy) {
            return;
        }
        entry.busy = false;
        hearsay.failed(entry);
        if (++entry.failures >= (entry.proven ? MAX_FAILURES_OF_PROVEN : MAX_FAILURES)) {
            forget(entry);
        } else {
            long most = entry.proven && entry.failures <= PATIENT_FAILURES ? PATIENT_RETRY : LONGEST_RETRY;
            retryAt(entry, now + Math.min(most, FIRST_RETRY << (entry.failures - 1)));
        }
    }

    /**
     * The connection is over.
     *
     * @param delayNanos until it is worth while to dial again
     * @param redundant it was of no use, which may change
     */
    void closed(PeerAddress address, long now, long delayNanos, boolean redundant) {
        var entry = entries.get(address);
        if (entry != null && entry.busy) {
            entry.busy = false;
            entry.failures = 0;
            entry.redundant = redundant;
            retryAt(entry, now + delayNanos);
        }
    }

    private void retryAt(Entry entry, long due) {
        entry.due = due;
        (entry.proven ? proven : others).add(entry);
    }

    /** Those that were of no use may be of use now. */
    void wakeRedundant(long now) {
        for (var entry : List.copyOf(entries.values())) {
            if (entry.redundant && !entry.busy) {
                takeOffQueues(entry);
                entry.redundant = false;
                retryAt(entry, now);
            }
        }
    }

    /** What could not be reached may be there now: nothing that failed before counts any more. */
    void wakeAll(long now) {
        for (var queue : List.of(proven, others)) {
            for (var entry : List.copyOf(queue)) {
                entry.failures = 0;
                entry.due = entry.redundant ? entry.due : now;
            }
            var all = List.copyOf(queue);
            queue.clear();
            queue.addAll(all);
        }
    }

    /** The priorities are others now. */
    void reorder() {
        entries.values().forEach(entry -> entry.priority = priority.applyAsLong(entry.address));
        var again = new PriorityQueue<>(Entry.FIRST);
        again.addAll(announced);
        announced = again;
        hearsay.reorder();
    }

    /** Forgets all that others told of. */
    void keepOnly(Origin origin) {
        for (var entry : List.copyOf(entries.values())) {
            if (entry.origin != origin) {
                forget(entry);
            }
        }
    }

    void clear() {
        List.copyOf(entries.values()).forEach(this::forget);
    }

    /** Never again, from whatever port (but for this machine itself, where everyone has the same address). */
    void ban(PeerAddress address) {
        if (banned.size() < MAX_BANNED) {
            banned.add(host(address));
        }
        var entry = entries.get(address);
        if (entry != null) {
            forget(entry);
        }
    }

    boolean isBanned(PeerAddress address) {
        return banned.contains(host(address));
    }

    /** What stands for a host: its IP address, or the whole address where one host has many peers. */
    static Object host(PeerAddress address) {
        return address.inet()
                .map(InetSocketAddress::getAddress)
                .filter(host -> !host.isLoopbackAddress())
                .<Object>map(host -> host)
                .orElse(address);
    }
}
