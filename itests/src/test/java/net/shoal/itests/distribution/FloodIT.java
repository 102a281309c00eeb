package net.shoal.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that say nothing, and some that say a byte a second, at a node that seeds (reliability R9): each is dropped within ten seconds,
 * they cost little memory, and a download beside them goes on. A sample in each build; all 11,000 and the figures in a campaign.
 */
@Timeout(900)
class FloodIT {
    private static final boolean CAMPAIGN = Boolean.getBoolean("shoal.campaign");
    private static final int IDLE = CAMPAIGN ? 10_000 : 1_000;
    private static final int DRIPPING = IDLE / 10;
    private static final int SIZE = CAMPAIGN ? 128 << 20 : 32 << 20;
    private static final int ROUNDS = CAMPAIGN ? 3 : 1;
    /** The deadline is ten; a machine with other things to do is late. */
    private static final double DROPPED_SECONDS = CAMPAIGN ? 12 : 40;

    private static final long HEAP = 64 << 20;

    /** Bytes a second that the download can have: as of a line, so that what is compared is not how busy this machine is. */
    private static final long LINE = 16 << 20;

    @TempDir
    Path folder;

    @Test
    void idleAndDrippingConnectionsAreDroppedAndADownloadGoesOn() throws Exception {
        var content = Files.createDirectories(folder.resolve("in")).resolve("content.bin");
        var bytes = new byte[SIZE];
        new Random(9).nextBytes(bytes);
        Files.write(content, bytes);
        var torrent = folder.resolve("content.torrent");
        var calm = new ArrayList<Double>();
        var flooded = new ArrayList<Double>();
        try (var seeding = NodeProcess.start(folder.resolve("a"), "--net", "loopback", "--listen", "127.0.0.1:0")) {
            var home = seeding.home().toString();
            run("share", content.toString(), "--home", home, "--save", torrent.toString());
            fetch(seeding, torrent, content);
            for (int round = 0; round < ROUNDS; round++) {
                calm.add(fetch(seeding, torrent, content));
                long before = heap(seeding);
                try (var flood = new Flood(port(seeding), IDLE, DRIPPING)) {
                    flooded.add(fetch(seeding, torrent, content));
                    long during = heap(seeding);
                    assertThat(during - before).as("heap in excess, bytes").isLessThan(HEAP);
                    double dropped = flood.awaitDropped(DROPPED_SECONDS + 30);
                    System.out.printf(
                            "flood of %d + %d: the last dropped after %.1f s, heap %+d KiB%n",
                            IDLE, DRIPPING, dropped, (during - before) / 1024);
                    assertThat(dropped)
                            .as("seconds until the last one was dropped")
                            .isLessThan(DROPPED_SECONDS);
                }
            }
        }
        double ratio = median(calm) / median(flooded);
        System.out.printf("seconds calm %s, flooded %s: %.0f %% of the speed%n", calm, flooded, ratio * 100);
        if (CAMPAIGN) {
            assertThat(ratio).as("of the speed it has without").isGreaterThan(0.9);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** @return seconds */
    private double fetch(NodeProcess from, Path torrent, Path content) throws IOException {
        var to = Files.createTempDirectory(folder, "out");
        var home = Files.createTempDirectory(folder, "home");
        long begin = System.nanoTime();
        run(
                "get",
                torrent.toString(),
                "--home",
                home.toString(),
                "--net",
                "loopback",
                "--to",
                to.toString(),
                "--peer",
                from.address(),
                "--set",
                "net.shoal.engine:downLimit=" + LINE);
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat(to.resolve("content.bin")).hasSameBinaryContentAs(content);
        Files.delete(to.resolve("content.bin"));
        return seconds;
    }

    private String run(String... args) throws IOException {
        try (var command = CommandRun.shoal(folder, args)) {
            assertThat(command.status()).as(command.err()).isZero();
            return command.out();
        }
    }

    private static int port(NodeProcess node) {
        return Integer.parseInt(node.address().substring(node.address().lastIndexOf(':') + 1));
    }

    /** Bytes in use, after a collection. */
    private long heap(NodeProcess node) throws IOException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        jcmd(tool, node, "GC.run");
        var histogram = jcmd(tool, node, "GC.class_histogram");
        var total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        return Long.parseLong(total.group(1));
    }

    private String jcmd(String tool, NodeProcess node, String word) throws IOException {
        try (var command =
                CommandRun.start(folder, java.util.Map.of(), List.of(tool, String.valueOf(node.pid()), word))) {
            assertThat(command.status()).as(command.err()).isZero();
            return command.out();
        }
    }
}
