package net.shoal.engine.queue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import net.shoal.api.transfer.TransferChange.Queue.Place;
import net.shoal.engine.swarm.Loop;

/**
 * The queue of a node: all its transfers in order. Whoever asks for a turn while there is room and nobody waits gets it at once; all else
 * is settled a moment later in one pass over the whole queue, however much has changed, so that ten thousand transfers cost next to nothing.
 * Safe for use from any thread.
 */
public final class TransferQueue {
    /** From the first change to the pass that settles it. */
    private static final long SETTLE_NANOS = 20_000_000L;

    private final Loop loop;
    private final Supplier<QueueLimits> limits;
    /** In order; guarded by this, as what follows. */
    private final List<Ticket> tickets = new ArrayList<>();

    private Turns taken;
    private final Set<Standing.Kind> waiting = EnumSet.noneOf(Standing.Kind.class);
    private boolean passIsDue;
    private boolean closed;

    /** @param loop where passes run */
    public TransferQueue(Loop loop, Supplier<QueueLimits> limits) {
        this.loop = loop;
        this.limits = limits;
        this.taken = new Turns(limits.get());
    }

    /** Takes the last place. */
    public synchronized Ticket join(Standing standing, Ticket.Owner owner) {
        long place = tickets.isEmpty() ? 0 : last() + 1;
        owner.onPlace(place);
        return add(place, standing, owner);
    }

    /** Takes the place it had in an earlier run of the node. To be called in the order of places, before any other joins. */
    public synchronized Ticket rejoin(long place, Standing standing, Ticket.Owner owner) {
        if (tickets.isEmpty() || place > last()) {
            return add(place, standing, owner);
        }
        return join(standing, owner);
    }

    private Ticket add(long place, Standing standing, Ticket.Owner owner) {
        var ticket = new Ticket(this, place, standing.idle(), owner);
        tickets.add(ticket);
        return ticket;
    }

    private long last() {
        return tickets.get(tickets.size() - 1).place;
    }

    synchronized void leave(Ticket ticket) {
        if (tickets.remove(ticket)) {
            ticket.turn = false;
            settleSoon();
        }
    }

    /** The limits are others now. */
    public void limitsChanged() {
        settleSoon();
    }

    /** Nobody gets a turn any more. */
    public synchronized void close() {
        closed = true;
    }

    synchronized boolean stand(Ticket ticket, Standing now) {
        boolean changed = !now.equals(ticket.standing);
        ticket.standing = now;
        if (!now.wants()) {
            ticket.turn = false;
        } else if (!ticket.turn) {
            ticket.turn = now.forced() || (nobodyWaitsFor(now) && taken.take(now));
            if (ticket.turn) {
                return true;
            }
            waiting.add(now.kind());
            changed = true;
        }
        if (changed) {
            settleSoon();
        }
        return ticket.turn;
    }

    /** Where all together are limited, a download may wait for a seed. */
    private boolean nobodyWaitsFor(Standing now) {
        return limits.get().all() > 0 ? waiting.isEmpty() : !waiting.contains(now.kind());
    }

    private void settleSoon() {
        synchronized (this) {
            if (passIsDue || closed) {
                return;
            }
            passIsDue = true;
        }
        loop.schedule(SETTLE_NANOS, this::settle);
    }

    private synchronized void settle() {
        if (closed) {
            return;
        }
        passIsDue = false;
        taken = new Turns(limits.get());
        waiting.clear();
        for (var ticket : tickets) {
            boolean turn = taken.take(ticket.standing);
            if (ticket.standing.wants() && !turn) {
                waiting.add(ticket.standing.kind());
            }
            if (turn != ticket.turn) {
                ticket.turn = turn;
                ticket.owner.onTurn();
            }
        }
    }

    synchronized int position(Ticket ticket) {
        return tickets.indexOf(ticket);
    }

    /** Up and down go past the next one of the same kind: to go past others would change nothing that anyone could see. */
    synchronized void move(Ticket ticket, Place place) {
        int at = tickets.indexOf(ticket);
        if (at < 0) {
            return;
        }
        int to =
                switch (place) {
                    case TOP -> 0;
                    case BOTTOM -> tickets.size() - 1;
                    case UP -> next(at, -1);
                    case DOWN -> next(at, 1);
                };
        if (to == at) {
            return;
        }
        if (place == Place.TOP || place == Place.BOTTOM) {
            ticket.place = place == Place.TOP ? tickets.get(0).place - 1 : last() + 1;
            tickets.add(to, tickets.remove(at));
        } else {
            exchange(at, to);
        }
        ticket.owner.onPlace(ticket.place);
        settleSoon();
    }

    private void exchange(int at, int to) {
        var ticket = tickets.get(at);
        var other = tickets.get(to);
        long place = ticket.place;
        ticket.place = other.place;
        other.place = place;
        tickets.set(to, ticket);
        tickets.set(at, other);
        other.owner.onPlace(other.place);
    }

    /** The next one of the same kind in this direction, or itself if there is none. */
    private int next(int at, int step) {
        var kind = tickets.get(at).standing.kind();
        for (int i = at + step; i >= 0 && i < tickets.size(); i += step) {
            if (tickets.get(i).standing.kind() == kind) {
                return i;
            }
        }
        return at;
    }
}
