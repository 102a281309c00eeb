package net.shoal.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user makes of transfers, by the command line. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ManageIT {
    private static final int LARGE = 4 << 20;
    private static final int SMALL = 500_000;
    private static final long RATE = 256 << 10;
    private static final long SECONDS = 60;

    @TempDir
    Path folder;

    private CommandLines shoal;
    private Path photos;

    @BeforeEach
    void makeContent() throws IOException {
        shoal = new CommandLines(folder);
        photos = Files.createDirectories(folder.resolve("photos"));
        var random = new Random(3);
        write(random, "raw/large.raw", LARGE);
        write(random, "raw/small.raw", SMALL);
        write(random, "other.raw", SMALL);
        Files.writeString(photos.resolve("notes.txt"), "hello\n");
    }

    private void write(Random random, String name, int size) throws IOException {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        Files.createDirectories(photos.resolve(name).getParent());
        Files.write(photos.resolve(name), bytes);
    }

    private NodeProcess node(String home, String... more) throws IOException {
        var options = new java.util.ArrayList<>(java.util.List.of("--listen", "127.0.0.1:0", "--net", "loopback"));
        options.addAll(java.util.List.of(more));
        return NodeProcess.start(folder.resolve(home), options.toArray(String[]::new));
    }

    private static JsonNode row(NodeProcess node) throws IOException {
        return node.control().results("ls").get(0);
    }

    private static String id(NodeProcess node) throws IOException {
        return row(node).path("id").asText().substring(0, 8);
    }

    @Test
    void aDownloadIsPausedMovedRenamedAndTakenUpAgain() throws IOException {
        try (var a = node("a");
                var b = node("b")) {
            var link = shoal.ok("share", "photos", "--home", "a").strip();
            shoal.ok("set", id(a), "upLimit=" + RATE, "--home", "a");
            try (var get =
                    CommandRun.shoal(folder, "get", link, "--home", "b", "--to", "copy", "--peer", a.address())) {
                Running.await("the download began", SECONDS, () -> b.control().results("ls").stream()
                        .anyMatch(row -> row.path("done").asLong() > 0));
                long begin = System.nanoTime();
                long before = row(b).path("done").asLong();
                var id = id(b);
                assertThat(shoal.ok("pause", id, "--home", "b")).isEqualTo("photos: paused\n");
                long paused = row(b).path("done").asLong();
                double seconds = (System.nanoTime() - begin) / 1e9;
                // what was allowed, and some slack for what was under way
                assertThat(paused - before).isLessThan((long) (RATE * (seconds + 2) * 1.5));
                assertThat(row(b).path("peers").asInt()).isZero();

                assertThat(shoal.ok("rename", id, "notes.txt", "read me.txt", "--home", "b"))
                        .endsWith("photos/read me.txt\n");
                assertThat(shoal.ok("rename", id, "raw", "negatives", "--home", "b"))
                        .endsWith("photos/negatives\n");
                assertThat(shoal.ok("move", id, "elsewhere", "--home", "b"))
                        .isEqualTo("photos: now at " + folder + "/elsewhere/photos\n");
                assertThat(folder.resolve("copy/photos")).doesNotExist();
                assertThat(shoal.ok(
                                "set", id, "priority:small.raw=skip", "firstLast=on", "downLimit=64MiB", "--home", "b"))
                        .contains("at most 64.0 MiB/s down", "first and last pieces first");
                assertThat(row(b).path("state").asText()).isEqualTo("paused");
                assertThat(get.isAlive()).isTrue();

                shoal.ok("set", "all", "upLimit=0", "--home", "a");
                assertThat(shoal.ok("resume", id, "--home", "b")).startsWith("photos: ");
                assertThat(get.status()).as(get.err()).isZero();
                assertThat(get.out()).isEqualTo(folder + "/elsewhere/photos\n");
                assertThat(shoal.ok("show", id, "--home", "b"))
                        .contains("skip      raw/small.raw → negatives/small.raw")
                        .contains("normal    notes.txt → read me.txt");
            }
            var copy = folder.resolve("elsewhere/photos");
            assertThat(copy.resolve("read me.txt")).hasContent("hello\n");
            assertThat(copy.resolve("negatives/large.raw")).hasSameBinaryContentAs(photos.resolve("raw/large.raw"));
            assertThat(copy.resolve("other.raw")).hasSameBinaryContentAs(photos.resolve("other.raw"));
            assertThat(copy.resolve("raw")).doesNotExist();

            shoal.ok("get", link, "--home", "b", "--only", "small.raw");
            assertThat(copy.resolve("negatives/small.raw")).hasSameBinaryContentAs(photos.resolve("raw/small.raw"));

            assertThat(shoal.ok("recheck", "all", "--home", "b")).startsWith("photos: ");
            Running.await(
                    "rechecked", SECONDS, () -> row(b).path("state").asText().equals("seeding"));
            assertThat(shoal.ok("cancel", id(b), "--delete-data", "--home", "b"))
                    .startsWith("photos is cancelled, and what was downloaded to " + copy
                            + " is deleted\nto fetch it anew:");
            assertThat(copy).doesNotExist();
            assertThat(shoal.ok("ls", "--home", "b")).startsWith("nothing is shared or fetched yet");
        }
    }

    @Test
    void whatIsSharedInPlaceIsNeverDeleted() throws IOException {
        try (var a = node("a")) {
            shoal.ok("share", "photos", "--home", "a");
            var before = FileTree.of(photos);
            assertThat(shoal.ok("cancel", id(a), "--delete-data", "--home", "a"))
                    .isEqualTo("photos is no longer shared; it stays as it is in " + photos + "\nto undo: share "
                            + photos + "\n");
            assertThat(FileTree.of(photos)).isEqualTo(before);
        }
    }

    @Test
    void whatIsPutInAWatchedFolderIsDownloadedAndTheCommandRun() throws IOException {
        var name = "-rf $(touch pwned); '\"&|";
        var inbox = Files.createDirectories(folder.resolve("inbox"));
        var said = folder.resolve("said");
        var script = Files.writeString(
                folder.resolve("done.sh"), "#!/bin/sh\nout=$1; shift\nprintf '%s\\n' \"$@\" > \"$out\"\necho thanks\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        try (var a = node("a", "--serve-tracker", "127.0.0.1:0");
                var b = node(
                        "b",
                        "--set",
                        "net.shoal.automation.watch:folders=" + inbox,
                        "--set",
                        "net.shoal.automation.watch:interval=1",
                        "--set",
                        "net.shoal.automation.command:onCompletion=" + script + "," + said + ",%name,%path,%size")) {
            assertThat(a.pid()).isPositive();
            Files.writeString(inbox.resolve("bad.torrent"), "no torrent");
            shoal.ok("share", "photos", "--title", name, "--save", "x.torrent", "--home", "a");
            Files.copy(folder.resolve("x.torrent"), inbox.resolve("x.torrent"));

            Running.await("the command ran", SECONDS, () -> Files.exists(said) && Files.size(said) > 0);
            var content = inbox.resolve("downloads").resolve(name);
            assertThat(Files.readAllLines(said))
                    .containsExactly("./" + name, content.toString(), String.valueOf(LARGE + 2 * SMALL + 6));
            assertThat(FileTree.of(content)).isEqualTo(FileTree.of(photos));
            // the download may be quicker than the next look at the folder
            Running.await("put away", SECONDS, () -> Files.exists(inbox.resolve("x.torrent.added")));
            Running.await("set aside", SECONDS, () -> Files.exists(inbox.resolve("bad.torrent.invalid")));
            assertThat(shoal.ok("doctor", "--home", "b"))
                    .contains("ok    watched-folders: Watching " + inbox)
                    .contains("warn  watched-folders: Set aside: " + inbox.resolve("bad.torrent"))
                    .contains("ok    completion-command: " + script + " is run for what is complete, so far 1 times");
            try (var files = Files.walk(folder)) {
                assertThat(files).noneMatch(file -> file.endsWith("pwned"));
            }
            assertThat(b.log()).contains("thanks");
        }
    }

    @Test
    void whatIsWrongIsSaidInWords() throws IOException {
        try (var a = node("a")) {
            shoal.ok("share", "photos", "--home", "a");
            var id = id(a);
            assertThat(shoal.refused(2, "pause", "--home", "a")).contains("`pause` needs ID...");
            assertThat(shoal.refused(1, "pause", "abcdef", "--home", "a")).contains("there is no transfer abcdef");
            assertThat(shoal.refused(2, "set", id, "downLimit=fast", "--home", "a"))
                    .contains("downLimit: 'fast' is no rate");
            assertThat(shoal.refused(1, "set", id, "priority:*.mkv=high", "--home", "a"))
                    .contains("no file matches *.mkv");
            assertThat(shoal.refused(1, "rename", id, "nothing", "x", "--home", "a"))
                    .contains("there is no 'nothing' in photos");
            assertThat(shoal.refused(1, "move", id, "photos/notes.txt", "--home", "a"))
                    .contains("is not a folder");
            assertThat(shoal.refused(2, "cancel", "all", "--delete-data", "--home", "a"))
                    .contains("wants each ID named");
        }
    }
}
