package net.shoal.base.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final Terminal SCREEN = new Terminal(true, true, 100, true, true);
    private static final String LINK = "magnet:?xt=urn:btih:" + "0123456789".repeat(4) + "&dn=photos";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    private View view(String word, Terminal terminal, boolean json, boolean quiet) {
        return new View(
                Vocabulary.word(word),
                new View.Mode(json, quiet),
                terminal,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> now);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Reply.Progress progress(long done) {
        return new Reply.Progress(
                "id",
                "photos",
                done,
                100 << 20,
                5 << 20,
                0,
                3,
                OptionalLong.of(75),
                "downloading",
                "3 peers (libtorrent)");
    }

    @Test
    void drawsABarOnATerminal() {
        view("get", SCREEN, false, false).show(progress(50 << 20));
        assertThat(out()).isEmpty();
        assertThat(err())
                .contains("photos")
                .contains("██████████░░░░░░░░░░")
                .contains("50 % of 100 MiB")
                .contains("5.00 MiB/s")
                .contains("1m 15s left")
                .contains("3 peers (libtorrent)")
                .doesNotContain("\n");
    }

    @Test
    void erasesTheBarBeforeTheResult() {
        var view = view("get", SCREEN, false, false);
        view.show(progress(1));
        view.show(new Reply.Result(Map.of("path", "/home/photos")));
        assertThat(err()).endsWith("\r\u001b[K");
        assertThat(out()).isEqualTo("/home/photos\n");
    }

    @Test
    void printsALineEveryFewSecondsElsewhere() {
        var view = view("get", Terminal.NONE, false, false);
        for (int i = 0; i < 100; i++) {
            view.show(progress(i << 20));
            now += 200_000_000L;
        }
        assertThat(err().lines().count()).isBetween(4L, 5L);
        assertThat(err()).doesNotContain("\u001b").doesNotContain("\r");
    }

    @Test
    void saysNothingOfProgressWhenQuiet() {
        var view = view("get", SCREEN, false, true);
        view.show(progress(1));
        view.show(new Reply.Failure("failed", "the disk is full", "make room"));
        assertThat(err()).isEqualTo("shoal: the disk is full; make room" + System.lineSeparator());
    }

    @Test
    void printsResultsAsJsonAndNothingElse() {
        var view = view("share", SCREEN, true, false);
        var result = new LinkedHashMap<String, Object>();
        result.put("id", "ab");
        result.put("name", "\u202egpj.exe\u0007\u007f");
        view.show(new Reply.Result(result));
        assertThat(out()).isEqualTo("{\"type\":\"result\",\"id\":\"ab\",\"name\":\"\\u202Egpj.exe\\u0007\\u007F\"}\n");
    }

    @Test
    void printsOneLineAShareOnStandardOutputAndTheCodeBesideIt() {
        view("share", SCREEN, false, false).show(new Reply.Result(Map.of("link", LINK)));
        assertThat(out()).isEqualTo(LINK + "\n");
        assertThat(err()).contains("▀").contains("\u001b[30;107m");
    }

    @Test
    void drawsNoCodeWhereItCouldNotBeScanned() {
        for (var terminal : new Terminal[] {
            Terminal.NONE,
            new Terminal(true, true, 100, false, true),
            new Terminal(true, true, 100, true, false),
            new Terminal(true, true, 20, true, true),
            new Terminal(false, true, 100, true, true)
        }) {
            view("share", terminal, false, false).show(new Reply.Result(Map.of("link", LINK)));
        }
        view("share", SCREEN, false, true).show(new Reply.Result(Map.of("link", LINK)));
        assertThat(err()).isEmpty();
        assertThat(QrText.of("x".repeat(4_000), SCREEN)).isEmpty();
    }

    @Test
    void showsRowsAsATableAtTheEnd() {
        var view = view("ls", SCREEN, false, false);
        view.show(row("a".repeat(40), "caf\u00e9", 1L << 30));
        view.show(row("b".repeat(40), "\u4e2d\u6587\u001b[31m", 0));
        assertThat(out()).isEmpty();
        view.show(new Reply.Exit(0));
        assertThat(out().lines().toList().get(0))
                .startsWith("ID")
                .contains("STATE")
                .contains("NAME");
        assertThat(out()).contains("aaaaaaaaaa  seeding").contains("1.00 GiB").doesNotContain("\u001b");
    }

    private static Reply.Result row(String id, String name, long size) {
        return new Reply.Result(
                Map.of("id", id, "name", name, "state", "seeding", "size", size, "done", size, "ratio", 0.5));
    }

    @Test
    void showsEverythingOfOneTransfer() {
        var view = view("show", SCREEN, false, false);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", "photos");
        fields.put("state", "failed");
        fields.put("reason", "the disk is full");
        fields.put("size", 10L);
        fields.put("wanted", 10L);
        fields.put(
                "files",
                java.util.List.of(
                        Map.of("path", "a/\u202eb", "size", 10L, "done", 5L, "wanted", true),
                        Map.of("path", "a/c", "size", 10L, "priority", "high", "on_disk", "/x/photos/b/d"),
                        Map.of("path", "e/f\\g", "size", 10L, "priority", "low", "on_disk", "/x/photos/e/f\\g"),
                        Map.of("path", "h/i", "size", 10L, "priority", "low", "on_disk", "C:\\x\\photos\\h\\i"),
                        Map.of("path", "j/k?", "size", 10L, "priority", "low", "on_disk", "C:\\photos\\j\\k%3F")));
        fields.put(
                "discovery", java.util.List.of(Map.of("by", "tracker", "source", "http://t/", "message", "5 peers")));
        view.show(new Reply.Result(fields));
        assertThat(out())
                .contains("failed: the disk is full")
                .contains("50 %")
                .contains("5 peers")
                .contains("high      a/c → b/d")
                .contains("low       e/f\\g\n", "low       h/i\n", "low       j/k? → j/k%3F")
                .doesNotContain("\u202e");
    }

    @Test
    void saysWhatATransferIsDoing() {
        assertThat(TransferText.state(fields("state", "checking", "part", 0.456)))
                .isEqualTo("checking 45 %");
        assertThat(TransferText.state(fields("state", "queued", "queue", 3L))).isEqualTo("queued 3");
        assertThat(TransferText.state(fields("state", "paused", "why", "user"))).isEqualTo("paused");
        assertThat(TransferText.state(fields("state", "paused", "why", "ratio")))
                .isEqualTo("paused (ratio)");
        assertThat(TransferText.state(fields("state", "failed", "trouble", "disk-full")))
                .isEqualTo("failed (disk-full)");
        assertThat(TransferText.ls(
                        java.util.List.of(fields("name", "photos", "reason", "the disk is full", "hint", "make room"))))
                .endsWith("photos: the disk is full; make room\n");
    }

    @Test
    void saysWhatIsSetInWords() {
        assertThat(TransferText.options(
                        fields("down_limit", 1L << 20, "ratio_limit", 2.0, "idle_limit", "never", "sequential", true)))
                .isEqualTo("at most 1.00 MiB/s down, seeds to ratio 2.00, seeds however idle, pieces in order");
        assertThat(TransferText.options(fields("max_peers", 5L, "ratio_limit", "never", "queue", 1L)))
                .isEqualTo("at most 5 peers, seeds whatever its ratio");
        assertThat(TransferText.set(fields("name", "a", "sequential", true, "files_prioritised", 2L, "queue", 3L)))
                .isEqualTo("a: pieces in order, 2 files given a priority, place 3 in the queue\n");
    }

    @Test
    void saysWhyATransferIsNotFaster() {
        var down = Map.of("code", "rate-limit", "upload", false, "by", "transfer", "rate", 1L << 20);
        var up = Map.of("code", "rate-limit", "upload", true, "by", "schedule", "rate", 500L << 10);
        var pieces = Map.of("code", "missing-pieces", "pieces", 3L, "missing", 12L, "availability", 0.97);
        var newer = Map.of("code", "sunspots", "peers", 3L);
        assertThat(TransferText.show(fields("name", "a", "obstacles", java.util.List.of(down, up, pieces, newer))))
                .contains(
                        """
                        why      receiving is held to its own limit, 1.00 MiB/s
                        why      sending is held to the limit of all transfers at this hour, 500 KiB/s
                        why      nobody connected has 3 of the 12 pieces it lacks; they have to come from somebody new
                        """)
                .doesNotContain("sunspots");
        assertThat(TransferText.show(fields("name", "a"))).doesNotContain("why ");
    }

    @Test
    void saysWhatBecameOfTheData() {
        assertThat(TransferText.cancelled(fields("name", "a", "path", "/d/a", "content", "deleted")))
                .isEqualTo("a is cancelled, and what was downloaded to /d/a is deleted\n");
        assertThat(TransferText.cancelled(fields("name", "a", "path", "/d/a", "content", "kept", "undo", "get x")))
                .isEqualTo("a is cancelled; what was downloaded stays in /d/a\nto undo: get x\n");
        assertThat(TransferText.cancelled(fields("name", "a", "path", "/d/a", "content", "shared")))
                .isEqualTo("a is no longer shared; it stays as it is in /d/a\n");
    }

    private static Fields fields(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Fields(map);
    }

    @Test
    void showsAPluginWithoutWhatCouldDriveATerminal() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", "org.example.pack");
        fields.put("version", "1.0.0");
        fields.put("state", "quarantined");
        fields.put("reason", "it took more than 10 s to start");
        fields.put("title", "\u001b[2JPack");
        fields.put("vendor", "\u202eevil");
        fields.put("lacks", java.util.List.of("it needs package \u001b[31m"));
        fields.put("services", java.util.List.of("StorageProvider (pack)", "command pack:extract"));
        fields.put("failures", java.util.List.of(Map.of("at", "2026-11-22T00:00:00Z", "message", "boom\u0007")));
        for (var word : new String[] {"plugins info", "plugins ls", "plugins install", "plugins stop"}) {
            var view = view(word, SCREEN, false, false);
            view.show(new Reply.Result(fields));
            view.show(new Reply.Exit(0));
        }
        assertThat(out())
                .contains("state      quarantined: it took more than 10 s to start")
                .contains("offers now StorageProvider (pack)\n           command pack:extract")
                .contains("signed     by nobody")
                .contains("2026-11-22T00:00:00Z boom")
                .doesNotContainPattern("[\u001b\u0007\u202e]");
    }

    @Test
    void knowsWhatATerminalCanDo() {
        assertThat(Terminal.of("012", "120", Map.of("TERM", "xterm", "LANG", "de_DE.UTF-8")))
                .isEqualTo(new Terminal(true, true, 120, true, true));
        assertThat(Terminal.of("", "x", Map.of("TERM", "dumb", "LANG", "C")))
                .isEqualTo(new Terminal(false, false, 80, false, false));
        assertThat(Terminal.of("2", "", Map.of("TERM", "xterm", "LC_ALL", "C", "LANG", "C.UTF-8"))
                        .unicode())
                .isFalse();
    }

    @Test
    void countsColumnsAsTerminalsDo() {
        assertThat(Columns.of("abc")).isEqualTo(3);
        assertThat(Columns.of("中文")).isEqualTo(4);
        assertThat(Columns.of("e\u0301")).isEqualTo(1);
        assertThat(Columns.fit("中文字", 4)).isEqualTo("中…");
    }

    @Test
    void writesNumbersForPeople() {
        assertThat(Humane.size(532)).isEqualTo("532 B");
        assertThat(Humane.size(1_572_864)).isEqualTo("1.50 MiB");
        assertThat(Humane.size(Long.MAX_VALUE)).isEqualTo("8.00 EiB");
        assertThat(Humane.duration(200)).isEqualTo("3m 20s");
        assertThat(Humane.percent(999, 1_000)).isEqualTo("99 %");
    }
}
