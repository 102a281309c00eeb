package net.shoal.discovery.dht;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import net.shoal.api.dht.DhtItems;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Items that are put again every hour, since nodes forget them after two (BEP 44): our own, and those by which we found a torrent that is at
 * work here; of these the key is asked first whether it has a newer one (BEP 46). One at a time. On the loop; times are milliseconds of its
 * clock.
 */
final class HourlyItems {
    static final long INTERVAL = 3_600_000;
    /** After something went wrong, and for the first time after a restart. */
    static final long SOON = 2 * 60_000;

    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(HourlyItems.class);

    private final Executor loop;
    private final Runnable changed;
    private final Map<Sha1Hash, Item> followed = new HashMap<>();
    /** How many transfers of a torrent are at work. */
    private final Map<Sha1Hash, Integer> atWork = new HashMap<>();

    private final List<Item> kept = new ArrayList<>();
    private boolean isBusy;

    /** @param changed whom we follow is to be written down */
    HourlyItems(Executor loop, Runnable changed) {
        this.loop = loop;
        this.changed = changed;
    }

    /** One of them. */
    static final class Item {
        private final Optional<Sha1Hash> torrent;
        private MutableItem latest;
        private long due;
        private int nodes;

        private Item(Optional<Sha1Hash> torrent, MutableItem item, long due) {
            this.torrent = torrent;
            this.latest = item;
            this.due = due;
        }

        /** Another torrent than ours, if that is what is published now. */
        private Optional<Sha1Hash> other() {
            return torrent(latest.value()).filter(now -> !torrent.equals(Optional.of(now)));
        }
    }

    /** Which torrent an item names. */
    static Optional<Sha1Hash> torrent(BValue value) {
        return value instanceof BDict dict
                ? dict.string("ih")
                        .filter(hash -> hash.length() == Sha1Hash.LENGTH)
                        .map(hash -> Sha1Hash.read(hash.buffer()))
                : Optional.empty();
    }

    /** Puts it again every hour until {@link #drop}. */
    Item keep(MutableItem item, long now) {
        var entry = new Item(Optional.empty(), item, now);
        if (kept.size() < MOST) {
            kept.add(entry);
        }
        return entry;
    }

    void drop(Item item) {
        kept.remove(item);
    }

    void follow(Sha1Hash torrent, MutableItem item, long now) {
        if (followed.size() >= MOST && !followed.containsKey(torrent)) {
            followed.values().stream()
                    .flatMap(each -> each.torrent.stream())
                    .filter(each -> !atWork.containsKey(each))
                    .findFirst()
                    .ifPresent(followed::remove);
        }
        if (followed.containsKey(torrent) || followed.size() < MOST) {
            followed.put(torrent, new Item(Optional.of(torrent), item, now + INTERVAL));
            changed.run();
        }
    }

    /** Those that were followed in the run before. */
    void resume(List<Followed> before, long now) {
        before.stream()
                .limit(MOST)
                .forEach(each ->
                        followed.put(each.torrent(), new Item(Optional.of(each.torrent()), each.item(), now + SOON)));
    }

    /** What outlives the node. */
    record Followed(Sha1Hash torrent, MutableItem item) {}

    List<Followed> save() {
        return followed.entrySet().stream()
                .map(each -> new Followed(each.getKey(), each.getValue().latest))
                .toList();
    }

    /** A transfer of it is at work, or not any more. */
    void atWork(Sha1Hash torrent, boolean begins) {
        int sessions = atWork.merge(torrent, begins ? 1 : -1, Integer::sum);
        if (sessions <= 0) {
            atWork.remove(torrent);
        }
    }

    /** Called every second. */
    void tick(long now, DhtItems items) {
        if (isBusy) {
            return;
        }
        var due = new ArrayList<>(kept);
        followed.forEach((torrent, item) -> {
            if (atWork.containsKey(torrent)) {
                due.add(item);
            }
        });
        due.removeIf(each -> now < each.due);
        if (!due.isEmpty()) {
            isBusy = true;
            renew(due.get(0), now, items);
        }
    }

    private void renew(Item item, long now, DhtItems items) {
        if (item.torrent.isEmpty()) {
            put(item, now, items);
            return;
        }
        items.newest(item.latest.key())
                .whenComplete((found, problem) -> loop.execute(() -> {
                    if (problem == null) {
                        found.filter(each -> each.sequence() > item.latest.sequence())
                                .ifPresent(each -> isNews(item, each));
                    }
                    put(item, now, items);
                }));
    }

    private void isNews(Item item, MutableItem newer) {
        var before = item.other();
        item.latest = newer;
        changed.run();
        var now = item.other();
        if (now.isPresent() && !now.equals(before)) {
            LOG.info(
                    "Where {} was published there is another torrent now: {}",
                    item.torrent.map(Sha1Hash::hex).orElse(""),
                    link(now.get()));
        }
    }

    private static String link(Sha1Hash torrent) {
        return "magnet:?xt=urn:btih:" + torrent.hex();
    }

    private void put(Item item, long now, DhtItems items) {
        items.publish(item.latest, OptionalLong.empty())
                .whenComplete((stored, problem) -> loop.execute(() -> {
                    isBusy = false;
                    boolean isKept = problem == null && stored.nodes() > 0;
                    item.nodes = isKept ? stored.nodes() : 0;
                    // those that begin together do not stay together
                    long early = Math.floorMod(item.latest.key().hashCode(), (int) (INTERVAL / 8));
                    item.due = now + (isKept ? INTERVAL - early : SOON);
                }));
    }

    /** What is to be said of a torrent that we found under a key. */
    Optional<DiscoveryStatus> status(Sha1Hash torrent, long now) {
        var item = followed.get(torrent);
        if (item == null) {
            return Optional.empty();
        }
        var key = HexFormat.of()
                .formatHex(item.latest.key().publicKey().toBytes())
                .substring(0, 8);
        var said = item.other()
                .map(other -> "another torrent is published there now: " + link(other)
                        + "; `get` the link of the key again to have it too")
                .orElse("is still what is published there"
                        + (item.nodes > 0 ? "; put again, " + item.nodes + " nodes keep it" : ""));
        return Optional.of(new DiscoveryStatus(
                DhtDiscovery.NAME,
                "key " + key + "…",
                said,
                Optional.of("in " + Math.max(0, item.due - now) / 60_000 + " min")));
    }
}
