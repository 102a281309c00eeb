package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.limits.SwarmLimits;
import net.shoal.engine.testing.Campaign;
import net.shoal.engine.testing.FaultyStorage;
import net.shoal.engine.testing.LoopbackNetwork;
import net.shoal.engine.testing.NthFault;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;

/**
 * The n-th thing that may fail does, between two engines with real sockets and real files (reliability R4): the file arrives all the same, and when
 * both engines are closed no socket, no file and no memory is left.
 */
class FaultsTest extends EnginesTest {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final int LENGTH = 1_500_000;
    private static final int SOME = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void whicheverOfThemFailsTheFileArrivesAndNothingIsLeft() throws Exception {
        assumeTrue(Files.isDirectory(OPEN), "what is open cannot be told on this system");
        var file = file("in/file.bin", LENGTH);
        run(file, 0); // what is made once for all is made now
        long all = run(file, 0).count();
        assertThat(all).as("things that may fail").isGreaterThan(50);
        var random = new SplittableRandom(Campaign.seed());
        var failed = new TreeMap<String, Integer>();
        for (int round = 0; round < Campaign.rounds((int) all, SOME); round++) {
            long number = Campaign.isOn() ? round % all + 1 : 1 + random.nextLong(all);
            failed.merge(run(file, number).failed(), 1, Integer::sum);
        }
        System.out.println("of " + all + " things that may fail there failed " + failed);
    }

    private NthFault run(Path file, long number) throws IOException {
        var before = open();
        long memory = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
        var fault = new NthFault();
        var round = Files.createTempDirectory(folder, "round");
        var seeder = faulty(round.resolve("seeder"), fault);
        var leecher = faulty(round.resolve("leecher"), fault);
        try {
            var metainfo = share(seeder, file, Format.HYBRID, 1 << 16);
            fault.arm(number);
            var transfer = leecher.add(
                    new Source.Torrent(metainfo),
                    round.resolve("out"),
                    Existing.KEEP_VERIFIED,
                    seeder.network.address());
            await("the file, though number " + number + " failed, " + fault.failed())
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> transfer.status().state().word().equals("seeding"));
            assertThat(round.resolve("out/file.bin")).hasSameBinaryContentAs(file);
        } finally {
            leecher.close();
            seeder.close();
        }
        await("nothing is left where number " + number + " failed, " + fault.failed())
                .atMost(SOON)
                .untilAsserted(() -> {
                    assertThat(open()).isSubsetOf(before);
                    assertThat(seeder.network.held() + leecher.network.held()).isZero();
                    assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory())
                            .isLessThanOrEqualTo(memory);
                });
        return fault;
    }

    private static TestEngine faulty(Path state, NthFault fault) {
        return new TestEngine(
                state,
                new FaultyStorage(RealFiles.storage(), fault),
                SwarmLimits.DEFAULTS,
                SyncRule.DEFAULT,
                Clock.systemUTC(),
                new LoopbackNetwork(Optional.of(fault)));
    }

    /** Sockets, and files of this test, by their names. */
    private List<String> open() throws IOException {
        var names = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(OPEN)) {
            for (var one : all) {
                try {
                    var name = Files.readSymbolicLink(one).toString();
                    if (name.startsWith("socket:") || name.startsWith(folder.toString())) {
                        names.add(name);
                    }
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        return names;
    }
}
