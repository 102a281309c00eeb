package net.shoal.discovery.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.shoal.api.net.NetworkScope;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.node.NodeView;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

class DhtCheckTest {
    private static NodeView view(int usable, NodeView.Reachable reachable) {
        var network = new NodeView.Network(
                Family.V4, new Sha1Hash(0, 0, 0), usable, usable, 3, Optional.empty(), reachable, false);
        return new NodeView(List.of(network), 1, 2, 3, 4, 5, 6, 7);
    }

    private static Result judge(boolean enabled, NetworkScope scope, int usable, NodeView.Reachable reachable) {
        return DhtCheck.judge(new DhtDiscovery.Health(enabled, scope, true, view(usable, reachable), 0, 4, 3));
    }

    @Test
    void itTellsWhomItKnowsAndWhetherItIsReached() {
        var result = judge(true, NetworkScope.INTERNET, 120, NodeView.Reachable.NO);

        assertThat(result.isOk()).isTrue();
        assertThat(result.toString())
                .contains("120 nodes of the DHT answer over IPv4")
                .contains("others cannot reach this node")
                .contains("3 of 4 torrents and networks are announced");
    }

    @Test
    void thatThereIsNoPortIsAWarningWhateverTheScope() {
        var health =
                new DhtDiscovery.Health(true, NetworkScope.LAN, false, view(0, NodeView.Reachable.UNKNOWN), 0, 4, 0);

        assertThat(DhtCheck.judge(health).getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(DhtCheck.judge(health).toString()).contains("no UDP port");
    }

    @Test
    void nobodyToAskIsAWarningWhereThereShouldBeSomebody() {
        assertThat(judge(true, NetworkScope.INTERNET, 0, NodeView.Reachable.UNKNOWN)
                        .getStatus())
                .isEqualTo(Result.Status.WARN);
        assertThat(judge(true, NetworkScope.LOOPBACK, 0, NodeView.Reachable.UNKNOWN)
                        .isOk())
                .isTrue();
        assertThat(judge(false, NetworkScope.INTERNET, 0, NodeView.Reachable.UNKNOWN)
                        .isOk())
                .isTrue();
    }
}
