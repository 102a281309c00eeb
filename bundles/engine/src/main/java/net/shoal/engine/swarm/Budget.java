package net.shoal.engine.swarm;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import net.shoal.api.transfer.Obstacle.RateLimit;
import net.shoal.base.model.Block;
import net.shoal.engine.limits.Bucket;
import net.shoal.engine.limits.SharedRate;
import org.jspecify.annotations.Nullable;

/**
 * What a swarm may send to its peers, or ask them for: payload bytes, within the limit of its own and its share of the node's. Those who want
 * some take turns of about a block each, so that no peer gets more than another that wants as much. On the swarm's loop.
 *
 * <p>What there is may be overdrawn by the rest of a block, and by payload that comes without having been taken for here; that is made up for
 * before anyone gets more.
 */
final class Budget {
    private final Loop loop;
    private final SharedRate shared;
    private final Bucket own = new Bucket();
    private final Set<Taker> waiting = new LinkedHashSet<>();
    private final SharedRate.Drawer drawer = new Drawer();
    private long available;
    private long limit;
    private boolean drawing;
    private boolean servingSoon;
    private Loop.@Nullable Timer ownTimer;
    private long turnLeft;
    private boolean inTurn;

    /** Somebody who waits. */
    interface Taker {
        /** It is its turn: what it takes now it may have, if not all it wants. Taking nothing, it no longer waits. */
        void onTurn();
    }

    Budget(Loop loop, SharedRate shared) {
        this.loop = loop;
        this.shared = shared;
    }

    /** Bytes a second at most, 0 for no limit: the less of its own limit and the node's, as of the last {@link #update}. */
    long limit() {
        return limit;
    }

    boolean isLimited() {
        return limit > 0;
    }

    /**
     * The limits may have changed.
     *
     * @param ownRate bytes a second, 0 for none
     * @return true if less may be moved than before
     */
    boolean update(long ownRate) {
        long before = limit;
        limit = lesser(ownRate, shared.rate());
        available = limit == 0 ? 0 : Math.min(available, 0);
        if (ownRate != own.rate()) {
            own.rate(ownRate);
            if (ownTimer != null) {
                ownTimer.cancel();
                onOwnTime();
            }
        }
        long now = loop.nanoTime();
        arm(now, shared.serve(now));
        serveSoon();
        return limit > 0 && (before == 0 || limit < before);
    }

    private static long lesser(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    /**
     * How much of this it may have now. Where that is not all, the taker has a turn later. To be followed by {@link #spend}.
     *
     * @return bytes; a block at least, or 0
     */
    long mayTake(Taker taker, long bytes) {
        if (limit == 0) {
            return bytes;
        }
        long may = inTurn ? turnLeft : waiting.isEmpty() ? available : 0;
        may = may <= 0 ? 0 : Math.min(bytes, Math.max(Block.SIZE, may));
        if (may < bytes) {
            waiting.add(taker);
            serveSoon();
        }
        return may;
    }

    /** It was taken, or came without. */
    void spend(long bytes) {
        if (limit > 0) {
            available -= bytes;
            turnLeft -= bytes;
        }
    }

    /** It was taken, and will not be used. */
    void giveBack(long bytes) {
        if (limit > 0) {
            available = Math.min(available + bytes, 2 * Bucket.quantum(limit));
            serveSoon();
        }
    }

    void leave(Taker taker) {
        waiting.remove(taker);
    }

    /** Nothing is left for what comes without having been taken for. */
    boolean isOverdrawn() {
        return limit > 0 && available < 0;
    }

    /** Somebody waits, who could move more were it not for the limit. */
    boolean isShort() {
        return !waiting.isEmpty();
    }

    /**
     * What they wait for: of its own limit and the node's, the one that is less.
     *
     * @param scheduled the node's is of the hour
     */
    Optional<RateLimit> heldBack(boolean upload, boolean scheduled) {
        if (!isShort() || !isLimited()) {
            return Optional.empty();
        }
        var ofNode = scheduled ? RateLimit.By.SCHEDULE : RateLimit.By.NODE;
        return Optional.of(new RateLimit(upload, limit, own.rate() == limit ? RateLimit.By.TRANSFER : ofNode));
    }

    /** Nobody is given any more. */
    void close() {
        waiting.clear();
        if (ownTimer != null) {
            ownTimer.cancel();
        }
        shared.forget(drawer);
    }

    /** Not at once: whoever asks is in the midst of something. */
    private void serveSoon() {
        if (!servingSoon && !inTurn && !drawing && !waiting.isEmpty()) {
            servingSoon = true;
            loop.execute(() -> {
                servingSoon = false;
                serve();
            });
        }
    }

    /** Gives turns, as far as it goes. */
    private void serve() {
        while (!waiting.isEmpty() && (limit == 0 || available > 0 || draw())) {
            long turn = Math.max(Block.SIZE, Math.min(available, Bucket.quantum(limit)) / waiting.size());
            var taker = waiting.iterator().next();
            waiting.remove(taker);
            inTurn = true;
            turnLeft = turn;
            taker.onTurn();
            inTurn = false;
            if (turnLeft == turn) {
                waiting.remove(taker);
            }
        }
    }

    /**
     * Gets what can be had: of its own bucket first, then of the node's.
     *
     * @return true if it is there
     */
    private boolean draw() {
        long quantum = Bucket.quantum(limit);
        while (!drawing && available <= 0) {
            long now = loop.nanoTime();
            if (!own.isOpen(now)) {
                drawing = true;
                ownTimer = loop.schedule(own.closedFor(), this::onOwnTime);
                return false;
            }
            own.take(quantum);
            if (shared.rate() == 0) {
                available += quantum;
            } else {
                drawing = true;
                arm(now, shared.draw(drawer, quantum, now));
            }
        }
        return available > 0;
    }

    private void onOwnTime() {
        ownTimer = null;
        goOn();
    }

    private void goOn() {
        drawing = false;
        serveSoon();
    }

    private void arm(long now, long delay) {
        if (delay > 0) {
            loop.schedule(delay, () -> {
                long then = loop.nanoTime();
                arm(then, shared.onTime(now + delay, then));
            });
        }
    }

    private final class Drawer implements SharedRate.Drawer {
        @Override
        public void granted(long bytes) {
            loop.execute(() -> {
                available += limit > 0 ? bytes : 0;
                goOn();
            });
        }
    }
}
