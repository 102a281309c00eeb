package net.shoal.discovery.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is announced is found, quickly and cheaply, also among nodes that come and go, cannot be reached, or lie. */
class ManyNodesScenario {
    private static final long SESSION = 120 * SimDht.MINUTE;

    private static Figures measure(SimDht.Shape shape, long settle, int rounds) {
        var net = new SimDht(shape);
        net.populate(5 * SimDht.MINUTE);
        net.run(net.now + settle);
        long datagrams = net.datagrams;
        long bytes = net.bytes;
        net.run(net.now + 5 * SimDht.MINUTE);
        double nodeSeconds = 300.0 * shape.nodes();
        var row = new double[] {(net.datagrams - datagrams) / nodeSeconds, (net.bytes - bytes) / nodeSeconds};
        var figures = new Figures();
        for (int i = 0; i < rounds; i++) {
            figures.announceAndFind(net);
            net.run(net.now + SimDht.SECOND);
        }
        System.out.println(Figures.HEAD);
        System.out.println(figures.row(net, row[0], row[1]));
        return figures;
    }

    @Test
    void announcesAreFoundInFewStepsAmongNodesThatComeAndGo() {
        var figures = measure(new SimDht.Shape(1_000, 0.6, 0, SESSION, 1), 5 * SimDht.MINUTE, 150);

        assertThat(figures.foundShare()).isGreaterThanOrEqualTo(0.99);
        assertThat(Figures.percentile(figures.hops, 95)).isLessThanOrEqualTo(4);
        assertThat(Figures.percentile(figures.messages, 95)).isLessThanOrEqualTo(25);
        assertThat(Figures.percentile(figures.firstPeers, 50)).isLessThan(1_000);
    }

    @Test
    void announcesAreFoundAmongLiars() {
        var figures = measure(new SimDht.Shape(500, 0.6, 0.2, SESSION, 2), 5 * SimDht.MINUTE, 150);

        assertThat(figures.foundShare()).isGreaterThanOrEqualTo(0.97);
    }

    /** Prints how cost grows with the network; minutes to hours. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 100_000})
    @EnabledIfSystemProperty(named = "shoal.campaign", matches = "true")
    void costGrowsSlowly(int nodes) {
        var honest = measure(new SimDht.Shape(nodes, 0.6, 0, SESSION, nodes), 10 * SimDht.MINUTE, 300);
        assertThat(honest.foundShare()).isGreaterThanOrEqualTo(0.99);
        if (nodes <= 10_000) {
            assertThat(Figures.percentile(honest.hops, 95)).isLessThanOrEqualTo(4);
            assertThat(Figures.percentile(honest.messages, 95)).isLessThanOrEqualTo(25);
        }

        var hostile = measure(new SimDht.Shape(nodes, 0.6, 0.2, SESSION, nodes), 10 * SimDht.MINUTE, 300);
        assertThat(hostile.foundShare()).isGreaterThanOrEqualTo(0.97);
    }
}
