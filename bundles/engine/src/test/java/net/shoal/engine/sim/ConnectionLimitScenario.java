package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.limits.NodeLimits;
import org.junit.jupiter.api.Test;

/** A node has so many connections, and its transfers share them. */
class ConnectionLimitScenario {
    private static final int MOST = 10;

    private final Simulation sim =
            swarm(51).content(Format.V1, 256 * KIB, 8 * MIB).rates(8 * KIB, 4 * MIB);
    private final NodeLimits node = sim.newLimits();

    private SimNode transfer() {
        sim.sharing(node);
        var transfer = sim.leecher();
        sim.leechers().stream().filter(other -> other != transfer).forEach(other -> sim.network()
                .forbid(transfer, other));
        sim.sharing(null);
        return transfer;
    }

    private static int peers(SimNode transfer) {
        return transfer.swarm().report().peers();
    }

    @Test
    void transfersShareTheConnectionsOfTheNode() {
        node.connections().limit(MOST);
        sim.seeds(20);
        var first = transfer();
        sim.runFor(Duration.ofSeconds(30));
        assertThat(peers(first)).isEqualTo(MOST);
        var second = transfer();
        for (int seconds = 0; seconds < 60; seconds++) {
            sim.runFor(Duration.ofSeconds(1));
            assertThat(node.connections().used()).isLessThanOrEqualTo(MOST);
        }
        assertThat(peers(first)).isEqualTo(MOST / 2);
        assertThat(peers(second)).isEqualTo(MOST / 2);
        sim.remove(second);
        sim.runFor(Duration.ofSeconds(30));
        assertThat(peers(first)).as("the other is gone").isEqualTo(MOST);
        sim.close();
        assertThat(node.connections().used()).isZero();
    }

    @Test
    void whoComesIsRefusedWhereNoneIsLeft() {
        node.connections().limit(MOST);
        sim.sharing(node).rates(256 * KIB, 4 * MIB);
        var seed = sim.seed();
        sim.sharing(null);
        sim.leechers(MOST + 5);
        sim.runFor(Duration.ofSeconds(30));
        assertThat(peers(seed)).isEqualTo(MOST);
        assertThat(sim.leechers().stream()
                        .mapToLong(sim.network()::bytesTo)
                        .min()
                        .orElseThrow())
                .as("the others pass on what they have")
                .isPositive();
        sim.close();
        assertThat(node.connections().used()).isZero();
    }

    @Test
    void fewerConnectionsHoldAtOnce() {
        sim.seeds(20);
        var transfer = transfer();
        sim.runFor(Duration.ofSeconds(10));
        assertThat(peers(transfer)).isEqualTo(20);
        node.connections().limit(MOST);
        transfer.swarm().limitsChanged();
        assertThat(peers(transfer)).as("of the node").isEqualTo(MOST);
        transfer.swarm().limit(new TransferLimits(0, 0, 4, OptionalDouble.empty(), Optional.empty()));
        assertThat(peers(transfer)).as("of the transfer").isEqualTo(4);
        sim.runFor(Duration.ofSeconds(60));
        assertThat(peers(transfer)).isEqualTo(4);
        transfer.swarm().limit(TransferLimits.NONE);
        sim.runFor(Duration.ofSeconds(10));
        assertThat(peers(transfer)).isEqualTo(MOST);
        sim.close();
        assertThat(node.connections().used()).isZero();
    }
}
