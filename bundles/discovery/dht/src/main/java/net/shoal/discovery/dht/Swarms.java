package net.shoal.discovery.dht;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import net.shoal.discovery.dht.node.DhtNode;

/**
 * Whose turn it is. Whoever is due for longest goes first, a few at a time and only as fast as questions may leave, so that a thousand transfers
 * share what there is: where it is too little, all of them announce less often. On the loop.
 */
final class Swarms {
    static final int AT_ONCE = 6;

    /** Milliseconds that a question may have to wait where something more is begun. */
    static final long LONGEST_DELAY = 500;

    private final DhtNode node;
    private final LongSupplier clock;
    private final Set<Swarm> all = new LinkedHashSet<>();
    private int walking;

    Swarms(DhtNode node, LongSupplier clock) {
        this.node = node;
        this.clock = clock;
    }

    void add(Swarm swarm) {
        all.add(swarm);
    }

    void remove(Swarm swarm) {
        swarm.close();
        all.remove(swarm);
    }

    int size() {
        return all.size();
    }

    int kept() {
        return (int) all.stream().filter(Swarm::wasKept).count();
    }

    void retry() {
        all.forEach(swarm -> swarm.retry(clock.getAsLong()));
    }

    /** Called every second, and whenever a walk has ended. */
    void tick() {
        while (walking < AT_ONCE && node.delay() <= LONGEST_DELAY) {
            long now = clock.getAsLong();
            var next = all.stream()
                    .filter(swarm -> swarm.isDue(now) && knowsAny(swarm))
                    .min(Comparator.comparingLong(Swarm::due));
            if (next.isEmpty()) {
                return;
            }
            walking++;
            next.get().walk(node, clock, () -> walking--);
        }
    }

    private boolean knowsAny(Swarm swarm) {
        return node.usable(swarm.family) > 0;
    }
}
