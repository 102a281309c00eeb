package net.shoal.discovery.dht.node;

/**
 * Whether others reach us without our having asked them first. Nobody says so: it shows by questions from strangers. Who is in the tables of
 * many and yet not asked sits behind something that lets nobody through, and is of no use as a node (BEP 43); it then hides for a while, or until
 * somebody asks it all the same, shows itself again, and waits anew.
 */
final class Reachability {
    /**
     * A node that is known gets several questions in that time. In a small network all have asked each other at first, so that nobody is a
     * stranger for {@link net.shoal.discovery.dht.limits.Addresses#isUnsolicited as long as that counts}.
     */
    static final long WAIT = 15 * 60_000L;

    static final long HIDE = 60 * 60_000L;

    /** What is known. */
    enum State {
        UNKNOWN,
        REACHABLE,
        UNREACHABLE
    }

    private State state = State.UNKNOWN;
    private long since;
    private long asked = Long.MIN_VALUE;

    State state() {
        return state;
    }

    NodeView.Reachable asSeen() {
        return switch (state) {
            case REACHABLE -> NodeView.Reachable.YES;
            case UNREACHABLE -> NodeView.Reachable.NO;
            case UNKNOWN -> NodeView.Reachable.UNKNOWN;
        };
    }

    void askedByStranger(long now) {
        asked = now;
        if (state != State.REACHABLE) {
            state = State.REACHABLE;
            since = now;
        }
    }

    /** @param isKnown there are many who could ask us, and we are not on a local network */
    void look(long now, boolean isKnown) {
        if (!isKnown) {
            since = state == State.UNKNOWN ? now : since;
            return;
        }
        switch (state) {
            case UNKNOWN -> become(now - since >= WAIT, State.UNREACHABLE, now);
            case REACHABLE -> become(now - asked >= 3 * WAIT, State.UNKNOWN, now);
            case UNREACHABLE -> become(now - since >= HIDE, State.UNKNOWN, now);
        }
    }

    private void become(boolean isTime, State next, long now) {
        if (isTime) {
            state = next;
            since = now;
        }
    }
}
