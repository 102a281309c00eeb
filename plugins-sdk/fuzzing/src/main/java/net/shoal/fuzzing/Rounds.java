package net.shoal.fuzzing;

/**
 * How many mutated inputs a harness tries: some in every build, and {@value #CAMPAIGN} times as many where the system property
 * {@code shoal.campaign} is true. Those of Shoal's harnesses are 10 million then (reliability S1).
 */
public final class Rounds {
    static final int CAMPAIGN = 25;

    private Rounds() {}

    /** @param some as many as a build has time for */
    public static int of(int some) {
        return Boolean.getBoolean("shoal.campaign") ? Math.multiplyExact(some, CAMPAIGN) : some;
    }
}
