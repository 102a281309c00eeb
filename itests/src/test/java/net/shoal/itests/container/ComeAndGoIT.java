package net.shoal.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.ControlSocket;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Every bundle of a node is stopped and started over and over while it downloads. The node is looked at from outside only, by its control
 * socket, so that nothing of the test holds on to what comes and goes.
 */
@Isolated("it counts threads, files and buffers")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ComeAndGoIT {
    private static final int ROUNDS = 20;
    private static final int SIZE = 64 << 20;
    /** Slow enough that the transfer runs on through all rounds. */
    private static final String SEED_RATE = "1MiB";

    private static final long READY_SECONDS = 60;
    private static final long COMPLETE_SECONDS = 120;
    private static final Random RANDOM = new Random(20);

    @TempDir
    Path folder;

    private Path content;

    @BeforeEach
    void makeContent() throws IOException {
        content = folder.resolve("content.bin");
        var bytes = new byte[SIZE];
        RANDOM.nextBytes(bytes);
        Files.write(content, bytes);
    }

    @Test
    void everyBundleStopsAndStartsWhileATransferRunsAndNothingStaysBehind() throws Exception {
        var bundles = NodeContainer.bundles();
        try (var seed = seed();
                var node = NodeContainer.start(bundles)) {
            var link = share(seed);
            limit(seed, SEED_RATE);
            get(node, link, seed.address());
            stopAndStartAll(node); // what is made once, such as a shared allocator, is made now
            awaitConnected(node);
            var before = Leftovers.now();
            for (int round = 1; round < ROUNDS; round++) {
                stopAndStartAll(node);
                awaitReady(node);
            }
            Awaitility.await().atMost(READY_SECONDS, TimeUnit.SECONDS).untilAsserted(() -> assertThat(
                            Leftovers.now().beyond(before))
                    .isEmpty());
            limit(seed, "0");
            awaitComplete(node);
        }
        assertThat(folder.resolve("fetched/content.bin")).hasSameBinaryContentAs(content);
    }

    @Test
    void aBundleThatIsReplacedTakesItsClassesWithIt() throws Exception {
        try (var node = NodeContainer.start(NodeContainer.bundles())) {
            awaitReady(node);
            var gone = new HashMap<String, WeakReference<ClassLoader>>();
            for (var bundle : ours(node)) {
                gone.put(
                        bundle.getSymbolicName(),
                        new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
                replace(node, bundle);
            }
            awaitReady(node);
            Awaitility.await().atMost(READY_SECONDS, TimeUnit.SECONDS).untilAsserted(() -> {
                System.gc();
                assertThat(gone)
                        .allSatisfy((name, loader) -> assertThat(loader.get()).isNull());
            });
        }
    }

    /** By another bundle of the same content, which everyone is wired to anew. */
    private static void replace(NodeContainer node, Bundle bundle) throws Exception {
        bundle.stop();
        bundle.update();
        var refreshed = new CountDownLatch(1);
        node.context()
                .getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertThat(refreshed.await(READY_SECONDS, TimeUnit.SECONDS)).isTrue();
        bundle.start();
    }

    private NodeProcess seed() throws IOException {
        return NodeProcess.start(
                folder.resolve("seed"),
                "--listen",
                "127.0.0.1:0",
                "--net",
                "loopback",
                "--serve-tracker",
                "127.0.0.1:0");
    }

    private static void limit(NodeProcess seed, String rate) throws IOException {
        var id = seed.control().results("ls").get(0).path("id").asText();
        seed.control().results("set", id, "upLimit=" + rate);
    }

    private String share(NodeProcess seed) throws IOException {
        return seed.control()
                .results("share", content.toString())
                .get(0)
                .path("link")
                .asText();
    }

    /** Begins a download that nobody stays attached to. */
    private void get(NodeContainer node, String link, String peer) throws IOException {
        awaitReady(node);
        var to = Files.createDirectories(folder.resolve("fetched"));
        control(node).begin("get", link, "--to", to.toString(), "--peer", peer);
        Running.await(
                "it downloads", READY_SECONDS, () -> row(node).path("done").asLong() > 0);
    }

    /** Each for itself, in an order of this round. */
    private static void stopAndStartAll(NodeContainer node) throws BundleException {
        var bundles = new ArrayList<>(ours(node));
        Collections.shuffle(bundles, RANDOM);
        for (var bundle : bundles) {
            bundle.stop();
            bundle.start();
        }
    }

    private static List<Bundle> ours(NodeContainer node) {
        return Arrays.stream(node.context().getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null
                        && bundle.getSymbolicName().startsWith("net.shoal."))
                .toList();
    }

    private static void awaitReady(NodeContainer node) {
        Running.await("the node is ready", READY_SECONDS, () -> isReady(node));
    }

    private static void awaitConnected(NodeContainer node) {
        awaitReady(node);
        Running.await(
                "it has its peer again",
                READY_SECONDS,
                () -> row(node).path("peers").asInt() > 0);
    }

    private static boolean isReady(NodeContainer node) throws IOException {
        if (!Files.exists(node.home().resolve("node.json"))) {
            return false;
        }
        control(node).results("ls");
        return true;
    }

    private void awaitComplete(NodeContainer node) {
        Running.await(
                "it is complete",
                COMPLETE_SECONDS,
                () -> row(node).path("state").asText().equals("seeding"));
    }

    private static JsonNode row(NodeContainer node) throws IOException {
        var rows = control(node).results("ls");
        return rows.isEmpty() ? new ObjectMapper().createObjectNode() : rows.get(0);
    }

    private static ControlSocket control(NodeContainer node) throws IOException {
        var description =
                new ObjectMapper().readTree(node.home().resolve("node.json").toFile());
        return new ControlSocket(Path.of(description.path("control").asText()));
    }
}
