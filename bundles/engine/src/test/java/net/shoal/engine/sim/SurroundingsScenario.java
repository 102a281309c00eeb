package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.shoal.base.metainfo.CreateOptions.Format;
import org.junit.jupiter.api.Test;

/** The network goes away without a word and comes back. */
class SurroundingsScenario {
    private final Simulation sim = swarm(41)
            .content(Format.V1, 64 * KIB, 16 * MIB)
            .rates(256 * KIB, MIB)
            .seeds(1)
            .leechers(1);

    @Test
    void aConnectionThatDiedUnheardIsMadeAgainSoonAfterTheNetworkChanged() {
        sim.runFor(Duration.ofSeconds(5));
        sim.network().mute(sim.seed(0), sim.leecher(0));
        sim.leecher(0).swarm().networkChanged();
        sim.runFor(Duration.ofSeconds(2));
        long before = sim.network().bytesTo(sim.leecher(0));
        sim.runFor(Duration.ofSeconds(15));
        assertThat(sim.network().bytesTo(sim.leecher(0)) - before).isGreaterThan(512 * KIB);
        sim.close();
    }

    @Test
    void whoCouldNotBeReachedIsDialledOnceTheNetworkIsBack() {
        sim.runFor(Duration.ofSeconds(5));
        sim.network().forbid(sim.seed(0), sim.leecher(0));
        sim.network().cut(sim.seed(0), sim.leecher(0));
        sim.runFor(Duration.ofMinutes(8));
        sim.network().permit(sim.seed(0), sim.leecher(0));
        long before = sim.network().bytesTo(sim.leecher(0));
        sim.leecher(0).swarm().networkChanged();
        sim.runFor(Duration.ofSeconds(3));
        assertThat(sim.network().bytesTo(sim.leecher(0)) - before).isGreaterThan(256 * KIB);
        sim.close();
    }

    @Test
    void aSeedThatIsGoneForThreeMinutesIsFoundAgainInSeconds() {
        sim.runFor(Duration.ofSeconds(5));
        sim.network().forbid(sim.seed(0), sim.leecher(0));
        sim.network().cut(sim.seed(0), sim.leecher(0));
        sim.runFor(Duration.ofMinutes(3));
        sim.network().permit(sim.seed(0), sim.leecher(0));
        long before = sim.network().bytesTo(sim.leecher(0));
        sim.runFor(Duration.ofSeconds(14));
        assertThat(sim.network().bytesTo(sim.leecher(0)) - before).isGreaterThan(256 * KIB);
        sim.close();
    }

    @Test
    void aChangeThatChangedNothingCostsNoConnection() {
        sim.runFor(Duration.ofSeconds(5));
        for (int i = 0; i < 5; i++) {
            sim.leecher(0).swarm().networkChanged();
            sim.seed(0).swarm().networkChanged();
            sim.runFor(Duration.ofSeconds(4));
        }
        assertThat(sim.network().connections()).isOne();
        sim.close();
    }
}
