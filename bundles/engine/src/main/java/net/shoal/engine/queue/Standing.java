package net.shoal.engine.queue;

/**
 * What a transfer is to the queue.
 *
 * @param wants false if it does not want to be at work: it keeps its place, and takes no turn
 * @param forced at work whatever the limits say; then it takes nobody's turn
 */
public record Standing(boolean wants, Kind kind, boolean forced, Load load) {
    /** What it would do. */
    public enum Kind {
        DOWNLOAD,
        SEED
    }

    /** What it takes while it is at work. */
    public enum Load {
        FULL,
        /** It hardly moves anything, see {@link Pace}: it counts among all, not among those of its kind. */
        SLOW,
        /** It has failed, and only tries again now and then: it does not count. */
        NONE
    }

    /** It is paused, or on its way elsewhere. */
    public Standing idle() {
        return new Standing(false, kind, forced, Load.FULL);
    }
}
