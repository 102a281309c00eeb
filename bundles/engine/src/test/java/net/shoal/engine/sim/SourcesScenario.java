package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.shoal.api.transfer.SourceException;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.source.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is fetched from elsewhere than peers, alone and beside them. */
class SourcesScenario {
    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void aSourceAloneIsEnough(Format format) {
        // files that share blocks in v1, are padded in a hybrid, and end within blocks
        var sim = swarm(61).content(format, 64 * KIB, 3 * MIB + 1, 5, 70_000, 16 * KIB, 900_001);
        var source = new FakeSource(sim.time(), sim.content());
        var leecher = sim.leecher();
        source.serve(leecher, 1);
        sim.untilComplete(Duration.ofSeconds(20));
        assertThat(leecher.swarm().report().downloaded()).isGreaterThanOrEqualTo(source.sent());
        sim.close();
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void aSourceIsReadInLongRuns() {
        var sim = swarm(62).content(Format.V1, 64 * KIB, 64 * MIB);
        var source = new FakeSource(sim.time(), sim.content()).rate(8 * MIB);
        source.serve(sim.leecher(), 1);
        sim.runFor(Duration.ofSeconds(20));
        assertThat(source.sent()).as("nothing is fetched twice").isEqualTo(64L * MIB);
        assertThat(source.lengths().size()).as("reads for 1024 pieces").isLessThan(40);
        sim.close();
    }

    @Test
    void twoSourcesDoNotCutUpEachOthersRuns() {
        var sim = swarm(63).content(Format.V1, 64 * KIB, 64 * MIB);
        var source = new FakeSource(sim.time(), sim.content()).rate(8 * MIB);
        source.serve(sim.leecher(), 2);
        sim.untilComplete(Duration.ofSeconds(20));
        assertThat(source.opened()).isEqualTo(2);
        assertThat(source.lengths().size()).as("reads for 1024 pieces").isLessThan(80);
        sim.close();
    }

    @Test
    void aSourceAndPeersAddUp() {
        var sim = swarm(64).content(Format.V1, 64 * KIB, 24 * MIB).rates(2 * MIB, 8 * MIB);
        sim.seeds(1);
        var leecher = sim.leecher();
        var source = new FakeSource(sim.time(), sim.content()).rate(2 * MIB);
        source.serve(leecher, 1);
        sim.untilComplete(Duration.ofMillis(8_500));
        assertThat(source.sent()).as("of 24 MiB").isBetween(9L * MIB, 15L * MIB);
        assertThat(sim.network().bytesTo(leecher) + source.sent())
                .as("hardly anything comes twice")
                .isLessThan(25L * MIB);
        sim.close();
    }

    @Test
    void aSlowPeerIsNotStarvedAndASlowSourceHoldsNothingUp() {
        var sim = swarm(65).content(Format.V1, 64 * KIB, 8 * MIB).rates(4 * MIB, 8 * MIB);
        sim.seeds(1);
        var leecher = sim.leecher();
        var source = new FakeSource(sim.time(), sim.content()).rate(20 * KIB);
        source.serve(leecher, 1);
        sim.untilComplete(Duration.ofSeconds(6));
        sim.close();
    }

    @Test
    void aSourceThatTricklesIsLeftAloneForAWhile() {
        var sim = swarm(66).content(Format.V1, 64 * KIB, MIB);
        var source = new FakeSource(sim.time(), sim.content()).rate(100);
        var sources = source.serve(sim.leecher(), 1);
        sim.runFor(Duration.ofSeconds(500));
        assertThat(message(sources)).startsWith("is too slow");
        assertThat(source.opened()).isBetween(2, 6);
        sim.close();
    }

    @Test
    void aSourceThatIsBusyIsAskedAgainWhenItSays() {
        var sim = swarm(67).content(Format.V2, 64 * KIB, 4 * MIB);
        var source = new FakeSource(sim.time(), sim.content())
                .fails(MIB, SourceException.notBefore("answers 503", Duration.ofMinutes(2)));
        var sources = source.serve(sim.leecher(), 1);
        sim.runFor(Duration.ofSeconds(60));
        assertThat(message(sources)).startsWith("answers 503; 1.0 MiB fetched");
        assertThat(sources.status().get(0).nextInWords())
                .hasValueSatisfying(next -> assertThat(next).matches("in [56]\\d s"));
        assertThat(source.opened()).isEqualTo(1);
        source.heals();
        sim.untilComplete(Duration.ofSeconds(80));
        sim.close();
    }

    @Test
    void oneThatIsGoneIsAskedMoreAndMoreSeldom() {
        var sim = swarm(68).content(Format.V1, 64 * KIB, MIB);
        var source = new FakeSource(sim.time(), sim.content()).fails(0, SourceException.notNow("does not answer"));
        source.serve(sim.leecher(), 1);
        sim.runFor(Duration.ofHours(1));
        assertThat(source.opened()).isBetween(6, 12);
        sim.close();
    }

    @Test
    void aFileThatIsMissingThereComesFromElsewhere() {
        var sim = swarm(69).content(Format.V1, 64 * KIB, MIB + 5, 2 * MIB, MIB);
        var source = new FakeSource(sim.time(), sim.content()).without(1);
        var leecher = sim.leecher();
        var sources = source.serve(leecher, 1);
        sim.until(() -> leecher.verified().size() >= 30, Duration.ofSeconds(20));
        assertThat(message(sources)).endsWith("MiB fetched");
        int before = source.opened();
        sim.runFor(Duration.ofSeconds(100));
        assertThat(leecher.isComplete()).isFalse();
        assertThat(source.opened()).as("it is not asked again and again").isEqualTo(before);
        leecher.swarm().found(List.of(sim.seed().address()));
        sim.untilComplete(Duration.ofSeconds(60));
        sim.close();
    }

    @Test
    void aSourceThatSendsSomethingWrongIsBannedAndTheRestComesFromPeers() {
        var sim = swarm(70).content(Format.V1, 64 * KIB, 8 * MIB).rates(MIB, 4 * MIB);
        var source = new FakeSource(sim.time(), sim.content()).spoils(2 * MIB);
        var leecher = sim.leecher();
        var sources = source.serve(leecher, 1);
        sim.seeds(1);
        sim.untilComplete(Duration.ofSeconds(30));
        assertThat(message(sources)).startsWith("banned: it sent a bad piece");
        assertThat(source.opened()).isEqualTo(1);
        sim.close();
    }

    @Test
    void whatNobodyWantsIsNotAskedFor() {
        var sim = swarm(71).content(Format.V1, 64 * KIB, 4 * MIB);
        var source = new FakeSource(sim.time(), sim.content());
        var leecher = sim.leecher();
        leecher.swarm().setPriorities(priorities(16));
        source.serve(leecher, 1);
        sim.until(() -> leecher.swarm().report().isFinished(), Duration.ofSeconds(20));
        sim.runFor(Duration.ofMinutes(5));
        assertThat(source.sent()).isEqualTo(MIB);
        assertThat(source.isClosed()).isTrue();
        leecher.swarm().setPriorities(priorities(64));
        sim.untilComplete(Duration.ofSeconds(20));
        sim.close();
    }

    private static byte[] priorities(int wanted) {
        var priorities = new byte[64];
        java.util.Arrays.fill(priorities, 0, wanted, (byte) 4);
        return priorities;
    }

    private static String message(Sources sources) {
        return sources.status().get(0).message();
    }
}
