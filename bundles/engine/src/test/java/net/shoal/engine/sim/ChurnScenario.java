package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.shoal.base.metainfo.CreateOptions.Format;
import org.junit.jupiter.api.Test;

/** Peers come and go. */
class ChurnScenario {
    @Test
    void aSwarmOfThirtyCompletesThoughPeersLeaveEveryFewSeconds() {
        var sim = swarm(31).content(Format.V1, 32 * KIB, 3 * MIB);
        var random = new Random(31);
        sim.rates(256 * KIB, 4 * MIB).seeds(2).leechers(28);
        for (int i = 0; i < 20; i++) {
            sim.runFor(Duration.ofMillis(500 + random.nextInt(1_500)));
            var leaving = sim.leechers().get(random.nextInt(sim.leechers().size()));
            sim.remove(leaving);
            assertThat(leaving.diskFailure()).isNull();
            sim.leecher();
        }
        assertThat(sim.leechers()).hasSize(28);
        sim.untilComplete(Duration.ofMinutes(5));
        sim.close();
    }

    @Test
    void lostConnectionsAreMadeAgain() {
        var sim = swarm(32)
                .content(Format.V1, 64 * KIB, 8 * MIB)
                .rates(256 * KIB, MIB)
                .seeds(1)
                .leechers(2);
        for (int i = 0; i < 6; i++) {
            sim.runFor(Duration.ofSeconds(3));
            sim.network().cut(sim.seed(0), sim.leecher(i % 2));
        }
        sim.untilComplete(Duration.ofMinutes(5));
        sim.close();
    }
}
