package net.shoal.engine.choker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whom we upload to, among the peers that want something of us. Each {@link #ROUND} the regular slots are filled anew, and there
 * is one optimistic slot beside them, so that peers we know nothing of can show what they give.
 *
 * <p>While downloading, the regular slots go to those that give us most (BEP 3, tit for tat); who snubs us gets none.
 *
 * <p>While seeding nobody gives us anything, and to prefer the fastest would let a few take all there is. So slots go round: a peer keeps its
 * slot until it has had {@link #TURN_BYTES}, or {@link #TURN_MAX} if it is slow, and then makes room for the one that has waited longest.
 * Thus each gets the same share, and its turn is long enough for its connection to come up to speed.
 *
 * @param <P> what the swarm calls a peer
 */
public final class Choker<P extends ChokerPeer> {
    /** How often {@link #round} is due. */
    public static final Duration ROUND = Duration.ofSeconds(10);

    /** How long the optimistic slot stays with one peer (BEP 3). */
    public static final Duration OPTIMISTIC = Duration.ofSeconds(30);

    public static final Duration RATE_WINDOW = Duration.ofSeconds(20);
    public static final Duration SNUBBED_AFTER = Duration.ofMinutes(1);

    /** So long a peer is new, and three times as likely to be chosen optimistically (BEP 3): it has nothing to give yet. */
    static final Duration NEW_FOR = Duration.ofMinutes(1);

    static final int NEW_WEIGHT = 3;

    /** The shortest turn of a peer we seed to. */
    static final Duration TURN_MIN = Duration.ofSeconds(20);

    static final Duration TURN_MAX = Duration.ofMinutes(2);
    static final long TURN_BYTES = 16L << 20;

    private static final int AUTO_MIN = 4;
    private static final int AUTO_START = 8;
    private static final int AUTO_MAX = 50;

    /** Bytes a second; see {@link #adjustSlots}. */
    private static final long AUTO_STEP = 2048;

    private final RandomGenerator random;
    private int maxSlots;
    private int autoMost = AUTO_MAX;
    private int slots;
    private @Nullable P optimistic;
    private long optimisticSince;

    /** @param maxSlots regular upload slots, beside the optimistic one; 0 for as many as the upload rate is worth */
    public Choker(int maxSlots, RandomGenerator random) {
        this.random = random;
        maxSlots(maxSlots);
    }

    public void maxSlots(int slots) {
        if (slots < 0) {
            throw new IllegalArgumentException("upload slots are 0 (automatic) or more, not " + slots);
        }
        this.maxSlots = slots;
        this.slots = slots == 0 ? AUTO_START : slots;
    }

    /**
     * Holds from now on.
     *
     * @param fixedSlots as for the constructor
     * @param upLimit bytes a second, 0 for none: with so little to give, more slots would help nobody
     */
    public void limits(int fixedSlots, long upLimit) {
        if (fixedSlots != maxSlots) {
            maxSlots(fixedSlots);
        }
        // n slots of n steps each
        autoMost = upLimit == 0
                ? AUTO_MAX
                : (int) Math.max(AUTO_MIN, Math.min(AUTO_MAX, Math.sqrt((double) upLimit / AUTO_STEP) + 1));
        if (maxSlots == 0) {
            slots = Math.min(slots, autoMost);
        }
    }

    /** Regular upload slots at present. */
    public int slots() {
        return slots;
    }

    /** Call every {@link #ROUND}. */
    public Verdict<P> round(Collection<P> peers, boolean seeding, long now) {
        if (maxSlots == 0) {
            adjustSlots(peers);
        }
        var wanting = new ArrayList<P>();
        for (P peer : peers) {
            if (peer.interested()) {
                wanting.add(peer);
            }
        }
        // equals are in random order, but whoever has a slot keeps it
        Collections.shuffle(wanting, new Random(random.nextLong()));
        var served = seeding ? byTurn(wanting, now) : byRate(wanting);
        chooseOptimistic(wanting, served, now);
        if (optimistic != null) {
            served.add(optimistic);
        }
        return verdict(peers, served);
    }

    /** For a peer that has just become interested: true if it is to be unchoked at once. */
    public boolean admits(P newcomer, Collection<P> peers) {
        int taken = 0;
        for (P peer : peers) {
            taken += peer.interested() && !peer.choked() ? 1 : 0;
        }
        return newcomer.choked() && !newcomer.snubbed() && taken < slots;
    }

    /**
     * As many slots as there are peers of which the n-th fastest gets n times {@link #AUTO_STEP}, and one to try: while peers get enough,
     * another is let in, until the bandwidth is spread so thin that it would help nobody.
     */
    private void adjustSlots(Collection<P> peers) {
        long[] rates = peers.stream()
                .filter(peer -> !peer.choked())
                .mapToLong(ChokerPeer::upRate)
                .sorted()
                .toArray();
        int worth = 0;
        while (worth < rates.length && rates[rates.length - 1 - worth] > (worth + 1) * AUTO_STEP) {
            worth++;
        }
        // one step at a time, since the rates are those of a while ago
        int aim = Math.max(AUTO_MIN, Math.min(autoMost, worth + 1));
        slots += Integer.compare(aim, slots);
    }

    private List<P> byRate(List<P> wanting) {
        var candidates = new ArrayList<P>(wanting);
        candidates.removeIf(ChokerPeer::snubbed);
        candidates.sort(Choker.<P>descending(ChokerPeer::downRate).thenComparing(peer -> !holdsSlot(peer)));
        return firstOf(candidates);
    }

    private List<P> byTurn(List<P> wanting, long now) {
        var candidates = new ArrayList<P>(wanting);
        candidates.sort(Comparator.<P>comparingInt(peer -> turn(peer, now))
                .thenComparing(descending(peer -> now - peer.unchokedAt())));
        return firstOf(candidates);
    }

    /** 0: has the slot still; 1: waits; 2: has had its turn. */
    private int turn(P peer, long now) {
        if (!holdsSlot(peer)) {
            return 1;
        }
        long held = now - peer.unchokedAt();
        boolean over =
                held >= TURN_MAX.toNanos() || (held >= TURN_MIN.toNanos() && peer.sentSinceUnchoke() >= TURN_BYTES);
        return over ? 2 : 0;
    }

    /** The optimistic slot gives no claim to a regular one. */
    private boolean holdsSlot(P peer) {
        return !peer.choked() && !peer.equals(optimistic);
    }

    private static <P> Comparator<P> descending(ToLongFunction<P> key) {
        return (one, other) -> Long.compare(key.applyAsLong(other), key.applyAsLong(one));
    }

    private List<P> firstOf(List<P> ranked) {
        return new ArrayList<>(ranked.subList(0, Math.min(slots, ranked.size())));
    }

    private void chooseOptimistic(List<P> wanting, List<P> served, long now) {
        var current = optimistic;
        boolean stays = current != null
                && now - optimisticSince < OPTIMISTIC.toNanos()
                && wanting.contains(current)
                && !served.contains(current);
        if (stays) {
            return;
        }
        var candidates = new ArrayList<P>(wanting);
        candidates.removeAll(served);
        if (candidates.size() > 1 && current != null) {
            candidates.remove(current);
        }
        optimistic = candidates.isEmpty() ? null : weighted(candidates, now);
        optimisticSince = now;
    }

    private P weighted(List<P> candidates, long now) {
        int total = 0;
        for (P peer : candidates) {
            total += weight(peer, now);
        }
        int left = random.nextInt(total);
        for (P peer : candidates) {
            left -= weight(peer, now);
            if (left < 0) {
                return peer;
            }
        }
        throw new IllegalStateException(
                "the weights of " + candidates.size() + " peers changed while they were summed");
    }

    private int weight(P peer, long now) {
        return now - peer.connectedAt() < NEW_FOR.toNanos() ? NEW_WEIGHT : 1;
    }

    private Verdict<P> verdict(Collection<P> peers, List<P> served) {
        var choke = new ArrayList<P>();
        for (P peer : peers) {
            if (!peer.choked() && !served.contains(peer)) {
                choke.add(peer);
            }
        }
        served.removeIf(peer -> !peer.choked());
        return new Verdict<>(choke, served);
    }
}
