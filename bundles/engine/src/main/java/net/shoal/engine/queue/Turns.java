package net.shoal.engine.queue;

import java.util.EnumMap;
import java.util.Map;

/**
 * Whose turn it is: down the queue, everyone who wants to be at work is, as long as the limits leave room. One that has failed, or is
 * forced, takes no room; a slow one takes room among all only, so that those behind it need not wait for what does not move.
 */
final class Turns {
    private final QueueLimits limits;
    private final Map<Standing.Kind, Integer> ofKind = new EnumMap<>(Standing.Kind.class);
    private int all;

    Turns(QueueLimits limits) {
        this.limits = limits;
    }

    /** To be asked for one after the other, in order; true if there is room for it, which it takes. */
    boolean take(Standing next) {
        if (!next.wants() || next.forced() || next.load() == Standing.Load.NONE) {
            return next.wants();
        }
        boolean counts = next.load() == Standing.Load.FULL;
        if (isFull(all, limits.all())
                || (counts && isFull(ofKind.getOrDefault(next.kind(), 0), limits.of(next.kind())))) {
            return false;
        }
        all++;
        if (counts) {
            ofKind.merge(next.kind(), 1, Integer::sum);
        }
        return true;
    }

    private static boolean isFull(int count, int limit) {
        return limit > 0 && count >= limit;
    }
}
