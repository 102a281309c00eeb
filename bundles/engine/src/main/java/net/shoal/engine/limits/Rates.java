package net.shoal.engine.limits;

/** What a node may receive and send, in payload bytes a second; 0 for no limit. */
public record Rates(long down, long up) {
    public static final Rates UNLIMITED = new Rates(0, 0);

    /** @throws IllegalArgumentException if a rate is negative */
    public Rates {
        if (down < 0 || up < 0) {
            throw new IllegalArgumentException("a rate is 0 (no limit) or more");
        }
    }
}
