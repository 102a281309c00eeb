package net.shoal.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.shoal.api.net.FoundNode;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.base.model.PeerAddress;
import org.junit.jupiter.api.Test;

class MdnsSessionTest {
    private static final Progress WANTS = new Progress(0, 0, 1_000, 1_000, false, 50);

    private final List<PeerAddress> found = new ArrayList<>();
    private List<FoundNode> nodes = List.of(node(1), node(2));
    private long clock;
    private final MdnsSession session =
            new MdnsSession(() -> nodes, found::addAll, new Allowance(100, 1, () -> clock)::take, () -> clock);

    @Test
    void triesEachNodeOnceAndAgainAfterAWhile() {
        session.update(WANTS);
        session.update(WANTS);
        assertThat(found).containsExactly(address(1), address(2));
        nodes = List.of(node(1), node(2), node(3));
        session.update(WANTS);
        assertThat(found).hasSize(3);
        clock += MdnsSession.AGAIN;
        session.update(WANTS);
        assertThat(found).hasSize(6);
        assertThat(session.status().get(0).message()).isEqualTo("3 nodes there, 6 tried as peers");
    }

    @Test
    void whoLacksNothingOrNobodyTriesNobody() {
        session.update(new Progress(0, 0, 0, 0, false, 50));
        session.update(new Progress(0, 0, 1_000, 1_000, false, 0));
        session.close();
        session.update(WANTS);
        assertThat(found).isEmpty();
    }

    @Test
    void allTransfersTogetherTrySoManyAtATime() {
        nodes = IntStream.range(1, 200).mapToObj(MdnsSessionTest::node).toList();
        session.update(WANTS);
        assertThat(found).hasSize(100);
        clock += 10_000;
        session.update(WANTS);
        assertThat(found).hasSize(110).doesNotHaveDuplicates();
    }

    private static FoundNode node(int last) {
        return new FoundNode("node " + last, List.of(address(last)));
    }

    private static PeerAddress address(int last) {
        return PeerAddress.ip(Lan.address("10.0.0." + last), 7_716);
    }
}
