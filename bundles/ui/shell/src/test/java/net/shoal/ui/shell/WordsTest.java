package net.shoal.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.shoal.api.node.Settings;
import net.shoal.api.transfer.AddRequest;
import net.shoal.base.command.CommandLine;
import net.shoal.base.command.Json;
import net.shoal.base.command.Reply;
import net.shoal.base.metainfo.MagnetLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {
    @TempDir
    Path folder;

    private Call call(List<Reply> replies, String... args) throws Exception {
        return new Call(
                CommandLine.parse(List.of(args)), folder, Optional.empty(), replies::add, new CompletableFuture<>());
    }

    @Test
    void understandsEverythingThatNamesContent() throws Exception {
        var hex = "0123456789".repeat(4);
        var asked = new ArrayList<String>();
        var links = new Links(link -> {
            asked.add(link);
            return CompletableFuture.completedStage(
                    new AddRequest.Source.Magnet(MagnetLink.of(MagnetLink.parseInfoHash(hex))));
        });
        var call = call(new ArrayList<>(), "get", "x");
        links.read("magnet:?xt=urn:btih:" + hex, call);
        links.read(hex, call);
        links.read("HTTP://example.org/a.torrent", call);
        assertThat(asked).containsExactly("magnet:?xt=urn:btih:" + hex, hex, "HTTP://example.org/a.torrent");
        Files.writeString(folder.resolve("broken.torrent"), "d4:infode");
        assertThatThrownBy(() -> links.read("broken.torrent", call))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("broken.torrent");
        assertThatThrownBy(() -> links.read("nothing", call)).hasMessageContaining("neither a link nor a file");
        assertThatThrownBy(() -> links.read(".", call)).hasMessageContaining("is a folder");
    }

    @Test
    void showsAndChangesSettings() throws Exception {
        var settings = new FakeSettings();
        var config = new ConfigActions(settings);
        var replies = new ArrayList<Reply>();
        config.set(call(replies, "config", "set", "a:b", "7"));
        assertThat(replies.get(0).fields()).containsEntry("value", "7").containsEntry("origin", "command line");
        config.set(call(replies, "config", "set", "a:b", ""));
        assertThat(settings.value).isEmpty();
        assertThatThrownBy(() -> config.get(call(replies, "config", "get", "a:c")))
                .hasMessageContaining("no setting a:c");
    }

    private static final class FakeSettings implements Settings {
        private Optional<String> value = Optional.empty();

        @Override
        public List<Setting> list() {
            return List.of(new Setting("a:b", value.orElse("1"), "1", Origin.COMMAND_LINE, "a number", Form.TEXT));
        }

        @Override
        public Optional<Setting> find(String key) {
            return list().stream().filter(setting -> setting.key().equals(key)).findFirst();
        }

        @Override
        public void set(String key, Optional<String> text) {
            value = text;
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    @Test
    void findsTheWordsOfTheInnermostCause() {
        var trace =
                "java.lang.IllegalStateException: outer\n\tat x.Y\nCaused by: java.io.IOException: port 1 is taken\n\tat z\n";
        assertThat(Diagnosis.rootMessage(trace)).isEqualTo("port 1 is taken");
        assertThat(Diagnosis.rootMessage("a.B$CException: alone\n\tat x")).isEqualTo("alone");
    }

    @Test
    void teachesTheShellEveryWordWithoutAnythingItWouldExpand() {
        var lines = GogoShell.completions();
        assertThat(lines)
                .contains("complete -c shoal:show -a 'shoal:ids'", "complete -c shoal:config -a '[ls get set]'")
                .anyMatch(line -> line.startsWith("complete -c shoal:get -l peer "))
                .contains("complete -c shoal:pause -a 'shoal:ids all'", "complete -c shoal:set -a 'shoal:changes'")
                .anyMatch(line -> line.endsWith(" -a '[auto v1 v2 hybrid]'"))
                .noneMatch(line -> line.contains("shoal:run") || line.contains("shoal:create"))
                .allMatch(line -> line.chars().filter(c -> c == '\'').count() % 2 == 0);
    }

    @Test
    void completesWhatTheShellTakesAsItIs() {
        assertThat(GogoWords.changes())
                .contains("downLimit=1MiB", "sequential=on", "queue=top", "priority:'*'=high", "tracker=")
                .noneMatch(word -> word.replaceAll("'[^']*'", "").matches(".*[*?{}$;|\\[\\]].*"));
    }

    @Test
    void leavesNoFileBehindThatSaysItIsReady() throws Exception {
        var listen = List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 6881));
        var control = folder.resolve("control.sock");
        try (var file = NodeFile.write(folder, "1.2", listen, control, Instant.EPOCH)) {
            assertThat(file).isNotNull();
            assertThat(Json.readObject(Files.readString(folder.resolve("node.json"))))
                    .containsAllEntriesOf(Map.of(
                            "pid",
                            ProcessHandle.current().pid(),
                            "version",
                            "1.2",
                            "listen",
                            List.of("127.0.0.1:6881"),
                            "console",
                            "off",
                            "control",
                            control.toString(),
                            "started",
                            "1970-01-01T00:00:00Z"));
        }
        assertThat(folder).isEmptyDirectory();
    }
}
