package net.shoal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.shoal.api.node.PluginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsFolderTest {
    @TempDir
    Path root;

    private PluginsFolder open() throws IOException {
        return PluginsFolder.open(root, JarLimits.DEFAULT);
    }

    private static Entry entry(String file) {
        return new Entry("org.example.pack", "1.0.0", file, "00", true, 0, "", List.of());
    }

    private Path received(PluginsFolder folder) throws IOException, PluginException {
        return folder.receive(Files.writeString(root.resolve("../download"), "jar"));
    }

    @Test
    void whatWasBroughtInAndNotInstalledIsClearedAway() throws Exception {
        var folder = open();
        folder.bringIn(received(folder), "a.jar");
        received(folder);
        var again = open(); // as after a kill
        assertThat(again.entries()).isEmpty();
        assertThat(root.resolve("a.jar")).doesNotExist();
        assertThat(root.resolve("inbox")).isEmptyDirectory();
    }

    @Test
    void whatWasReplacedIsClearedAway() throws Exception {
        var folder = open();
        folder.bringIn(received(folder), "a.jar");
        folder.put(entry("a.jar"));
        folder.bringIn(received(folder), "b.jar");
        var cut = Files.readString(root.resolve("plugins.json"));
        folder.put(entry("b.jar"));
        assertThat(root.resolve("a.jar")).doesNotExist();
        assertThat(open().entries()).containsExactly(entry("b.jar"));
        // the same, ended before the new one was written down
        Files.writeString(root.resolve("plugins.json"), cut);
        Files.writeString(root.resolve("a.jar"), "jar");
        assertThat(open().entries()).containsExactly(entry("a.jar"));
        assertThat(root.resolve("b.jar")).doesNotExist();
        assertThat(root.resolve("a.jar")).exists();
    }

    @Test
    void stateOfANewerVersionIsRefusedAndNothingIsLost() throws Exception {
        open();
        var state = Files.writeString(root.resolve("plugins.json"), "{\"format\":2,\"plugins\":[{\"x\":1}]}");
        assertThatThrownBy(this::open).hasMessageContaining("written by a newer version");
        assertThat(state).content().contains("\"x\":1");
    }

    @Test
    void stateThatIsNoneIsRefusedWithASentence() throws Exception {
        for (var text : List.of(
                "", "{", "[]", "{\"format\":1,\"plugins\":[{}]}", "{\"format\":1,\"plugins\":[{\"file\":\"../x\"}]}")) {
            Files.writeString(root.resolve("plugins.json"), text);
            assertThatThrownBy(this::open)
                    .as(text)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("plugins.json cannot be used");
        }
    }

    @Test
    void namesJarsThatSomebodyPutThere() throws Exception {
        Files.writeString(root.resolve("mine.jar"), "x");
        assertThat(open().strangers()).containsExactly(root.resolve("mine.jar"));
        assertThat(root.resolve("mine.jar")).exists();
    }

    @Test
    void receivesNoMoreThanItMay() throws Exception {
        var folder = PluginsFolder.open(root, new JarLimits(10, 1, 1, 1));
        var large = Files.write(root.resolve("large"), new byte[11]);
        assertThatThrownBy(() -> folder.receive(large)).isInstanceOf(PluginException.class);
        assertThatThrownBy(() -> folder.receive(root)).hasMessageContaining("is no file");
        assertThatThrownBy(() -> folder.receive(root.resolve("nothing"))).hasMessageContaining("there is no file");
        assertThat(root.resolve("inbox")).isEmptyDirectory();
    }
}
