package net.shoal.engine.swarm;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import net.shoal.engine.swarm.PeerBook.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that peers have named and that we have never been connected to. A peer may be wrong about them, or lie: each has a list of its own
 * that is bounded, the lists take turns, and of a peer whose addresses lead nowhere no more are taken.
 */
final class Hearsay {
    /** Of one peer, dialled or not. */
    static final int MAX_OF_ONE = 100;

    static final int MAX = 1_000;
    /** Failed dials after which a peer that has never been right is not believed any more. */
    static final int DEAD_ENDS = 50;

    private static final int MAX_SOURCES = 500;

    /** In the order of their turns. */
    private final Map<Object, Source> sources = new LinkedHashMap<>();

    private int size;

    private static final class Source {
        PriorityQueue<Entry> waiting = new PriorityQueue<>(Entry.FIRST);
        /** Of all that it named and that we know still. */
        final Set<Object> hosts = new HashSet<>();

        int deadEnds;
        boolean wasRight;
    }

    /** @param host two ports of one host count as one peer (BEP 11) */
    boolean admits(Object by, Object host) {
        var source = sources.get(by);
        if (source == null) {
            return size < MAX && (sources.size() < MAX_SOURCES || forgetOne());
        }
        return size < MAX
                && source.hosts.size() < MAX_OF_ONE
                && !source.hosts.contains(host)
                && (source.wasRight || source.deadEnds < DEAD_ENDS);
    }

    private boolean forgetOne() {
        return sources.values()
                .remove(sources.values().stream()
                        .filter(source -> source.hosts.isEmpty())
                        .findFirst()
                        .orElse(null));
    }

    void add(Entry entry) {
        var source = sources.computeIfAbsent(by(entry), any -> new Source());
        source.waiting.add(entry);
        source.hosts.add(PeerBook.host(entry.address));
        size++;
    }

    boolean isEmpty() {
        for (var source : sources.values()) {
            if (!source.waiting.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The best one of the peer whose turn it is. */
    @Nullable
    Entry poll() {
        for (var turn : sources.entrySet()) {
            var entry = turn.getValue().waiting.poll();
            if (entry != null) {
                var source = sources.remove(turn.getKey());
                sources.put(turn.getKey(), source);
                return entry;
            }
        }
        return null;
    }

    /** One of the longest list. */
    @Nullable
    Entry last() {
        Source longest = null;
        for (var source : sources.values()) {
            if (longest == null || source.waiting.size() > longest.waiting.size()) {
                longest = source;
            }
        }
        return longest == null
                ? null
                : longest.waiting.stream().max(Entry.FIRST).orElse(null);
    }

    void reorder() {
        for (var source : sources.values()) {
            var again = new PriorityQueue<>(Entry.FIRST);
            again.addAll(source.waiting);
            source.waiting = again;
        }
    }

    /** Takes it off the list. @return true if it waited there */
    boolean remove(Entry entry) {
        var source = of(entry);
        boolean waited = source != null && source.waiting.remove(entry);
        if (waited) {
            gone(entry);
        }
        return waited;
    }

    void reached(Entry entry) {
        var source = of(entry);
        if (source != null) {
            source.wasRight = true;
            gone(entry);
        }
    }

    void failed(Entry entry) {
        var source = of(entry);
        if (source != null && entry.failures == 0) {
            source.deadEnds++;
        }
    }

    /** It does not count against who named it any more. */
    void gone(Entry entry) {
        var source = of(entry);
        if (source != null && source.hosts.remove(PeerBook.host(entry.address))) {
            size--;
        }
    }

    private @Nullable Source of(Entry entry) {
        return entry.source == null ? null : sources.get(entry.source);
    }

    private static Object by(Entry entry) {
        if (entry.source == null) {
            throw new IllegalArgumentException("nobody named " + entry.address);
        }
        return entry.source;
    }
}
