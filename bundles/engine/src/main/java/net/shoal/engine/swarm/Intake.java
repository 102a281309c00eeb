package net.shoal.engine.swarm;

import net.shoal.base.model.Block;

/**
 * Whether a peer's link is read. Requests are what keeps downloading within its limit; but what was asked for while there was none, or a higher
 * one, comes all the same, and so does what nobody asked for. That is paid for when it comes; and when it is too much, the link is not read
 * until its turn.
 */
final class Intake implements Budget.Taker {
    private final PeerLink link;
    private final Budget budget;
    private boolean closed;
    private boolean off;
    private boolean full;
    private long advance;

    Intake(PeerLink link, Budget budget) {
        this.link = link;
        this.budget = budget;
    }

    /** Payload came that was not taken for. */
    void charge(long bytes) {
        long rest = Math.max(0, bytes - advance);
        advance -= bytes - rest;
        budget.spend(rest);
        if (!off && !closed && rest > 0 && budget.isOverdrawn()) {
            off = true;
            setReading();
            budget.mayTake(this, Block.SIZE);
        }
    }

    @Override
    public void onTurn() {
        if (off && !closed) {
            off = false;
            advance = budget.mayTake(this, Block.SIZE);
            budget.spend(advance);
            setReading();
        }
    }

    /** There is no memory for what it would send. */
    void full(boolean now) {
        if (full != now && !closed) {
            full = now;
            setReading();
        }
    }

    boolean isFull() {
        return full;
    }

    private void setReading() {
        link.setReading(!off && !full);
    }

    /** Nothing can come of this peer, and it is not to blame. */
    boolean isOff() {
        return off || full;
    }

    void close() {
        closed = true;
        budget.leave(this);
    }
}
