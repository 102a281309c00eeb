package net.shoal.engine.choker;

import java.time.Duration;
import java.util.Collection;
import java.util.random.RandomGenerator;

/** Decides whom we upload to. */
public final class Choker<P extends ChokerPeer> {
    /** How often {@link #round} is due. */
    public static final Duration ROUND = Duration.ofSeconds(10);

    public static final Duration OPTIMISTIC = Duration.ofSeconds(30);
    public static final Duration RATE_WINDOW = Duration.ofSeconds(20);
    public static final Duration SNUBBED_AFTER = Duration.ofSeconds(60);

    /** @param maxSlots upload slots at most, the optimistic one included */
    public Choker(int maxSlots, RandomGenerator random) {}

    public void maxSlots(int slots) {}

    /** Upload slots at present. */
    public int slots() {
        return 0;
    }

    /** Call every {@link #ROUND}. */
    public Verdict<P> round(Collection<P> peers, boolean seeding, long now) {
        return new Verdict<>(java.util.List.of(), java.util.List.of());
    }

    /** For a peer that has just become interested: true if it is to be unchoked at once. */
    public boolean admits(P newcomer, Collection<P> peers) {
        return false;
    }
}
