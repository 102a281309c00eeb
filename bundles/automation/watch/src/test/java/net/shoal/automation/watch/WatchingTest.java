package net.shoal.automation.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.shoal.automation.watch.WatchConfig.Afterwards;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchingTest {
    private static final long INTERVAL = 5_000_000_000L;
    private static final String MAGNET = "magnet:?xt=urn:btih:" + "0123456789".repeat(4) + "&dn=";

    @TempDir
    Path home;

    private Path folder;
    private Path target;
    private final FakeEngine engine = new FakeEngine();
    private Watching watching;
    private long now = Long.MAX_VALUE - 2 * INTERVAL; // it wraps

    @BeforeEach
    void begin() throws IOException {
        folder = Files.createDirectories(home.resolve("inbox"));
        target = home.resolve("content");
        restart();
    }

    private void restart() throws IOException {
        watching = new Watching(engine, AddedFiles.load(home.resolve("added")), () -> now);
    }

    private void look(Afterwards afterwards) {
        watching.look(
                WatchSettings.of(List.of(folder.toString()), target.toString(), afterwards, Duration.ofSeconds(5)));
        now += INTERVAL;
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            look(Afterwards.RENAME);
        }
    }

    private static byte[] torrent(String name) {
        var text = "d4:infod6:lengthi5e4:name" + name.length() + ":" + name
                + "12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaaee";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Path put(String file, byte[] content) throws IOException {
        return Files.write(folder.resolve(file), content);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    // ---- what is good

    @Test
    void addsATorrentOnceItIsWrittenAndRenamesItOnceItIsSaved() throws Exception {
        put("one.torrent", torrent("one"));
        looks(1);
        assertThat(engine.requests).isEmpty();
        looks(1);
        assertThat(engine.names()).containsExactly("one");
        assertThat(engine.requests.get(0).location().directory()).isEqualTo(target);
        assertThat(names()).containsExactly("one.torrent");
        looks(5);
        assertThat(names()).containsExactly("one.torrent.added");
        assertThat(engine.requests).hasSize(1);
    }

    @Test
    void addsEveryLinkOfAMagnetFile() throws Exception {
        put("two.MAGNET", ("\uFEFF# mine\n" + MAGNET + "a\r\n\n " + MAGNET + "b \n").getBytes(StandardCharsets.UTF_8));
        looks(3);
        assertThat(engine.names()).containsExactly("a", "b");
        assertThat(names()).containsExactly("two.MAGNET.added");
    }

    @Test
    void waitsWhileSomebodyWrites() throws Exception {
        var whole = torrent("slow");
        for (int length = 10; length < whole.length; length += 20) {
            put("slow.torrent", Arrays.copyOf(whole, length));
            looks(1);
        }
        assertThat(engine.requests).isEmpty();
        put("slow.torrent", whole);
        looks(3);
        assertThat(engine.names()).containsExactly("slow");
    }

    @Test
    void waitsForAWriterThatPauses() throws Exception {
        var whole = torrent("slow");
        put("slow.torrent", Arrays.copyOf(whole, 30));
        looks(3); // seen, and ten seconds later still not whole
        put("slow.torrent", whole);
        looks(3);
        assertThat(engine.names()).containsExactly("slow");
        assertThat(names()).containsExactly("slow.torrent.added");
    }

    @Test
    void noticesAChangeThatKeepsTheSize() throws Exception {
        var file = put("one.torrent", torrent("one"));
        looks(1);
        put("one.torrent", torrent("two"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        looks(1);
        assertThat(engine.requests).isEmpty();
        looks(1);
        assertThat(engine.names()).containsExactly("two");
    }

    @Test
    void addsAFileOfTheSameNameAgainAndOverwritesNone() throws Exception {
        for (var name : List.of("one", "two", "six")) {
            put("x.torrent", torrent(name));
            looks(3);
        }
        assertThat(engine.names()).containsExactly("one", "two", "six");
        assertThat(names()).containsExactly("x.torrent.2.added", "x.torrent.3.added", "x.torrent.added");
    }

    @Test
    void deletesWhatWasAddedWhereItIsTold() throws Exception {
        put("one.torrent", torrent("one"));
        for (int i = 0; i < 3; i++) {
            look(Afterwards.DELETE);
        }
        assertThat(names()).isEmpty();
        assertThat(engine.requests).hasSize(1);
    }

    @Test
    void keepsWhatWasAddedAndNeverAddsItAgain() throws Exception {
        var file = put("one ü\n.torrent", torrent("one"));
        for (int restarts = 0; restarts < 3; restarts++) {
            for (int i = 0; i < 4; i++) {
                look(Afterwards.KEEP);
            }
            restart();
        }
        assertThat(engine.requests).hasSize(1);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000)); // put there once more
        for (int i = 0; i < 3; i++) {
            look(Afterwards.KEEP);
        }
        assertThat(engine.requests).hasSize(2);
    }

    @Test
    void addsAgainWhatWasAddedJustBeforeTheNodeWasKilled() throws Exception {
        put("one.torrent", torrent("one"));
        looks(2);
        restart();
        looks(3);
        assertThat(engine.names()).containsExactly("one", "one"); // which gives the transfer there is
        assertThat(names()).containsExactly("one.torrent.added");
    }

    @Test
    void managesThousandsOfFiles() throws Exception {
        int count = Watching.MAX_UNDER_WAY + 50;
        for (int i = 0; i < count; i++) {
            put(i + ".torrent", torrent("n" + i));
        }
        looks(6);
        assertThat(engine.requests).hasSize(count);
        assertThat(names()).hasSize(count).allMatch(name -> name.endsWith(".torrent.added"));
    }

    // ---- what is not

    @Test
    void setsAsideWhatIsNoTorrentAndSaysWhy() throws Exception {
        put("bad.torrent", "d4:infode".getBytes(StandardCharsets.US_ASCII));
        put("big.torrent", new byte[10_000_001]);
        put("bad.magnet", "http://example.org/\n".getBytes(StandardCharsets.US_ASCII));
        put("empty.magnet", new byte[0]);
        put("binary.magnet", new byte[] {(byte) 0xFF, 0});
        put("half.magnet", (MAGNET + "a\nmagnet:?xt=nothing\n").getBytes(StandardCharsets.US_ASCII));
        looks(3);
        assertThat(names()).hasSize(6).noneMatch(name -> name.endsWith(".invalid"));
        looks(3);
        assertThat(names())
                .containsExactly(
                        "bad.magnet.invalid",
                        "bad.torrent.invalid",
                        "big.torrent.invalid",
                        "binary.magnet.invalid",
                        "empty.magnet.invalid",
                        "half.magnet.invalid");
        assertThat(engine.requests).isEmpty();
        assertThat(watching.report().troubles())
                .anyMatch(line -> line.contains("bad.torrent: "))
                .anyMatch(line -> line.contains("big.torrent: it is larger than such a file may be"))
                .anyMatch(line -> line.contains("binary.magnet: it is no text"))
                .anyMatch(line -> line.startsWith("Of what was put there, 6 could not be read"));
    }

    @Test
    void setsAsideWhatTheEngineRefuses() throws Exception {
        engine.refuses = java.util.Optional.of("that cannot be");
        put("one.torrent", torrent("one"));
        looks(6);
        assertThat(names()).containsExactly("one.torrent.invalid");
        assertThat(watching.report().troubles()).anyMatch(line -> line.endsWith("one.torrent: that cannot be"));
    }

    @Test
    void leavesAloneWhatIsNotForIt() throws Exception {
        Files.createDirectories(folder.resolve("folder.torrent"));
        Files.createSymbolicLink(folder.resolve("nowhere.torrent"), home.resolve("nothing"));
        Files.createSymbolicLink(folder.resolve("round.torrent"), folder.resolve("round.torrent"));
        put(".hidden.torrent", torrent("hidden"));
        put("readme.txt", torrent("readme"));
        put("part.torrent.part", torrent("part"));
        looks(6);
        assertThat(engine.requests).isEmpty();
        assertThat(names()).hasSize(6).noneMatch(name -> name.endsWith(".invalid") || name.endsWith(".added"));
    }

    @Test
    void followsALinkButPutsAwayTheLinkOnly() throws Exception {
        var elsewhere = Files.write(home.resolve("elsewhere.torrent"), torrent("one"));
        Files.createSymbolicLink(folder.resolve("link.torrent"), elsewhere);
        looks(3);
        assertThat(engine.names()).containsExactly("one");
        assertThat(names()).containsExactly("link.torrent.added");
        assertThat(elsewhere).exists();
    }

    @Test
    void neverTakesContentForAWish() throws Exception {
        engine.contents.add(folder.resolve("download.torrent"));
        put("download.torrent", torrent("evil"));
        looks(6);
        assertThat(engine.requests).isEmpty();
        assertThat(names()).containsExactly("download.torrent");
    }

    @Test
    void goesOnWhenTheFolderComesBack() throws Exception {
        var there = folder;
        folder = home.resolve("usb");
        looks(2);
        assertThat(watching.report().troubles()).containsExactly(folder + " cannot be watched: it is not there.");
        Files.move(there, folder);
        put("one.torrent", torrent("one"));
        looks(2);
        assertThat(engine.names()).containsExactly("one");
        assertThat(watching.report().troubles()).isEmpty();
        assertThat(watching.report().news())
                .contains("Watching " + folder + ".", "1 file was added since the node began.");
        folder = Files.writeString(home.resolve("file"), "");
        looks(1);
        assertThat(watching.report().troubles()).containsExactly(folder + " cannot be watched: it is no folder.");
    }

    // ---- what is remembered

    @Test
    void remembersThroughALineThatIsNotWhole() throws Exception {
        var file = home.resolve("added");
        var path = folder.resolve("a.torrent");
        AddedFiles.load(file).remember(path, new FileMark(7, 8));
        Files.writeString(file, Files.readString(file) + "9 9 file:///b.torr");
        var again = AddedFiles.load(file);
        assertThat(again.holds(path, new FileMark(7, 8))).isTrue();
        assertThat(again.holds(path, new FileMark(7, 9))).isFalse();
        assertThat(again.uris()).hasSize(1);
    }

    @Test
    void refusesWhatANewerVersionRemembers() throws Exception {
        var file = Files.writeString(home.resolve("added"), "shoal-watch 2\nsomething else\n");
        assertThatThrownBy(() -> AddedFiles.load(file)).hasMessageContaining("newer version");
        assertThat(file).content().startsWith("shoal-watch 2");
    }

    @Test
    void remembersBoundedly() throws Exception {
        var file = home.resolve("added");
        Files.writeString(
                file,
                "shoal-watch 1\n"
                        + String.join(
                                "",
                                IntStream.range(0, AddedFiles.MAX_FILES)
                                        .mapToObj(i -> "1 1 file:///gone/" + i + ".torrent\n")
                                        .toList()));
        var added = AddedFiles.load(file);
        var there = put("there.torrent", torrent("there"));
        added.remember(there, new FileMark(1, 1));
        assertThat(added.uris()).containsExactly(there.toUri().toString());
        assertThat(AddedFiles.load(file).uris()).hasSize(1);
    }

    // ---- settings

    @Test
    void saysWhatIsWrongWithTheSettings() {
        assertThat(WatchSettings.of(List.of("inbox", "/a"), "", Afterwards.KEEP, Duration.ofSeconds(1)))
                .satisfies(settings -> {
                    assertThat(settings.folders())
                            .containsExactly(java.util.Map.entry(Path.of("/a"), Path.of("/a/downloads")));
                    assertThat(settings.problems())
                            .containsExactly("net.shoal.automation.watch:folders: 'inbox' is no absolute path; write"
                                    + " it from the root down");
                });
        assertThat(WatchSettings.of(List.of("/a", "/b"), "/b/../a", Afterwards.KEEP, Duration.ofSeconds(1)))
                .satisfies(settings -> {
                    assertThat(settings.folders()).isEmpty();
                    assertThat(settings.problems())
                            .isNotEmpty()
                            .allMatch(problem -> problem.contains("is itself watched"));
                });
        assertThat(WatchSettings.of(List.of("/a"), "b", Afterwards.KEEP, Duration.ofSeconds(1))
                        .folders())
                .isEmpty();
        assertThat(WatchSettings.of(List.of("~/in"), "~/out", Afterwards.KEEP, Duration.ofSeconds(1))
                        .folders())
                .containsEntry(
                        Path.of(System.getProperty("user.home"), "in"),
                        Path.of(System.getProperty("user.home"), "out"));
    }

    @Test
    void foldersThatCannotBeWatchedAreRefusedBeforeTheyAreSaved() {
        var rule = new WatchRule();
        rule.check(Map.of());
        rule.check(Map.of("folders", new String[] {"/a", "~/b"}, "to", "/c"));
        assertThatThrownBy(() -> rule.check(Map.of("folders", new String[] {"/a", "inbox"})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("net.shoal.automation.watch:folders: 'inbox' is no absolute path; write it from the root"
                        + " down");
        assertThatThrownBy(() -> rule.check(Map.of("folders", new String[] {"/a"}, "to", "/a")))
                .hasMessageContaining("is itself watched");
    }
}
