package net.shoal.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.ControlSocket;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;
import net.shoal.itests.plugins.BrokenPlugin;
import net.shoal.itests.plugins.SamplePlugin;
import org.awaitility.Awaitility;
import org.example.broken.IsDeaf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Plugins come, are used, replaced and go, in a node that is looked at from outside; so are those that do not run. */
@Isolated("it counts threads, files and buffers")
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class PluginsIT {
    private static final int SIZE = 24 << 20;
    private static final long SECONDS = 90;

    @TempDir
    Path folder;

    private static ControlSocket control(NodeContainer node) throws IOException {
        var description =
                new ObjectMapper().readTree(node.home().resolve("node.json").toFile());
        return new ControlSocket(Path.of(description.path("control").asText()));
    }

    private static void awaitReady(NodeContainer node) {
        Running.await("the node is ready", SECONDS, () -> {
            if (!Files.exists(node.home().resolve("node.json"))) {
                return false;
            }
            control(node).results("ls");
            return true;
        });
    }

    private static JsonNode plugins(NodeContainer node, String... args) throws IOException {
        var all = new java.util.ArrayList<>(List.of("plugins"));
        all.addAll(List.of(args));
        return control(node).results(all.toArray(String[]::new)).get(0);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new java.util.ArrayList<String>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static JsonNode row(NodeContainer node) throws IOException {
        return control(node).results("ls").get(0);
    }

    private static void awaitState(NodeContainer node, String state) {
        Running.await(
                "the transfer is " + state,
                SECONDS,
                () -> row(node).path("state").asText().equals(state));
    }

    private static Bundle bundle(NodeContainer node, String name) {
        return Arrays.stream(node.context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private static WeakReference<ClassLoader> loader(NodeContainer node) {
        return new WeakReference<>(
                bundle(node, SamplePlugin.NAME).adapt(BundleWiring.class).getClassLoader());
    }

    private Path content() throws IOException {
        var bytes = new byte[SIZE];
        new Random(3).nextBytes(bytes);
        return Files.write(folder.resolve("content.bin"), bytes);
    }

    @Test
    void aPluginIsInstalledUsedUpdatedUnderLoadAndRemovedAndNothingStaysBehind() throws Exception {
        var content = content();
        var packs = Files.createDirectories(folder.resolve("packs"));
        try (var seed = NodeProcess.start(folder.resolve("seed"), "--listen", "127.0.0.1:0", "--net", "loopback");
                var node = NodeContainer.start(NodeContainer.bundles())) {
            var link = seed.control()
                    .results("share", content.toString())
                    .get(0)
                    .path("link")
                    .asText();
            awaitReady(node);
            tryOut(node); // what is made once is made now
            var before = Leftovers.now();
            var first = install(node);
            makeItTheDefault(node);
            control(node).begin("get", link, "--to", packs.toString(), "--peer", seed.address());
            Running.await(
                    "it is there", SECONDS, () -> !control(node).results("ls").isEmpty());
            control(node).results("set", row(node).path("id").asText(), "downLimit=4MiB");
            Running.await("it downloads", SECONDS, () -> row(node).path("done").asLong() > 0);
            var second = update(node);
            assertThat(row(node).path("state").asText()).isNotEqualTo("seeding");
            control(node).results("set", row(node).path("id").asText(), "downLimit=0");
            awaitState(node, "seeding");
            extract(node, packs.resolve("content.bin.pack"));
            assertThat(folder.resolve("out/content.bin")).hasSameBinaryContentAs(content);
            comesAndGoes(node);
            remove(node);
            Awaitility.await().atMost(SECONDS, TimeUnit.SECONDS).untilAsserted(() -> {
                System.gc();
                assertThat(List.of(first, second))
                        .allSatisfy(gone -> assertThat(gone.get()).isNull());
                assertThat(Leftovers.now().beyond(before))
                        .doesNotContain("pack")
                        .doesNotContain("plugin");
            });
        }
    }

    private static void tryOut(NodeContainer node) throws IOException {
        plugins(node, "install", SamplePlugin.jar().toString());
        plugins(node, "rm", SamplePlugin.NAME);
    }

    private static WeakReference<ClassLoader> install(NodeContainer node) throws IOException {
        var row = plugins(node, "install", SamplePlugin.jar().toString());
        assertThat(row.path("state").asText()).isEqualTo("running");
        assertThat(texts(row.path("provides"))).contains("net.shoal.api.transfer.StorageProvider");
        assertThat(texts(row.path("commands"))).containsExactly("pack:extract", "pack:list");
        assertThat(texts(row.path("settings"))).containsExactly(SamplePlugin.NAME);
        assertThat(texts(row.path("services")))
                .contains("StorageProvider (pack)", "command pack:list, command pack:extract");
        assertThat(texts(row.path("lacks"))).isEmpty();
        assertThat(control(node)
                        .results("config", "get", SamplePlugin.NAME + ":leaveFree")
                        .get(0)
                        .path("value")
                        .asText())
                .isEqualTo("64");
        return loader(node);
    }

    /** Settled when the engine starts. */
    private static void makeItTheDefault(NodeContainer node) throws Exception {
        control(node).results("config", "set", "net.shoal.engine:storage", "pack");
        var engine = bundle(node, "net.shoal.engine");
        engine.stop();
        engine.start();
        awaitReady(node);
    }

    private WeakReference<ClassLoader> update(NodeContainer node) throws IOException {
        var row =
                plugins(node, "update", SamplePlugin.inVersion("1.0.1", folder).toString());
        assertThat(row.path("state").asText()).isEqualTo("running");
        assertThat(row.path("version").asText()).isEqualTo("1.0.1");
        assertThat(control(node)
                        .run("plugins", "update", SamplePlugin.jar().toString())
                        .toString())
                .contains("newer than 1.0.0");
        return loader(node);
    }

    private static void comesAndGoes(NodeContainer node) throws IOException {
        plugins(node, "stop", SamplePlugin.NAME);
        awaitState(node, "failed");
        var shown = control(node).results("show", row(node).path("id").asText()).get(0);
        assertThat(shown.path("reason").asText()).contains("there is no storage named pack");
        plugins(node, "start", SamplePlugin.NAME);
        awaitState(node, "seeding");
    }

    private static void remove(NodeContainer node) throws IOException {
        plugins(node, "rm", SamplePlugin.NAME);
        assertThat(control(node).results("plugins", "ls")).isEmpty();
        awaitState(node, "failed");
        assertThat(Arrays.stream(node.context().getBundles()).map(Bundle::getSymbolicName))
                .doesNotContain(SamplePlugin.NAME);
    }

    /** In the shell; its classes are those of the bundles, so by reflection. */
    private void extract(NodeContainer node, Path pack) throws Exception {
        var reference =
                node.context().getAllServiceReferences("org.apache.felix.service.command.CommandProcessor", null)[0];
        var processor = node.context().getService(reference);
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (var session = (AutoCloseable) processor
                .getClass()
                .getMethod("createSession", java.io.InputStream.class, OutputStream.class, OutputStream.class)
                .invoke(processor, new ByteArrayInputStream(new byte[0]), nowhere, nowhere)) {
            var said = session.getClass()
                    .getMethod("execute", CharSequence.class)
                    .invoke(session, "pack:extract '" + pack + "' '" + folder.resolve("out") + "'");
            assertThat(String.valueOf(said)).startsWith("1 file in");
        } finally {
            node.context().ungetService(reference);
        }
    }

    @Test
    void thoseThatDoNotRunAreNamedAndTheNodeGoesOn() throws Exception {
        try (var node = NodeContainer.start(NodeContainer.bundles())) {
            awaitReady(node);
            assertBroken(
                    node,
                    BrokenPlugin.LACKS,
                    "lacking",
                    "needs package net.shoal.api.dreams, which this node does not have");
            assertBroken(
                    node,
                    BrokenPlugin.THROWS,
                    "failed",
                    "IllegalStateException: the licence of this plugin has run out");
            assertBroken(
                    node, BrokenPlugin.COMPONENT_THROWS, "failed", "UnsupportedOperationException: no camera here");
            assertBroken(node, BrokenPlugin.HANGS, "quarantined", "took more than 10 s");
            assertBroken(node, BrokenPlugin.COMPONENT_HANGS, "quarantined", "took more than 10 s");
            // settings still reach everybody
            control(node).results("config", "set", "net.shoal.engine:maxPeers", "33");
            assertThat(plugins(node, "install", SamplePlugin.jar().toString())
                            .path("state")
                            .asText())
                    .isEqualTo("running");
            for (var broken : List.of(BrokenPlugin.LACKS, BrokenPlugin.HANGS, BrokenPlugin.COMPONENT_HANGS)) {
                plugins(node, "rm", broken.pluginName());
            }
            assertThat(control(node).results("plugins", "ls")).hasSize(3);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("shoal-plugin-org"));
        }
    }

    private void assertBroken(NodeContainer node, BrokenPlugin broken, String state, String reason) throws IOException {
        var answers = control(node)
                .run("plugins", "install", broken.write(folder).toString())
                .toString();
        assertThat(answers).contains("is installed and does not run").contains(reason);
        var row = plugins(node, "info", broken.pluginName());
        assertThat(row.path("state").asText()).as(broken.name()).isEqualTo(state);
        assertThat(row.path("reason").asText()).contains(reason);
        assertThat(control(node).run("doctor").toString()).contains(broken.pluginName());
        control(node).results("ls");
    }

    @Test
    void oneThatDoesNotListenIsLeftBehindAndTheOneBeforeItRunsOn() throws Exception {
        try (var node = NodeContainer.start(NodeContainer.bundles())) {
            awaitReady(node);
            var deaf = BrokenPlugin.IS_DEAF;
            try {
                var answers = control(node)
                        .run("plugins", "install", deaf.write(folder).toString())
                        .toString();
                assertThat(answers).contains("took more than 10 s");
                assertThat(plugins(node, "info", deaf.pluginName())
                                .path("state")
                                .asText())
                        .isEqualTo("quarantined");
                assertThat(plugins(node, "install", SamplePlugin.jar().toString())
                                .path("state")
                                .asText())
                        .isEqualTo("running");
                control(node).results("plugins", "rm", deaf.pluginName());
            } finally {
                System.setProperty(IsDeaf.ENOUGH, "true");
            }
        } finally {
            System.clearProperty(IsDeaf.ENOUGH);
        }
    }
}
