package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.shoal.base.metainfo.CreateOptions.Format;
import org.junit.jupiter.api.Test;

/** Content spreads from who has it to who wants it, and among these. */
class SharingScenario {
    @Test
    void oneSeedFeedsFourLeechersThatShareAmongThemselves() {
        var sim = swarm(1).content(Format.V1, 64 * KIB, 8 * MIB).seeds(1).leechers(4);
        sim.untilComplete(Duration.ofMinutes(2));
        long total = 4L * 8 * MIB;
        long fromSeed = sim.network().bytesFrom(sim.seed(0));
        assertThat(fromSeed).as("of " + total + " bytes in all").isLessThan(total / 2);
        for (var leecher : sim.leechers()) {
            assertThat(sim.network().bytesFrom(leecher)).as(leecher + " gives").isGreaterThan(MIB);
            assertThat(sim.network().bytesTo(leecher))
                    .as("little is fetched twice")
                    .isLessThan(9L * MIB);
        }
        sim.close();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(traceOf(5)).isEqualTo(traceOf(5));
        assertThat(traceOf(5)).isNotEqualTo(traceOf(6));
    }

    private static long traceOf(long seed) {
        var sim = swarm(seed).content(Format.V1, 32 * KIB, 2 * MIB).seeds(1).leechers(3);
        sim.untilComplete(Duration.ofMinutes(2));
        return sim.time().trace();
    }
}
