package net.shoal.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A node that may have 256 files and sockets open, and is offered more files and peers than those are enough for. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(value = OS.LINUX, disabledReason = "/proc tells how many descriptors are open")
class FewDescriptorsIT {
    private static final int DESCRIPTORS = 256;
    private static final int FILES = 5_000;
    private static final int PEERS = 200;
    /** Connections that a node with so few descriptors has. */
    private static final int MOST_PEERS = 64;
    /** A complaint is said once, not once a peer or once a file. */
    private static final int MOST_LINES = 60;

    private static final long SECONDS = 180;

    @TempDir
    Path folder;

    private Path many;
    private int mostOpen;

    @BeforeEach
    void makeContent() throws IOException {
        many = Files.createDirectories(folder.resolve("content/many"));
        var random = new Random(256);
        for (int i = 0; i < FILES; i++) {
            var bytes = new byte[1 + random.nextInt(8_000)];
            random.nextBytes(bytes);
            var inner = Files.createDirectories(many.resolve("d" + i % 50));
            Files.write(inner.resolve("f" + i), bytes);
        }
    }

    @Test
    void manyFilesFromManyPeersComplete() throws IOException {
        try (var silent = new SilentPeers(PEERS);
                var seeder = node("seeder", List.of());
                var node = node("node", List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$@\"", "sh"))) {
            var link = seeder.control()
                    .results("share", many.toString())
                    .get(0)
                    .path("link")
                    .asText()
                    .replaceFirst("&.*", ""); // it names the seeder, whom only silent peers are to precede
            silent.call(node.address(), PEERS);
            var args = new ArrayList<>(List.of("get", link, "--to", folder + "/fetched"));
            silent.addresses().forEach(address -> args.addAll(List.of("--peer", address)));
            node.control().begin(args.toArray(String[]::new));
            Running.await("silent peers have half of the places", SECONDS, () -> silent.greeted() >= MOST_PEERS / 2);
            assertThat(isComplete(node)).as("the seeder is not known yet").isFalse();
            long begin = System.nanoTime();
            node.control().results("set", id(node), "peer=" + seeder.address());
            awaitComplete(node);
            System.out.printf(
                    "%d descriptors: %d files from one of %d peers in %d ms; at most %d open, %d dials to silent peers, %d from them%n",
                    DESCRIPTORS,
                    FILES,
                    PEERS + 1,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                    mostOpen,
                    silent.dialled(),
                    silent.called());
            assertThat(FileTree.of(folder.resolve("fetched/many"))).isEqualTo(FileTree.of(many));
            assertThat(silent.called()).as("silent callers").isGreaterThanOrEqualTo(PEERS);
            assertThat(silent.dialled()).as("silent peers that were tried").isPositive();
            assertThat(linesOf(node)).as(node.log()).isLessThan(MOST_LINES);
            assertThat(node.stop()).as(node.log()).isZero();
        }
    }

    private NodeProcess node(String name, List<String> prefix) throws IOException {
        return NodeProcess.start(
                folder.resolve(name + "/home"),
                command -> {
                    var all = new ArrayList<>(prefix);
                    all.addAll(command);
                    return all;
                },
                "--listen",
                "127.0.0.1:0",
                "--net",
                "loopback",
                // or silent peers are asked for encryption first, and have no more to say to that
                "--security",
                "plain");
    }

    private void awaitComplete(NodeProcess node) {
        try {
            Running.await("the transfer is complete", SECONDS, () -> {
                mostOpen = Math.max(mostOpen, openDescriptors(node.pid()));
                return isComplete(node);
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + Running.text(() -> show(node)) + node.log(), e);
        }
    }

    private static String id(NodeProcess node) throws IOException {
        return node.control().results("ls").get(0).path("id").asText();
    }

    private static boolean isComplete(NodeProcess node) throws IOException {
        var rows = node.control().results("ls");
        return !rows.isEmpty()
                && rows.get(0).path("size").asLong() > 0
                && rows.get(0).path("done").asLong() == rows.get(0).path("size").asLong();
    }

    private static String show(NodeProcess node) throws IOException {
        return node.control().results("ls") + "\n";
    }

    private static int openDescriptors(long pid) throws IOException {
        try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) open.count();
        }
    }

    private static long linesOf(NodeProcess node) throws IOException {
        long lines = 0;
        try (var files = Files.walk(node.home().resolve("log"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        return lines
                + Files.readAllLines(node.home().resolveSibling(node.home().getFileName() + ".log"))
                        .size();
    }
}
