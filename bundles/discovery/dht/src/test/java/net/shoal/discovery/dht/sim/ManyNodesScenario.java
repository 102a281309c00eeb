package net.shoal.discovery.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is announced is found, quickly and cheaply, also among nodes that come and go, cannot be reached, or lie. */
class ManyNodesScenario {
    private static final boolean CAMPAIGN = Boolean.getBoolean("shoal.campaign");
    private static final int ROUNDS = CAMPAIGN ? 300 : 150;
    /** Networks that are larger live for a shorter time, so that a campaign ends. */
    private static final int LARGE = 50_000;

    private static final long SESSION = 120 * SimDht.MINUTE;

    private static Figures measure(SimDht.Shape shape) {
        var net = new SimDht(shape);
        boolean isLarge = shape.nodes() >= LARGE;
        net.populate((isLarge ? 2 : 5) * SimDht.MINUTE);
        net.run(net.now + (isLarge ? 1 : CAMPAIGN ? 10 : 5) * SimDht.MINUTE);
        long datagrams = net.datagrams;
        long bytes = net.bytes;
        long watched = (isLarge ? 1 : 5) * SimDht.MINUTE;
        net.run(net.now + watched);
        double nodeSeconds = (double) watched / SimDht.SECOND * shape.nodes();
        var row = new double[] {(net.datagrams - datagrams) / nodeSeconds, (net.bytes - bytes) / nodeSeconds};
        var figures = new Figures();
        for (int i = 0; i < (isLarge ? ROUNDS / 15 : ROUNDS); i++) {
            figures.announceAndFind(net);
            net.run(net.now + SimDht.SECOND);
        }
        System.out.println(Figures.HEAD);
        System.out.println(figures.row(net, row[0], row[1]));
        return figures;
    }

    /** A campaign prints how cost grows with the network; minutes to hours. Property {@code shoal.nodes} says which ones it looks at. */
    private static IntStream sizes(int some) {
        var all = System.getProperty("shoal.nodes", "1000,10000,100000");
        return CAMPAIGN ? Stream.of(all.split(",")).mapToInt(Integer::parseInt) : IntStream.of(some);
    }

    private static IntStream sizes() {
        return sizes(1_000);
    }

    private static IntStream sizesWithLiars() {
        return sizes(500);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void announcesAreFoundInFewStepsAmongNodesThatComeAndGo(int nodes) {
        var figures = measure(new SimDht.Shape(nodes, 0.6, 0, SESSION, 1));

        assertThat(Figures.percentile(figures.firstPeers, 50)).isLessThan(1_000);
        // the largest network is looked at when it is minutes old, for its cost: its tables are far from full
        if (nodes <= 10_000) {
            assertThat(figures.foundShare()).isGreaterThanOrEqualTo(0.99);
            assertThat(Figures.percentile(figures.hops, 95)).isLessThanOrEqualTo(4);
            assertThat(Figures.percentile(figures.messages, 95)).isLessThanOrEqualTo(25);
        }
    }

    @ParameterizedTest
    @MethodSource("sizesWithLiars")
    void announcesAreFoundAmongLiars(int nodes) {
        var figures = measure(new SimDht.Shape(nodes, 0.6, 0.2, SESSION, 2));

        assertThat(figures.foundShare()).isGreaterThanOrEqualTo(0.97);
    }
}
