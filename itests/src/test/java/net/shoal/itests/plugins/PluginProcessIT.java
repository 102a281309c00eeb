package net.shoal.itests.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in a packaged node: across restarts, kills and starts without them. */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class PluginProcessIT {
    private static final int SIZE = 6_000_000;
    private static final long SECONDS = 60;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void chooseHome() {
        home = folder.resolve("home");
    }

    private NodeProcess node(String... options) throws IOException {
        return node(home, options);
    }

    private static NodeProcess node(Path home, String... options) throws IOException {
        var all = new java.util.ArrayList<>(List.of("--listen", "127.0.0.1:0", "--net", "loopback"));
        all.addAll(List.of(options));
        return NodeProcess.start(home, all.toArray(String[]::new));
    }

    private static JsonNode plugin(NodeProcess node, String name) throws IOException {
        return node.control().results("plugins", "info", name).get(0);
    }

    private static void awaitState(NodeProcess node, String name, String state) {
        Running.await(
                name + " is " + state,
                SECONDS,
                () -> plugin(node, name).path("state").asText().equals(state));
    }

    private static String doctor(NodeProcess node) throws IOException {
        return node.control().run("doctor").toString();
    }

    @Test
    void whatASamplePluginStoresIsThereAfterARestartAndAKill() throws IOException {
        var content = Files.write(folder.resolve("content.bin"), bytes());
        var packs = Files.createDirectories(folder.resolve("packs"));
        try (var seed = node(folder.resolve("seed"))) {
            var link = seed.control()
                    .results("share", content.toString())
                    .get(0)
                    .path("link")
                    .asText();
            try (var node = node()) {
                var row = node.control()
                        .results("plugins", "install", SamplePlugin.jar().toString())
                        .get(0);
                assertThat(row.path("state").asText()).isEqualTo("running");
                assertThat(doctor(node)).contains(SamplePlugin.NAME + " 1.0.0 runs");
                assertThat(node.control()
                                .results("config", "get", "org.example.shoal.pack:leaveFree")
                                .get(0)
                                .path("value")
                                .asText())
                        .isEqualTo("64");
                assertThat(node.stop()).isZero();
            }
            // also the settings of a plugin can be given for one run
            try (var node = node("--storage", "pack", "--set", "org.example.shoal.pack:leaveFree=1")) {
                node.control().results("get", link, "--to", packs.toString(), "--peer", seed.address());
                assertThat(packs.resolve("content.bin.pack")).exists();
                assertThat(packs.resolve("content.bin")).doesNotExist();
                node.kill();
            }
        }
        // the default is another again; what lies in a pack stays there
        try (var node = node()) {
            awaitSeeding(node);
            var link = node.control().results("ls").get(0);
            try (var other = node(folder.resolve("other"))) {
                var id = node.control()
                        .results("show", link.path("id").asText())
                        .get(0)
                        .path("link")
                        .asText();
                other.control()
                        .results("get", id, "--to", folder.resolve("copy").toString(), "--peer", node.address());
            }
            assertThat(folder.resolve("copy/content.bin")).hasSameBinaryContentAs(content);
            node.control().results("plugins", "rm", SamplePlugin.NAME);
            Running.await("it lacks its storage", SECONDS, () -> state(node).equals("failed"));
            assertThat(packs.resolve("content.bin.pack")).exists();
            node.control().results("plugins", "install", SamplePlugin.jar().toString());
            awaitSeeding(node);
        }
    }

    private static String state(NodeProcess node) throws IOException {
        return node.control().results("ls").get(0).path("state").asText();
    }

    private static void awaitSeeding(NodeProcess node) {
        Running.await("it seeds", SECONDS, () -> state(node).equals("seeding"));
    }

    private static byte[] bytes() {
        var bytes = new byte[SIZE];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    @Test
    void whatTakesTheNodeWithItIsQuarantinedAndTheNodeComesUpAgain() throws IOException {
        var halts = BrokenPlugin.HALTS;
        try (var node = node()) {
            try {
                node.control().run("plugins", "install", halts.write(folder).toString());
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("closed the connection");
            }
            Running.await("the node has gone", SECONDS, () -> !ProcessHandle.of(node.pid())
                    .map(ProcessHandle::isAlive)
                    .orElse(false));
        }
        try (var node = node()) {
            var row = plugin(node, halts.pluginName());
            assertThat(row.path("state").asText()).isEqualTo("quarantined");
            assertThat(row.path("reason").asText()).isEqualTo("the node ended while it started");
            assertThat(doctor(node)).contains(halts.pluginName() + " 1.0.0 is quarantined");
            node.control().results("plugins", "rm", halts.pluginName());
            assertThat(node.control().results("plugins", "ls")).isEmpty();
        }
    }

    @Test
    void whatFailsTwiceIsNotTriedAThirdTimeAndANodeCanRunWithoutAny() throws IOException {
        var bad = BrokenPlugin.THROWS;
        try (var node = node()) {
            var answers =
                    node.control().run("plugins", "install", bad.write(folder).toString());
            assertThat(answers.toString())
                    .contains("is installed and does not run")
                    .contains("licence of this plugin has run out");
            assertThat(plugin(node, bad.pluginName()).path("state").asText()).isEqualTo("failed");
        }
        try (var node = node()) {
            awaitState(node, bad.pluginName(), "quarantined");
            assertThat(node.log()).contains(bad.pluginName() + " is quarantined");
        }
        try (var node = node("--safe")) {
            assertThat(doctor(node)).contains("runs without plugins");
            assertThat(node.control().run("plugins", "start", bad.pluginName()).toString())
                    .contains("runs without plugins");
        }
        try (var node = node()) {
            var row = plugin(node, bad.pluginName());
            assertThat(row.path("state").asText()).isEqualTo("quarantined");
            assertThat(row.path("failures")).hasSize(2);
        }
    }
}
