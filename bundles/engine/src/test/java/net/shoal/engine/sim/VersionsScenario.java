package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.shoal.base.metainfo.CreateOptions.Format;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** v1, v2 and hybrid, from metainfo and from the infohash alone. */
class VersionsScenario {
    /** Files of many pieces, one, less than one, one block, one byte. */
    private static final int[] FILES = {3 * MIB + 5, 64 * KIB, 50_000, 16 * KIB, 1, 700 * KIB};

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void aSwarmCompletes(Format format) {
        var sim = swarm(41).content(format, 64 * KIB, FILES).seeds(1).leechers(3);
        sim.untilComplete(Duration.ofMinutes(2));
        for (var leecher : sim.leechers()) {
            assertThat(sim.network().bytesTo(leecher))
                    .as("padding is not fetched")
                    .isLessThan(sim.content().metainfo().info().contentLength() * 11 / 10 + 6 * 16 * KIB);
        }
        sim.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void aMagnetLinkIsEnough(Format format) {
        var sim = swarm(42).content(format, 32 * KIB, FILES).extension(new MetadataByHand());
        sim.seeds(1);
        var first = sim.magnetLeecher();
        sim.magnetLeecher();
        sim.untilComplete(Duration.ofMinutes(2));
        assertThat(first.metadataAt()).isLessThan(Duration.ofSeconds(2));
        sim.close();
    }
}
