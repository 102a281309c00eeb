package net.shoal.extension.metadata;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * One swarm's search for its info dictionary. Peers that name the same size fill one copy together. If that one turns out to be wrong, and
 * more than one peer had a part in it, each fills a copy of its own from then on, so that a bad one is its sender's fault alone.
 *
 * <p>There is room for a few copies only. Liars that name a size each and send nothing, or little, do not keep it: who waits for room gets
 * that of a copy that stands still, or that has had its time; and whoever had room in vain has to wait before it gets some again.
 */
final class MetadataFetch {
    /** Copies at once; who names yet another size waits. */
    static final int MAX_COPIES = 4;
    /** Bytes of all copies together, once they are whole. */
    private static final long MAX_BYTES = 2L * MetadataMessage.MAX_SIZE;

    private static final long SECOND = 1_000_000_000L;
    /** A copy to which nothing came for so long makes room. */
    private static final long STALLED = 5 * SECOND;
    /** Then any copy does, if others wait; longer each time, so that the largest comes through on the slowest line. */
    private static final long TIME = 20 * SECOND;

    private static final int MAX_DOUBLINGS = 6;
    /** Failures that are remembered. */
    private static final int MAX_FAILED = 256;

    private final LongSupplier clock;
    private final Set<MetadataSession> sessions = new HashSet<>();
    private final Map<Object, MetadataCopy> copies = new HashMap<>();
    private final Map<Object, Failed> failed = new HashMap<>();
    private int evicted;
    private boolean alone;
    private boolean done;

    /** How often a copy made room before it was whole, and until when it is not begun again. */
    private record Failed(int times, long until) {}

    /** @param clock nanoseconds */
    MetadataFetch(LongSupplier clock) {
        this.clock = clock;
    }

    void join(MetadataSession session) {
        sessions.add(session);
    }

    /** @return true if it was the last one */
    boolean leave(MetadataSession session) {
        sessions.remove(session);
        failed.remove(session);
        release(session);
        copies.entrySet().removeIf(each -> sessions.stream().noneMatch(left -> helpsWith(left, each.getKey())));
        refill();
        return sessions.isEmpty();
    }

    private boolean helpsWith(MetadataSession session, Object key) {
        return key.equals(key(session, session.size()));
    }

    private Object key(MetadataSession session, int size) {
        return alone ? session : (Object) size;
    }

    boolean isDone() {
        return done;
    }

    /** The copy this peer is to help with; only where it {@link #hasPlace}. */
    MetadataCopy copyFor(MetadataSession session, int size) {
        var key = key(session, size);
        var copy = copies.get(key);
        if (copy == null || copy.size() != size) {
            copies.remove(key);
            makeRoom(size);
            copy = new MetadataCopy(size, clock);
            copies.put(key, copy);
        }
        return copy;
    }

    /** True if there is a place for a copy of this size, or can be made. */
    boolean hasPlace(MetadataSession session, int size) {
        var key = key(session, size);
        if (done || copies.containsKey(key)) {
            return !done;
        }
        var before = failed.get(key);
        return (before == null || clock.getAsLong() - before.until >= 0) && fits(size, each -> !isStuck(each));
    }

    /** @param kept those that stay */
    private boolean fits(int size, Predicate<MetadataCopy> kept) {
        var others = copies.values().stream().filter(kept).toList();
        long bytes = others.stream().mapToLong(MetadataCopy::size).sum();
        return others.size() < MAX_COPIES && bytes + size <= MAX_BYTES;
    }

    private boolean isStuck(MetadataCopy copy) {
        long now = clock.getAsLong();
        long time = TIME << Math.min(MAX_DOUBLINGS, evicted / MAX_COPIES);
        return now - copy.lastProgress() >= STALLED || now - copy.since() >= time;
    }

    private void makeRoom(int size) {
        for (var key : List.copyOf(copies.keySet())) {
            var copy = copies.get(key);
            if (!fits(size, each -> true) && copy != null && isStuck(copy)) {
                evict(key);
            }
        }
    }

    /** Others may ask for what this peer was asked for. */
    void release(MetadataSession session) {
        copies.values().forEach(copy -> copy.releaseAll(session));
    }

    private void evict(Object key) {
        copies.remove(key);
        evicted++;
        var before = failed.get(key);
        int times = before == null ? 1 : before.times + 1;
        if (failed.size() >= MAX_FAILED && before == null) {
            failed.clear();
        }
        failed.put(key, new Failed(times, clock.getAsLong() + (TIME << Math.min(MAX_DOUBLINGS, times - 1))));
    }

    /** A copy is whole. */
    void complete(MetadataCopy copy, MetadataSession last) {
        copies.values().remove(copy);
        if (last.offer(copy.whole())) {
            done = true;
            copies.clear();
            failed.clear();
            return;
        }
        var senders = Set.copyOf(copy.senders());
        if (senders.size() == 1) {
            senders.forEach(MetadataSession::sentBadCopy);
        } else {
            alone = true;
            copies.clear();
            failed.clear();
        }
        refill();
    }

    private void refill() {
        if (!done) {
            Set.copyOf(sessions).forEach(MetadataSession::ask);
        }
    }
}
