package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.source.SameFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two transfers of a node want the same file: the first one of each content is 8 MiB and the same. */
class SiblingsScenario {
    private static final int SHARED = 8 * MIB;
    private static final int REST = MIB;

    private final SameFiles files = new SameFiles();

    /** The second file is its own. */
    private static Simulation content(Simulation sim, Format format, int pieceLength, int own) {
        return sim.content(format, pieceLength, SHARED, REST + own);
    }

    @ParameterizedTest(name = "from {0} to {1} with pieces of {2} KiB")
    @CsvSource({
        "V1, V1, 64",
        "V2, V2, 64",
        "V2, V2, 256",
        "V2, HYBRID, 32",
        "HYBRID, V2, 64",
        "HYBRID, V1, 64",
        "V1, HYBRID, 64",
    })
    void whatOneHasTheOtherNeedNotFetch(Format first, Format second, int pieceKib) {
        var sim = content(swarm(81), first, 64 * KIB, 0);
        sim.seed().sibling(files, Visibility.LINK, 1);
        content(sim, second, pieceKib * KIB, 100_000).seeds(1);
        var borrower = sim.leecher().sibling(files, Visibility.LINK, 2);
        sim.untilComplete(Duration.ofSeconds(30));
        assertThat(sim.network().bytesTo(borrower))
                .as("over the network, of 9 MiB and a bit")
                .isLessThan(REST + 100_000 + 2 * pieceKib * KIB);
        assertThat(borrower.swarm().report().downloaded())
                .isEqualTo(sim.network().bytesTo(borrower));
        assertThat(borrower.fromSiblings()).hasSize(1).first().asString().matches("(7\\.9|8\\.0) MiB copied");
        sim.close();
    }

    @Test
    void whatBothWantIsFetchedOnce() {
        var sim = content(swarm(82), Format.V2, 64 * KIB, 0).rates(MIB, 4 * MIB);
        sim.seeds(1);
        var first = sim.leecher().sibling(files, Visibility.LINK, 1);
        content(sim, Format.V2, 64 * KIB, 100_000).seeds(1);
        var second = sim.leecher().sibling(files, Visibility.LINK, 2);
        sim.untilComplete(Duration.ofSeconds(30));
        assertThat(sim.network().bytesTo(first) + sim.network().bytesTo(second)).isEqualTo(SHARED + 2 * REST + 100_000);
        sim.close();
    }

    @Test
    void whenTheFirstStopsTheSecondFetchesItself() {
        var sim = content(swarm(83), Format.V2, 64 * KIB, 0).rates(MIB, 4 * MIB);
        sim.seeds(1);
        var first = sim.leecher().sibling(files, Visibility.LINK, 1);
        content(sim, Format.V2, 64 * KIB, 100_000).seeds(1);
        var second = sim.leecher().sibling(files, Visibility.LINK, 2);
        sim.until(() -> first.verified().size() > 60, Duration.ofSeconds(20));
        sim.remove(first);
        sim.untilComplete(Duration.ofSeconds(20));
        assertThat(sim.network().bytesTo(second)).isBetween(3L * MIB, 8L * MIB);
        sim.close();
    }

    @Test
    void aFirstThatGetsNoFurtherIsNotWaitedForAndGetsItFromTheSecond() {
        var sim = content(swarm(84), Format.V2, 64 * KIB, 0).rates(MIB, 4 * MIB);
        var first = sim.leecher().sibling(files, Visibility.LINK, 1);
        content(sim, Format.V2, 64 * KIB, 100_000).seeds(1);
        var second = sim.leecher().sibling(files, Visibility.LINK, 2);
        sim.until(second::isComplete, Duration.ofMinutes(2));
        assertThat(second.completedAt()).isGreaterThan(Duration.ofMinutes(1));
        sim.until(() -> first.verified().size() == SHARED / (64 * KIB), Duration.ofSeconds(10));
        assertThat(sim.network().bytesTo(first)).isZero();
        sim.close();
    }

    @Test
    void whatIsNoLongerWhatItWasIsNotTakenOver() {
        var sim = content(swarm(85), Format.V2, 64 * KIB, 0);
        var damaged = sim.seed();
        damaged.store().bytes()[3 * MIB] ^= 1;
        damaged.sibling(files, Visibility.LINK, 1);
        content(sim, Format.V2, 64 * KIB, 100_000).seeds(1);
        var borrower = sim.leecher().sibling(files, Visibility.LINK, 2);
        sim.untilComplete(Duration.ofSeconds(40));
        assertThat(borrower.fromSiblings()).first().asString().startsWith("not used any more: its data is not");
        assertThat(sim.network().bytesTo(borrower)).isGreaterThan(REST + 100_000);
        sim.close();
    }

    @Test
    void whatIsHeldForFewFillsNoSwarmOfMore() {
        var sim = content(swarm(86), Format.V2, 64 * KIB, 0);
        sim.seed().sibling(files, Visibility.LINK, 1);
        content(sim, Format.V2, 64 * KIB, 100_000).seeds(1);
        var wider = sim.leecher().sibling(files, Visibility.PUBLIC, 2);
        sim.untilComplete(Duration.ofSeconds(40));
        assertThat(wider.fromSiblings()).isEmpty();
        assertThat(sim.network().bytesTo(wider)).isGreaterThanOrEqualTo(SHARED + REST + 100_000);
        sim.close();
    }

    @Test
    void aFileThatIsNotWantedIsNotCopied() {
        var sim = content(swarm(87), Format.V2, 64 * KIB, 0);
        sim.seed().sibling(files, Visibility.LINK, 1);
        content(sim, Format.V2, 64 * KIB, 100_000).seeds(1);
        var borrower = sim.leecher();
        var priorities = new byte[sim.content().layout().pieceCount()];
        java.util.Arrays.fill(priorities, SHARED / (64 * KIB), priorities.length, (byte) 4);
        borrower.swarm().setPriorities(priorities);
        borrower.sibling(files, Visibility.LINK, 2);
        sim.until(() -> borrower.swarm().report().isFinished(), Duration.ofSeconds(20));
        sim.runFor(Duration.ofSeconds(5));
        assertThat(borrower.verified()).allMatch(piece -> piece >= SHARED / (64 * KIB));
        sim.close();
    }
}
