package net.shoal.tracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The peers of one swarm in one address family: by address and port, by age, and in a list to draw from. */
final class PeerTable {
    private final int capacity;
    private final int perSource;
    /** The one that has been silent for longest first. */
    private final Map<Key, Entry> byAge = new LinkedHashMap<>();

    private final List<Entry> all = new ArrayList<>();
    private final Map<Source, Integer> bySource = new HashMap<>();

    /** @param perSource how many ports one address may have */
    PeerTable(int capacity, int perSource) {
        this.capacity = capacity;
        this.perSource = perSource;
    }

    private record Key(java.net.InetAddress address, int port) {
        static Key of(Peer peer) {
            return new Key(peer.address(), peer.port());
        }
    }

    private static final class Entry {
        Peer peer;
        long expires;
        int index;

        Entry(Peer peer) {
            this.peer = peer;
        }
    }

    int size() {
        return all.size();
    }

    /** False if its address has too many peers here already. */
    boolean hasRoomFor(Peer peer) {
        return byAge.containsKey(Key.of(peer)) || bySource.getOrDefault(Source.of(peer.address()), 0) < perSource;
    }

    /** Adds or refreshes; whom it pushes out or replaces is returned. */
    Optional<Peer> put(Peer peer, long expires) {
        var known = byAge.remove(Key.of(peer));
        if (known != null) {
            var before = known.peer;
            known.peer = peer;
            known.expires = expires;
            byAge.put(Key.of(peer), known);
            return Optional.of(before);
        }
        var evicted = all.size() >= capacity ? Optional.of(removeOldest()) : Optional.<Peer>empty();
        var entry = new Entry(peer);
        entry.expires = expires;
        entry.index = all.size();
        all.add(entry);
        byAge.put(Key.of(peer), entry);
        bySource.merge(Source.of(peer.address()), 1, Integer::sum);
        return evicted;
    }

    Optional<Peer> remove(Peer peer) {
        var entry = byAge.remove(Key.of(peer));
        if (entry == null) {
            return Optional.empty();
        }
        forget(entry);
        return Optional.of(entry.peer);
    }

    private Peer removeOldest() {
        var oldest = byAge.entrySet().iterator();
        var entry = oldest.next().getValue();
        oldest.remove();
        forget(entry);
        return entry.peer;
    }

    private void forget(Entry entry) {
        var last = all.remove(all.size() - 1);
        if (last != entry) {
            all.set(entry.index, last);
            last.index = entry.index;
        }
        bySource.computeIfPresent(Source.of(entry.peer.address()), (source, count) -> count == 1 ? null : count - 1);
    }

    /** Those that have been silent for too long. */
    List<Peer> expire(long now) {
        var gone = new ArrayList<Peer>();
        while (!byAge.isEmpty() && byAge.values().iterator().next().expires <= now) {
            gone.add(removeOldest());
        }
        return gone;
    }

    /** Up to {@code count} of those that {@code fits}, drawn at random. */
    List<Peer> draw(int count, Predicate<Peer> fits, RandomGenerator random) {
        var drawn = new ArrayList<Peer>();
        for (int i = 0; i < all.size() && drawn.size() < count; i++) {
            swap(i, i + random.nextInt(all.size() - i));
            if (fits.test(all.get(i).peer)) {
                drawn.add(all.get(i).peer);
            }
        }
        return drawn;
    }

    private void swap(int i, int j) {
        var entry = all.get(i);
        all.set(i, all.get(j));
        all.set(j, entry);
        all.get(i).index = i;
        entry.index = j;
    }
}
