package net.shoal.discovery.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;

import net.shoal.discovery.dht.node.NodeView;
import org.junit.jupiter.api.Test;

/** A node guesses whether others reach it by who asks it, which is little to go by in a small network. */
class ReachabilityScenario {
    private static long hidden(SimDht net, boolean reachable) {
        return net.alive.stream()
                .filter(node ->
                        node.isReachable == reachable && node.node.view().readOnly())
                .count();
    }

    private static long all(SimDht net, boolean reachable) {
        return net.alive.stream().filter(node -> node.isReachable == reachable).count();
    }

    @Test
    void inASmallNetworkNobodyHidesForWantOfQuestions() {
        var net = new SimDht(new SimDht.Shape(30, 1, 0, Long.MAX_VALUE, 11));
        net.populate(SimDht.MINUTE);
        for (int i = 0; i < 60; i++) {
            net.run(net.now + 5 * SimDht.MINUTE);
            assertThat(hidden(net, true)).isZero();
        }
    }

    @Test
    void inALargeOneWhoIsNotReachedHidesAndOthersDoNot() {
        var net = new SimDht(new SimDht.Shape(500, 0.6, 0, Long.MAX_VALUE, 12));
        net.populate(2 * SimDht.MINUTE);
        net.run(net.now + 25 * SimDht.MINUTE);
        long known = net.alive.stream()
                .filter(node -> node.isReachable && node.node.view().reachable() == NodeView.Reachable.YES)
                .count();
        System.out.printf(
                "of %d that are reached %d know it and %d hide; of %d that are not %d hide%n",
                all(net, true), known, hidden(net, true), all(net, false), hidden(net, false));

        assertThat(hidden(net, true)).isLessThanOrEqualTo(all(net, true) / 20);
        assertThat(hidden(net, false)).isGreaterThanOrEqualTo(all(net, false) * 8 / 10);
    }
}
