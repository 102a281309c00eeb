package net.shoal.engine.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.shoal.engine.choker.Choker;
import net.shoal.engine.choker.ChokerPeer;

/** Carries out what the {@link Choker} decides: every ten seconds, and at once for a newcomer while there is a free slot. */
final class Choking {
    /** Peers that are given something for nothing at a time: a line shared by a crowd of beginners would serve none soon. */
    private static final int MAX_ALLOWED = 4;

    private final Peers peers;
    private final Loop loop;
    private final Choker<Candidate> choker;
    private long lastRound;

    Choking(Loop loop, RandomGenerator random, Peers peers) {
        this.loop = loop;
        this.peers = peers;
        this.choker = new Choker<>(0, random);
        this.lastRound = loop.nanoTime();
    }

    /**
     * @param slots as set
     * @param upLimit bytes a second, 0 for none
     */
    void limits(int slots, long upLimit) {
        choker.limits(slots, upLimit);
    }

    /** A peer at the time of the round. */
    private record Candidate(PeerConnection peer, long now) implements ChokerPeer {
        @Override
        public boolean interested() {
            return peer.serving().isInterested();
        }

        @Override
        public boolean choked() {
            return peer.serving().isChoked();
        }

        @Override
        public boolean idle() {
            return peer.serving().isIdle(now);
        }

        @Override
        public boolean snubbed() {
            return !peer.isChokingUs()
                    && peer.pieces().isInteresting()
                    && peer.owesBlocks()
                    && now - peer.lastProgress() > Choker.SNUBBED_AFTER.toNanos();
        }

        @Override
        public long downRate() {
            return peer.traffic().chokerDownRate(now);
        }

        @Override
        public long upRate() {
            return peer.traffic().chokerUpRate(now);
        }

        @Override
        public long sentSinceUnchoke() {
            return peer.traffic().upSinceUnchoke();
        }

        @Override
        public long unchokedAt() {
            return peer.traffic().unchokedAt();
        }

        @Override
        public boolean hasLittle() {
            return 2 * peer.pieces().share() < peer.swarm().share();
        }

        /** The same peer, whatever the time. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Candidate that && peer == that.peer;
        }

        @Override
        public int hashCode() {
            return peer.hashCode();
        }
    }

    void onInterested(PeerConnection peer) {
        if (peer.serving().isChoked() && choker.admits(new Candidate(peer, loop.nanoTime()), candidates())) {
            peer.serving().unchoke();
        }
    }

    /**
     * One more may be given something without having a slot (BEP 6). Not where slots are automatic: there a beginner gets one as soon as the line has
     * room, and otherwise only takes from those that have.
     */
    boolean allowsAnother() {
        if (!choker.isFixed()) {
            return false;
        }
        int allowed = 0;
        for (var peer : peers.all()) {
            allowed += peer.serving().isAllowedSome() ? 1 : 0;
        }
        return allowed < MAX_ALLOWED;
    }

    void onNotInterested(PeerConnection peer) {
        if (!peer.serving().isChoked()) {
            peer.serving().choke();
            fillSlots();
        }
    }

    /** A slot came free: somebody who waits gets it before the next round. */
    void fillSlots() {
        for (var peer : peers.all()) {
            if (peer.serving().isChoked() && peer.serving().isInterested()) {
                onInterested(peer);
            }
        }
    }

    /** @param sent bytes to all peers so far */
    void tick(boolean seeding, long sent) {
        long now = loop.nanoTime();
        if (choker.tick(candidates(), sent) && now - lastRound < Choker.ROUND.toNanos()) {
            fillIdle(seeding, now);
            return;
        }
        lastRound = now;
        var verdict = choker.round(candidates(), seeding, now);
        verdict.choke().forEach(candidate -> candidate.peer().serving().choke());
        verdict.unchoke().forEach(candidate -> candidate.peer().serving().unchoke());
    }

    /** Whoever comes in beside those that are idle is busy from then on, so this ends. */
    private void fillIdle(boolean seeding, long now) {
        var next = choker.spare(candidates(), seeding, now);
        while (next.isPresent()) {
            next.get().peer().serving().unchoke();
            next = choker.spare(candidates(), seeding, now);
        }
    }

    private List<Candidate> candidates() {
        long now = loop.nanoTime();
        var all = new ArrayList<Candidate>(peers.count());
        for (var peer : peers.all()) {
            all.add(new Candidate(peer, now));
        }
        return all;
    }
}
