package net.shoal.ui.rpc.transmission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferStatus;

/**
 * The transfers of the node by the small numbers that Transmission's programs know them by: the same ones as long as the node runs, never used
 * again. Remembers for a while which are gone, and when each was last seen to move. Safe for use from any thread.
 */
final class Torrents {
    /** What is recent, as Transmission has it. */
    static final long RECENT_SECONDS = 60;

    static final String RECENT = "recently-active";
    private static final int MOST_REMOVED = 10_000;

    private final TransferEngine engine;
    private final LongSupplier clock;
    private final Map<Transfer, Known> known = new LinkedHashMap<>();
    private final Deque<Removed> removed = new ArrayDeque<>();
    private long next = 1;

    /** @param clock seconds since 1970 */
    Torrents(TransferEngine engine, LongSupplier clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** One of them, with its number. */
    record Torrent(long id, Transfer transfer) {}

    private record Removed(long id, long when) {}

    private static final class Known {
        private final long id;
        private String seen = "";
        private long moved = -1;
        private long changedAt;
        private long movedAt;

        Known(long id) {
            this.id = id;
        }
    }

    /** All there are, by their numbers. */
    synchronized List<Torrent> all() {
        var there = engine.list();
        forget(new HashSet<>(there));
        there.stream()
                .filter(transfer -> !known.containsKey(transfer))
                .sorted(Comparator.comparing(transfer -> transfer.status().added()))
                .forEach(transfer -> known.put(transfer, new Known(next++)));
        return known.entrySet().stream()
                .map(entry -> new Torrent(entry.getValue().id, entry.getKey()))
                .toList();
    }

    private void forget(Set<Transfer> there) {
        var gone = known.keySet().stream()
                .filter(transfer -> !there.contains(transfer))
                .toList();
        for (var transfer : gone) {
            var was = known.remove(transfer);
            if (was != null) {
                removed.add(new Removed(was.id, clock.getAsLong()));
            }
        }
        while (removed.size() > MOST_REMOVED
                || (!removed.isEmpty() && removed.getFirst().when() < clock.getAsLong() - RECENT_SECONDS)) {
            removed.removeFirst();
        }
    }

    /** The number of one. */
    synchronized Torrent of(Transfer transfer) {
        return all().stream()
                .filter(torrent -> torrent.transfer().equals(transfer))
                .findFirst()
                .orElseGet(() -> new Torrent(-1, transfer)); // it was removed this very moment
    }

    /** Numbers of those that have gone in the last minute. */
    synchronized List<Long> removed() {
        return removed.stream().map(Removed::id).toList();
    }

    /** Takes note of how one stands, and says when it last moved any content: seconds since 1970, 0 for never while we looked. */
    synchronized long movedAt(Transfer transfer, TransferStatus status) {
        var there = known.get(transfer);
        if (there == null) {
            return 0;
        }
        long now = clock.getAsLong();
        long moved = status.downloaded() + status.uploaded();
        if ((there.moved >= 0 && moved != there.moved) || status.downRate() + status.upRate() > 0) {
            there.movedAt = now;
        }
        there.moved = moved;
        var seen = status.state().word() + ' ' + status.done() + ' ' + status.peers() + ' ' + moved;
        if (!seen.equals(there.seen)) {
            there.seen = seen;
            there.changedAt = now;
        }
        return there.movedAt;
    }

    private synchronized boolean isRecent(Torrent torrent) {
        movedAt(torrent.transfer(), torrent.transfer().status());
        var there = known.get(torrent.transfer());
        return there != null && there.changedAt >= clock.getAsLong() - RECENT_SECONDS;
    }

    /**
     * Those that {@code ids} means: a number, an infohash, a list of such, {@code recently-active}, or all if it is missing. What there is not
     * is passed over, as Transmission does: it may have been removed a moment ago.
     */
    List<Torrent> chosen(Arguments arguments) throws RpcException {
        var ids = arguments.value("ids");
        if (ids.isEmpty()) {
            return all();
        }
        if (ids.get().equals(RECENT)) {
            return all().stream().filter(this::isRecent).toList();
        }
        List<?> wanted = ids.get() instanceof List<?> ? arguments.list("ids").orElseThrow() : List.of(ids.get());
        return pick(wanted);
    }

    private List<Torrent> pick(List<?> wanted) throws RpcException {
        var byId = new LinkedHashMap<Object, Torrent>();
        for (var torrent : all()) {
            byId.put(torrent.id(), torrent);
            hashes(torrent.transfer()).forEach(hash -> byId.put(hash, torrent));
        }
        var chosen = new LinkedHashSet<Torrent>();
        for (var each : wanted) {
            if (!(each instanceof Long) && !(each instanceof String)) {
                throw new RpcException("ids is a number, an infohash, a list of such, or " + RECENT);
            }
            var key = each instanceof String text ? text.toLowerCase(Locale.ROOT) : each;
            Optional.ofNullable(byId.get(key)).ifPresent(chosen::add);
        }
        return List.copyOf(chosen);
    }

    private static List<String> hashes(Transfer transfer) {
        var all = new ArrayList<String>();
        transfer.hashes().v1().ifPresent(hash -> all.add(hash.hex()));
        transfer.hashes().v2().ifPresent(hash -> all.add(hash.hex()));
        return all;
    }
}
