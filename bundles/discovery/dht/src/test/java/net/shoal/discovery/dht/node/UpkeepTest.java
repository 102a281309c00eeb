package net.shoal.discovery.dht.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import org.junit.jupiter.api.Test;

/** What a node does by itself, hour after hour, in both networks. */
class UpkeepTest {
    private static final long MINUTE = 60_000;

    private final Bench bench = new Bench();

    private List<Endpoint> befriend(int count) {
        var friends = new ArrayList<Endpoint>();
        for (int i = 0; i < count; i++) {
            friends.add(bench.befriend(10 + i));
            bench.pass(1_000);
        }
        return friends;
    }

    /** All of them answer whatever they are asked meanwhile. */
    private void pass(long millis, List<Endpoint> friends) {
        for (long end = bench.now + millis; bench.now < end; bench.pass(1_000)) {
            friends.forEach(friend -> bench.answerAs(friend, bench.idOf(friend), Optional.empty()));
        }
    }

    private NodeView.Network network() {
        return bench.node.view().networks().get(0);
    }

    @Test
    void whereNobodyAnswersItAsksLessAndLessOften() {
        bench.node.routers(List.of(Bench.address(1)));
        bench.node.start();
        bench.pass(24 * 60 * MINUTE);

        assertThat(bench.sent).hasSizeBetween(100, 500);
        bench.sent.clear();
        bench.pass(60 * MINUTE);
        assertThat(bench.sent).as("in the hour after a day").hasSizeBetween(10, 25);
    }

    @Test
    void whoIsNotReachedHidesThoughItKnowsNobodyInTheOtherNetwork() {
        var friends = befriend(20);
        bench.node.start();
        pass(14 * MINUTE, friends);
        assertThat(network().readOnly()).isFalse();

        pass(3 * MINUTE, friends);

        assertThat(network().reachable()).isEqualTo(NodeView.Reachable.NO);
        assertThat(bench.node.view().readOnly()).isTrue();
    }

    @Test
    void whoIsAskedByAStrangerWhileItHidesShowsItselfAgain() {
        var friends = befriend(20);
        bench.node.start();
        pass(17 * MINUTE, friends);
        assertThat(bench.node.view().readOnly()).isTrue();

        var stranger = Bench.address(200);
        var reply = bench.ask(stranger, "ping", Bench.arguments(bench.idOf(stranger)));

        assertThat(reply).isPresent();
        assertThat(bench.node.view().readOnly()).isFalse();
        assertThat(bench.node.view().reachable()).isEqualTo(NodeView.Reachable.YES);
    }

    /** BEP 32: one of IPv4 that is in both networks tells of nodes in the other. */
    @Test
    void nodesOfTheOtherNetworkAreFoundThroughThoseOfThis() {
        var friend = bench.befriend(10);
        var far = new Endpoint(0x2a00_0001_0000_0000L, 1, 6_881);
        var nodes = ByteBuffer.allocate(Sha1Hash.LENGTH + 18);
        bench.idOf(far).write(nodes);
        far.write(nodes);
        bench.node.start();
        bench.pass(100);
        assertThat(bench.sent).anySatisfy(each -> assertThat(
                        each.message().dict("a").orElseThrow().list("want"))
                .isPresent());

        bench.answerAs(
                friend,
                bench.idOf(friend),
                Optional.empty(),
                values -> values.put("nodes6", BString.of(nodes.array())));

        assertThat(bench.sent).anySatisfy(each -> {
            assertThat(each.to()).isEqualTo(far);
            assertThat(each.message().text("q")).contains("ping");
        });
    }
}
