package net.shoal.discovery.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.node.NodeView;
import net.shoal.discovery.dht.node.SavedNetwork;
import net.shoal.discovery.dht.table.Ids;
import org.junit.jupiter.api.Test;

/** One who has a /24 and as many nodes there as he likes gets little of anybody's table, and what is announced is still found. */
class SybilScenario {
    private static final int HONEST = 250;
    private static final int SYBILS = 1_000;
    private static final int BLOCK = 66 << 16 | 66 << 8 | 66;

    @Test
    void aThousandNodesOfOneBlockTakeOnePlaceABucket() {
        var net = new SimDht(new SimDht.Shape(HONEST, 1, 0, Long.MAX_VALUE, 5));
        net.populate(2 * SimDht.MINUTE);
        var honest = List.copyOf(net.alive);
        net.invade(SYBILS, BLOCK);
        net.run(net.now + 10 * SimDht.MINUTE);

        int known = 0;
        for (var node : honest) {
            var sybilsOfBuckets = new HashMap<Integer, Integer>();
            for (var contact : network(node).contacts()) {
                if (contact.endpoint().block() == BLOCK_OF_V4) {
                    int bucket = Math.min(
                            Ids.commonBits(contact.id(), network(node).id()),
                            view(node).depth());
                    sybilsOfBuckets.merge(bucket, 1, Integer::sum);
                    known++;
                }
            }
            assertThat(sybilsOfBuckets.values()).as("of one bucket").allMatch(count -> count == 1);
        }
        assertThat(known).as("they did get in").isPositive();
        var figures = new Figures();
        for (int i = 0; i < 60; i++) {
            figures.announceAndFind(net);
            net.run(net.now + SimDht.SECOND);
        }
        System.out.printf(
                "%d Sybils of one /24 among %d: %.1f places each, found %.1f %%%n",
                SYBILS, HONEST, (double) known / honest.size(), 100 * figures.foundShare());
        assertThat(figures.foundShare()).isGreaterThanOrEqualTo(0.97);
    }

    private static final long BLOCK_OF_V4 =
            net.shoal.discovery.dht.krpc.Endpoint.v4(BLOCK << 8 | 1, 1).block();

    private static SavedNetwork network(SimNode node) {
        return node.node.save().get(0);
    }

    private static NodeView.Network view(SimNode node) {
        return node.node.view().networks().stream()
                .filter(each -> each.family() == Family.V4)
                .findFirst()
                .orElseThrow();
    }
}
