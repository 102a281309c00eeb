package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.testing.Campaign;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The n-th thing that may fail does (reliability R4): there is no memory, or the disk's threads take no task, or nobody can be dialled. Every
 * download completes all the same, and nothing is left behind.
 */
class FaultsScenario {
    private static final int MOST = 8_000;
    private static final int SOME = 120;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2"})
    void whicheverOfThemFailsTheDownloadsComplete(Format format) {
        long all = run(format, new Faults(0));
        assertThat(all).as("things that may fail").isGreaterThan(500);
        var random = new SplittableRandom(Campaign.seed());
        var failed = new TreeMap<String, Integer>();
        for (int round = 0; round < Campaign.rounds(MOST, SOME); round++) {
            // each of them in a campaign that is long enough, else some
            var faults = new Faults(Campaign.isOn() && round < all ? round + 1 : 1 + random.nextLong(all));
            run(format, faults);
            failed.merge(faults.failed(), 1, Integer::sum);
        }
        assertThat(failed.keySet()).contains("memory for content", "a message", "a task for the disk");
        System.out.println(format + ": of " + all + " things that may fail there failed " + failed);
    }

    /** @return how many things there were that may fail */
    private static long run(Format format, Faults faults) {
        var sim = swarm(91).content(format, 64 * KIB, 2 * MIB, 100_000).rates(4 * MIB, 8 * MIB);
        sim.network().faults(faults);
        try {
            sim.seed().retrying();
            for (int i = 0; i < 2; i++) {
                sim.leecher().retrying();
            }
            sim.untilComplete(Duration.ofMinutes(10));
            sim.close();
        } catch (AssertionError e) {
            throw new AssertionError("when number " + faults.count() + " failed, " + faults.failed(), e);
        }
        return faults.count();
    }
}
