package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.shoal.base.metainfo.CreateOptions.Format;
import org.junit.jupiter.api.Test;

/** A swarm that nothing goes on in costs next to nothing, and is there at once when something does. */
class QuietScenario {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Simulation sim = swarm(71).content(Format.V1, 64 * KIB, 2 * MIB);

    private long eventsOf(Duration span) {
        long before = sim.time().ran();
        sim.runFor(span);
        return sim.time().ran() - before;
    }

    @Test
    void aSeedNobodyWantsAnythingOfSleeps() {
        sim.seed();
        sim.runFor(Duration.ofMinutes(5));
        assertThat(eventsOf(HOUR)).isLessThanOrEqualTo(60);
        sim.close();
    }

    @Test
    void itIsThereForWhoeverComes() {
        sim.seed();
        sim.runFor(HOUR);
        sim.leecher();
        sim.untilComplete(Duration.ofSeconds(10));
        sim.runFor(HOUR);
        assertThat(eventsOf(HOUR))
                .as("two that are complete, and try each other now and then")
                .isLessThanOrEqualTo(1_000);
        sim.leecher();
        sim.untilComplete(Duration.ofSeconds(10));
        sim.close();
    }

    @Test
    void whoSleepsDialsWhomItIsToldOf() {
        var leecher = sim.leecher();
        sim.runFor(HOUR);
        assertThat(eventsOf(HOUR)).isLessThanOrEqualTo(60);
        var seed = sim.seed();
        sim.runFor(Duration.ofSeconds(1));
        leecher.swarm().found(List.of(seed.address()));
        sim.untilComplete(Duration.ofSeconds(10));
        sim.close();
    }
}
