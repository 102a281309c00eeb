package net.shoal.discovery.dht;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.base.model.RemoteText;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.PeerHunt;
import net.shoal.discovery.dht.node.Tally;
import net.shoal.discovery.dht.store.Bloom;

/**
 * One infohash in one of the two networks: looked up and announced in one walk, again and again. On the loop; times are milliseconds of the node's
 * clock.
 *
 * <p>waiting → (its turn) → walking → announcing → waiting
 */
final class Swarm {
    /** Others forget an announce after 30 to 45 minutes. */
    static final long INTERVAL = 15 * 60_000L;
    /** While a download lacks peers. */
    static final long EAGER = 4 * 60_000L;
    /** Where nobody was found who would keep it. */
    static final long RETRY = 30_000;

    /** How often nodes are asked how many peers they know (BEP 33). */
    private static final long COUNT = 30 * 60_000L;

    /** While none was ever found; each time twice as long. */
    private static final long SOON = 15_000;

    final Sha1Hash key;
    final Family family;
    private final int port;
    private final Consumer<List<Endpoint>> found;
    /** The peers that were told of, of so little memory that a thousand transfers may each hear of thousands. */
    private final Bloom told = new Bloom();

    /** How many; a few less where they are hundreds. */
    private int peers;

    private boolean isSeed;
    private boolean wantsPeers = true;
    private boolean isWalking;
    private boolean isClosed;
    private long due;
    private long done = -1;
    private int asked;
    private int kept;
    private List<String> refusals = List.of();
    /** How many peers there are, in words. */
    private String crowd = "";

    private long counted = -1;
    private int failures;
    private int vain;

    Swarm(Sha1Hash key, Family family, int port, Consumer<List<Endpoint>> found) {
        this.key = key;
        this.family = family;
        this.port = port;
        this.found = found;
    }

    /** @param wants that more peers would be welcome */
    void update(boolean seed, boolean wants, long now) {
        boolean isNews = seed && !isSeed && done >= 0;
        isSeed = seed;
        wantsPeers = wants;
        if (isNews) {
            due = Math.min(due, now + EAGER);
        }
    }

    boolean isDue(long now) {
        return !isWalking && !isClosed && now >= due;
    }

    long due() {
        return due;
    }

    void close() {
        isClosed = true;
    }

    /** What failed may work now. */
    void retry(long now) {
        due = Math.min(due, now);
    }

    /** @param ended when it is over, announced or not */
    void walk(DhtNode node, java.util.function.LongSupplier clock, Runnable ended) {
        isWalking = true;
        node.peers(family, key, isSeed, new PeerHunt() {
            @Override
            public void found(List<Endpoint> some) {
                take(some);
            }

            @Override
            public void done(Lookup walk) {
                asked = walk.asked();
                if (isClosed) {
                    ended.run();
                    return;
                }
                if (port == 0) {
                    hasOnlyLooked(clock.getAsLong());
                    ended.run();
                    return;
                }
                node.announce(walk, port, isSeed, tally -> {
                    settle(tally, clock.getAsLong());
                    count(node, walk, clock.getAsLong());
                    ended.run();
                });
            }
        });
    }

    private void count(DhtNode node, Lookup walk, long now) {
        boolean isDue = counted < 0 || now - counted >= COUNT;
        if (isDue && kept > 0 && node.delay() <= Swarms.LONGEST_DELAY) {
            counted = now;
            node.count(walk, headcount -> {
                if (headcount.nodes() > 0) {
                    crowd = ", about " + number(headcount.seeds(), "seed") + " and "
                            + number(headcount.others(), "other");
                }
            });
        }
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void take(List<Endpoint> some) {
        if (isClosed) {
            return;
        }
        for (var peer : some) {
            peers += told.add(peer.compact()) ? 1 : 0;
        }
        found.accept(some);
    }

    private void settle(Tally tally, long now) {
        kept = tally.taken();
        refusals = tally.refusals();
        failures = kept == 0 ? failures + 1 : 0;
        rest(now);
    }

    /** Who listens nowhere cannot be announced. */
    private void hasOnlyLooked(long now) {
        failures = 0;
        rest(now);
    }

    private void rest(long now) {
        isWalking = false;
        done = now;
        vain = peers == 0 ? vain + 1 : 0;
        long wait = interval();
        // those that begin together do not stay together
        due = now + wait - Math.floorMod(key.hashCode(), (int) (wait / 8));
    }

    private long interval() {
        if (failures > 0) {
            return Math.min(INTERVAL, RETRY << Math.min(failures - 1, 5));
        }
        if (!wantsPeers) {
            return INTERVAL;
        }
        // who has a torrent may have come at the same time as who wants it, and be known a moment later
        return vain == 0 ? EAGER : Math.min(EAGER, SOON << Math.min(vain - 1, 5));
    }

    boolean wasKept() {
        return kept > 0;
    }

    Optional<DiscoveryStatus> status(long now) {
        if (done < 0 && !isWalking) {
            return Optional.empty();
        }
        return Optional.of(new DiscoveryStatus(
                DhtDiscovery.NAME,
                family == Family.V4 ? "IPv4" : "IPv6",
                message(now),
                Optional.of(isWalking ? "now" : inWords(Math.max(0, due - now)))));
    }

    private String message(long now) {
        if (done < 0) {
            return "is looking for nodes close to this torrent";
        }
        var known = peers == 0 ? "none knew a peer" : "they knew " + number(peers, "peer") + " so far";
        if (port == 0) {
            return "asked " + number(asked, "node") + ", " + known + "; not announced: this node listens nowhere";
        }
        var announced = kept > 0
                ? "announced to " + kept + (kept == 1 ? " node " : " nodes ") + ago(now - done)
                : "nobody took the announce" + (refusals.isEmpty() ? "" : " (" + RemoteText.of(refusals.get(0)) + ")");
        return "asked " + asked + (asked == 1 ? " node, " : " nodes, ") + known + crowd + "; " + announced;
    }

    private static String ago(long millis) {
        return millis < 120_000 ? millis / 1_000 + " s ago" : millis / 60_000 + " min ago";
    }

    private static String inWords(long millis) {
        return millis < 120_000 ? "in " + millis / 1_000 + " s" : "in " + millis / 60_000 + " min";
    }
}
