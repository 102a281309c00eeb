package net.shoal.engine.limits;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of all transfers of a node, those being dialled included. While there are fewer than there may be, each transfer has as many
 * as it likes; when all are taken, those with more than an equal share give some up to those with less, one a second.
 */
public final class Connections {
    private final AtomicInteger used = new AtomicInteger();
    /** Transfers that have connections, or want some. */
    private final AtomicInteger active = new AtomicInteger();
    /** Transfers that want one and have less than their share. */
    private final AtomicInteger needy = new AtomicInteger();

    private volatile int limit = Integer.MAX_VALUE;
    private volatile boolean reached;

    public void limit(int most) {
        limit = most;
    }

    public int limit() {
        return limit;
    }

    public int used() {
        return used.get();
    }

    /** A peer has dialled us. */
    public void reached() {
        reached = true;
    }

    /** Some peer has, since the node began. */
    public boolean wasReached() {
        return reached;
    }

    private int share() {
        return Math.max(1, limit / Math.max(1, active.get()));
    }

    /** What one transfer has of them. On its loop; the counts behind it are shared. */
    public final class Share {
        private int held;
        private boolean isActive;
        private boolean isNeedy;

        public int held() {
            return held;
        }

        /** @return false if it is not to have one more now; others then make room, if it has few */
        public boolean take() {
            boolean may = hasRoom();
            if (may && used.incrementAndGet() > limit) {
                used.decrementAndGet();
                may = false;
            }
            held += may ? 1 : 0;
            note(!may);
            return may;
        }

        /** As {@link #take}, without taking. */
        public boolean hasRoom() {
            return used.get() < limit && (needy.get() == (isNeedy ? 1 : 0) || held < share());
        }

        public void giveBack() {
            held--;
            used.decrementAndGet();
            note(isNeedy);
        }

        /** It wants none any more than it has. */
        public void content() {
            note(false);
        }

        /** How many it is to give up now. */
        public int surplus() {
            int excess = Math.max(0, used.get() - limit);
            if (excess > 0) {
                return Math.min(excess, Math.max(1, held - share()));
            }
            return needy.get() > 0 && used.get() >= limit && held > share() ? 1 : 0;
        }

        private void note(boolean wants) {
            boolean activeNow = held > 0 || wants;
            if (activeNow != isActive) {
                isActive = activeNow;
                active.addAndGet(activeNow ? 1 : -1);
            }
            boolean needyNow = wants && held < share();
            if (needyNow != isNeedy) {
                isNeedy = needyNow;
                needy.addAndGet(needyNow ? 1 : -1);
            }
        }
    }
}
