package net.shoal.discovery.lsd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.shoal.base.model.Sha1Hash;

/**
 * What is announced when. A swarm that is new, or is to be told at a place that is new, is announced at once and once more soon after, since a
 * datagram may be lost; many of them at once are spread out. From then on one packet a minute tells of those whose announcement is five
 * minutes old or more (BEP 14). Times in milliseconds that only go forward. Confined to one thread.
 */
final class AnnouncePlan {
    static final long REPEAT = 2_000;
    static final long INTERVAL = 300_000;
    static final long BETWEEN = 60_000;
    /** Packets about new swarms that may leave at once, and the time after which there may be one more. */
    static final int BURST = 10;

    static final long REFILL = 500;
    private static final int TWICE = 2;

    private final Map<Sha1Hash, Entry> entries = new LinkedHashMap<>();
    private double allowance = BURST;
    private long refilled;
    private long regular;

    /** @param now the time */
    AnnouncePlan(long now) {
        refilled = now;
        regular = now - BETWEEN;
    }

    private static final class Entry {
        private final Sha1Hash hash;
        private final int port;
        private int times;
        private long last;

        Entry(Sha1Hash hash, int port) {
            this.hash = hash;
            this.port = port;
        }
    }

    /** What one packet tells. */
    record Packet(int port, List<Sha1Hash> hashes) {}

    void add(Sha1Hash hash, int port) {
        entries.put(hash, new Entry(hash, port));
    }

    void remove(Sha1Hash hash) {
        entries.remove(hash);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Somewhere nothing has been said yet. */
    void startAnew() {
        entries.values().forEach(entry -> entry.times = 0);
    }

    /** What is to be said now; the caller says it. */
    List<Packet> due(long now) {
        allowance = Math.min(BURST, allowance + (double) (now - refilled) / REFILL);
        refilled = now;
        var packets = new ArrayList<Packet>();
        while (allowance >= 1) {
            var fresh = take(entry -> entry.times == 0 || isRepeated(entry, now), now);
            if (fresh.hashes().isEmpty()) {
                break;
            }
            allowance--;
            packets.add(fresh);
        }
        if (packets.isEmpty() && now - regular >= BETWEEN) {
            var old = take(entry -> entry.times >= TWICE && now - entry.last >= INTERVAL, now);
            if (!old.hashes().isEmpty()) {
                regular = now;
                packets.add(old);
            }
        }
        return packets;
    }

    private static boolean isRepeated(Entry entry, long now) {
        return entry.times < TWICE && now - entry.last >= REPEAT;
    }

    /** Those that wait for longest, as many as one packet holds. */
    private Packet take(Predicate<Entry> which, long now) {
        var waiting = candidates(which).toList();
        if (waiting.isEmpty()) {
            return new Packet(0, List.of());
        }
        int port = waiting.get(0).port;
        var told = waiting.stream()
                .filter(entry -> entry.port == port)
                .limit(LsdMessage.MOST_SENT)
                .toList();
        for (var entry : told) {
            entry.times++;
            entry.last = now;
        }
        return new Packet(port, told.stream().map(entry -> entry.hash).toList());
    }

    private Stream<Entry> candidates(Predicate<Entry> which) {
        return entries.values().stream()
                .filter(which)
                .sorted(Comparator.comparingInt((Entry entry) -> Math.min(entry.times, 1))
                        .thenComparingLong(entry -> entry.times == 0 ? 0 : entry.last));
    }
}
