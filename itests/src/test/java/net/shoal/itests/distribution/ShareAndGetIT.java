package net.shoal.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user does: share here, get there. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ShareAndGetIT {
    private static final int SIZE = 3_000_000;

    @TempDir
    Path folder;

    private Path photos;

    @BeforeEach
    void makeContent() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos/2026 Köln"));
        var bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        Files.write(photos.resolve("one.raw"), bytes);
        Files.writeString(photos.resolve("notes.txt"), "hello\n");
        photos = photos.getParent();
    }

    @Test
    void aRunningNodeSharesAndATemporaryOneGets() throws IOException {
        try (var node = NodeProcess.start(folder.resolve("a"), "--listen", "127.0.0.1:0", "--net", "loopback")) {
            var link = ok("share", "photos", "--home", "a").strip();
            assertThat(link).startsWith("magnet:?").hasLineCount(1);
            ok("get", link, "--home", "b", "--to", "copy", "--peer", node.address());
            assertSame(folder.resolve("copy/photos"));
            assertThat(ok("ls", "--home", "a")).contains("photos");
            ok("stop", "--home", "a");
            Running.await("the node has gone", 10, () -> !Files.exists(folder.resolve("a/node.json")));
        }
    }

    @Test
    void theTrackerOfANodeIsAllThatTwoOthersNeed() throws IOException {
        try (var node = NodeProcess.start(
                folder.resolve("a"),
                "--listen",
                "127.0.0.1:0",
                "--net",
                "loopback",
                "--serve-tracker",
                "127.0.0.1:0")) {
            assertThat(node.pid()).isPositive();
            var link = ok("share", "photos", "--home", "a").strip();
            assertThat(link).contains("tr=");
            ok("get", link, "--home", "b", "--to", "copy");
            assertSame(folder.resolve("copy/photos"));
        }
    }

    @Test
    void aTemporaryNodeSharesUntilItIsStopped() throws IOException {
        try (var sharing =
                CommandRun.shoal(folder, "share", "photos", "--home", "a", "--serve-tracker", "127.0.0.1:0")) {
            var link = sharing.awaitLine("magnet:?");
            ok("get", link, "--home", "b", "--to", "copy");
            assertSame(folder.resolve("copy/photos"));
            assertThat(sharing.isAlive()).isTrue();
            sharing.close();
            assertThat(sharing.status()).isZero();
        }
    }

    @Test
    void badInputIsRefusedInWords() throws IOException {
        assertThat(refused(2, "get")).containsIgnoringCase("usage");
        assertThat(refused(2, "share", "photos", "--format", "v3"))
                .contains("v1")
                .contains("hybrid");
        assertThat(refused(1, "share", "no such folder", "--home", "a")).contains("no such folder");
        assertThat(refused(2, "fly", "--home", "a")).contains("fly");
        assertThat(refused(1, "ls", "--home", "nobody")).containsIgnoringCase("no node");
    }

    @Test
    void aRunningNodeStopsCleanlyWithinFiveSeconds() throws IOException {
        try (var node = NodeProcess.start(folder.resolve("a"), "--listen", "127.0.0.1:0", "--net", "loopback")) {
            long begin = System.nanoTime();
            assertThat(node.stop()).as(node.log()).isZero();
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                    .isLessThanOrEqualTo(5);
            assertThat(node.home().resolve("node.json")).doesNotExist();
        }
    }

    private String ok(String... args) throws IOException {
        return new CommandLines(folder).ok(args);
    }

    private String refused(int status, String... args) throws IOException {
        return new CommandLines(folder).refused(status, args);
    }

    private void assertSame(Path copy) throws IOException {
        assertThat(FileTree.of(copy)).isEqualTo(FileTree.of(photos));
    }
}
