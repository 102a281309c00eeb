package net.shoal.engine.queue;

/**
 * How many transfers may be at work at once; 0 for as many as there are.
 *
 * @param downloads of those that are not complete, the slow ones left out
 * @param seeds of those that are, the slow ones left out
 * @param all of both together, slow or not
 */
public record QueueLimits(int downloads, int seeds, int all) {
    public static final QueueLimits NONE = new QueueLimits(0, 0, 0);

    /** @throws IllegalArgumentException if one is negative */
    public QueueLimits {
        if (downloads < 0 || seeds < 0 || all < 0) {
            throw new IllegalArgumentException("a limit of the queue is 0 (none) or more");
        }
    }

    int of(Standing.Kind kind) {
        return kind == Standing.Kind.DOWNLOAD ? downloads : seeds;
    }
}
