package net.shoal.engine.choker;

/** Bytes a second over the last 20 s. Times are nanoseconds of the caller's clock. */
public final class RateMeter {
    public RateMeter(long now) {}

    public void add(long bytes, long now) {}

    /** Bytes a second; over the time since the meter began if that is shorter than its window. */
    public long rate(long now) {
        return 0;
    }
}
