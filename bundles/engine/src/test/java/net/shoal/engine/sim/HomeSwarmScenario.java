package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.shoal.engine.testing.Campaign;
import org.junit.jupiter.api.Test;

/** Our rules beside those that libtorrent publishes, among people who come and go: prints a table of how long each took. */
class HomeSwarmScenario {
    /**
     * So much longer than with the better of the others it may take: nothing, and what one swarm differs from another given the same rules. Of
     * 200 people who fetch 64 MiB (a campaign) half are done two fifths sooner, and the last twentieth as soon.
     */
    private static final double NOISE = 1.1;

    private static final int PIECE_LENGTH = 256 * KIB;

    private final int people = Integer.getInteger("shoal.people", Campaign.isOn() ? 200 : 32);
    private final int bytes = (Campaign.isOn() ? 64 : 16) * MIB;
    private final Duration arrivals = Duration.ofSeconds(Campaign.isOn() ? 240 : 30);

    @Test
    void peopleHaveItAsSoonAsWithTheRulesOfLibtorrent() {
        var ours = run("ours", null);
        var fixed = run(OtherRules.DEFAULTS.name(), OtherRules.DEFAULTS);
        // many slots spread what there is too thin among homes, so this is for the table
        var byRate = Campaign.isOn() ? run(OtherRules.RATE_BASED.name(), OtherRules.RATE_BASED) : fixed;
        for (int percent : new int[] {50, 95}) {
            double best = Math.min(at(fixed, percent), at(byRate, percent));
            assertThat(at(ours, percent)).as("p" + percent).isLessThan(best * NOISE);
        }
    }

    private double[] run(String name, OtherRules rules) {
        double[] times = IntStream.range(0, Campaign.rounds(2, 1))
                .mapToObj(round -> new HomeSwarm(Campaign.seed() + round, people, bytes, PIECE_LENGTH, arrivals, rules))
                .flatMapToDouble(swarm -> DoubleStream.of(swarm.run(Duration.ofHours(2))))
                .sorted()
                .toArray();
        System.out.printf(
                "%-28s p5 %6.1f s, p50 %6.1f s, p95 %6.1f s, mean %6.1f s of %d%n",
                name,
                at(times, 5),
                at(times, 50),
                at(times, 95),
                DoubleStream.of(times).average().orElseThrow(),
                times.length);
        return times;
    }

    private static double at(double[] sorted, int percent) {
        return sorted[sorted.length * percent / 100];
    }
}
