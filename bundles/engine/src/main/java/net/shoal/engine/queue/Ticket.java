package net.shoal.engine.queue;

import net.shoal.api.transfer.TransferChange.Queue.Place;

/** A place in the queue. Safe for use from any thread. */
public final class Ticket {
    final Owner owner;
    private final TransferQueue queue;
    /** The lower, the sooner; guarded by the queue, as what follows. */
    long place;

    Standing standing;
    volatile boolean turn;

    /** Whoever has a ticket. Told while the queue is locked: must not block, nor ask the queue. */
    public interface Owner {
        /** It has got its turn, or lost it, other than by its own asking. */
        void onTurn();

        /** What sets its place among the others is this now: to be kept for the next run of the node. */
        void onPlace(long place);
    }

    Ticket(TransferQueue queue, long place, Standing standing, Owner owner) {
        this.queue = queue;
        this.place = place;
        this.standing = standing;
        this.owner = owner;
    }

    /** Tells what it is from now on; true if it has a turn at once. */
    public boolean stand(Standing now) {
        return queue.stand(this, now);
    }

    /** It may be at work. */
    public boolean hasTurn() {
        return turn;
    }

    /** Takes another place. */
    public void move(Place where) {
        queue.move(this, where);
    }

    /** Gives up its place and its turn. */
    public void leave() {
        queue.leave(this);
    }

    /** How many are before it. */
    public int position() {
        return queue.position(this);
    }
}
