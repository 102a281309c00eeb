package net.shoal.engine.choker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * Decides whom we upload to, among the peers that want something of us. Each {@link #ROUND} the regular slots are filled anew, and there
 * are optimistic ones beside them, so that peers we know nothing of can show what they give, and those who have little to give get on.
 *
 * <p>A line that is full is no fuller with more slots, and the fewer there are, the sooner does each of its peers have a whole piece to pass on. So,
 * unless somebody has said how many, there are as few as fill the line ({@link AutoSlots}); and whoever has one and asks for nothing
 * ({@link ChokerPeer#idle}) does not count: another gets in beside it, see {@link #spare}.
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

    /**
     * So much more likely is a peer to be chosen optimistically that has little to give yet. BEP 3 has it for those who have just connected; but one that
     * nobody has given anything is no better off for having waited.
     */
    static final int LITTLE_WEIGHT = 3;

    /** To so many regular slots, where their number is automatic, there is an optimistic one, and one more. */
    private static final int SLOTS_A_TRY = 4;

    /** The shortest turn of a peer we seed to. */
    static final Duration TURN_MIN = Duration.ofSeconds(20);

    static final Duration TURN_MAX = Duration.ofMinutes(2);
    static final long TURN_BYTES = 16L << 20;

    private final RandomGenerator random;
    private final AutoSlots auto = new AutoSlots();
    /** 0: automatic. */
    private int fixedSlots;

    /** Of {@link #fixedSlots}, or automatic. */
    private int slots;

    /** Peers that have a slot and make no use of it. */
    private int idle;

    /** Who has an optimistic slot, and since when. */
    private final Map<P, Long> optimistic = new LinkedHashMap<>();

    /** @param maxSlots regular upload slots, beside the optimistic one; 0 for as few as fill the line */
    public Choker(int maxSlots, RandomGenerator random) {
        this.random = random;
        maxSlots(maxSlots);
    }

    public void maxSlots(int slots) {
        if (slots < 0) {
            throw new IllegalArgumentException("upload slots are 0 (automatic) or more, not " + slots);
        }
        this.fixedSlots = slots;
        this.slots = slots == 0 ? auto.slots() : slots;
        this.idle = 0;
    }

    /**
     * Holds from now on.
     *
     * @param fixedSlots as for the constructor
     * @param upLimit bytes a second, 0 for none: with so little to give, more slots would help nobody
     */
    public void limits(int fixedSlots, long upLimit) {
        auto.limit(upLimit);
        maxSlots(fixedSlots);
    }

    /** Somebody has said how many slots there are. */
    public boolean isFixed() {
        return fixedSlots > 0;
    }

    /** Regular upload slots at present. */
    public int slots() {
        return slots;
    }

    /** Call every {@link #ROUND}. */
    public Verdict<P> round(Collection<P> peers, boolean seeding, long now) {
        if (fixedSlots == 0) {
            auto.round(peers.stream()
                    .filter(peer -> !peer.choked())
                    .mapToLong(ChokerPeer::upRate)
                    .toArray());
            slots = auto.slots();
            idle = Math.min(auto.withIdle() - slots, (int)
                    peers.stream().filter(this::isIdle).count());
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
        served.addAll(optimistic.keySet());
        return verdict(peers, served);
    }

    /**
     * Call every second.
     *
     * @param sent bytes to all peers so far
     * @return false if there are fewer slots now, so that a round is due
     */
    public boolean tick(Collection<P> peers, long sent) {
        if (fixedSlots > 0) {
            return true;
        }
        boolean crowded = busy(peers) >= slots + optimisticSlots()
                && peers.stream().anyMatch(peer -> peer.interested() && peer.choked() && !peer.snubbed());
        boolean asMany = auto.tick(sent, crowded);
        slots = auto.slots();
        return asMany;
    }

    /** For a peer that has just become interested: true if it is to be unchoked at once. */
    public boolean admits(P newcomer, Collection<P> peers) {
        return newcomer.choked() && !newcomer.snubbed() && busy(peers) < slots;
    }

    /**
     * Between rounds, about once a second: somebody to unchoke because those who have slots leave some of them idle. Slots that are fixed are not
     * exceeded, idle or not.
     */
    public Optional<P> spare(Collection<P> peers, boolean seeding, long now) {
        var waiting = new ArrayList<P>();
        int unchoked = 0;
        for (P peer : peers) {
            unchoked += peer.choked() ? 0 : 1;
            if (peer.interested() && peer.choked() && !peer.snubbed()) {
                waiting.add(peer);
            }
        }
        // the optimistic ones are beside them
        boolean room = fixedSlots == 0
                && unchoked < auto.withIdle() + optimisticSlots()
                && busy(peers) < slots + optimisticSlots();
        if (!room || waiting.isEmpty()) {
            return Optional.empty();
        }
        Collections.shuffle(waiting, new Random(random.nextLong()));
        waiting.sort(descending(seeding ? peer -> now - peer.unchokedAt() : ChokerPeer::downRate));
        return Optional.of(waiting.get(0));
    }

    /** Slots that are made use of, each peer that keeps one busy taking one. */
    private int busy(Collection<P> peers) {
        int busy = 0;
        for (P peer : peers) {
            busy += peer.interested() && !peer.choked() && !isIdle(peer) ? 1 : 0;
        }
        return busy;
    }

    private boolean isIdle(P peer) {
        return fixedSlots == 0 && peer.interested() && !peer.choked() && peer.idle();
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
        return !peer.choked() && !optimistic.containsKey(peer);
    }

    private static <P> Comparator<P> descending(ToLongFunction<P> key) {
        return (one, other) -> Long.compare(key.applyAsLong(other), key.applyAsLong(one));
    }

    private List<P> firstOf(List<P> ranked) {
        return new ArrayList<>(ranked.subList(0, Math.min(slots + idle, ranked.size())));
    }

    private int optimisticSlots() {
        return fixedSlots > 0 ? 1 : 1 + slots / SLOTS_A_TRY;
    }

    private void chooseOptimistic(List<P> wanting, List<P> served, long now) {
        var candidates = new ArrayList<P>(wanting);
        candidates.removeAll(served);
        var over = new ArrayList<P>();
        optimistic.keySet().retainAll(candidates);
        optimistic.forEach((peer, since) -> {
            if (now - since >= OPTIMISTIC.toNanos()) {
                over.add(peer);
            }
        });
        over.forEach(optimistic::remove);
        candidates.removeAll(optimistic.keySet());
        candidates.removeAll(over);
        while (optimistic.size() < optimisticSlots() && !(candidates.isEmpty() && over.isEmpty())) {
            var next = candidates.isEmpty() ? over.remove(0) : weighted(candidates);
            candidates.remove(next);
            optimistic.put(next, now);
        }
    }

    private P weighted(List<P> candidates) {
        int total = 0;
        for (P peer : candidates) {
            total += weight(peer);
        }
        int left = random.nextInt(total);
        for (P peer : candidates) {
            left -= weight(peer);
            if (left < 0) {
                return peer;
            }
        }
        throw new IllegalStateException(
                "the weights of " + candidates.size() + " peers changed while they were summed");
    }

    private static int weight(ChokerPeer peer) {
        return peer.hasLittle() ? LITTLE_WEIGHT : 1;
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
