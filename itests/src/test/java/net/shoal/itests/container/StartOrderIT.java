package net.shoal.itests.container;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.InvalidSyntaxException;

/** Bundles are installed and started in shuffled order, for there are no start levels to rely on; and nothing stays behind. */
@Isolated("it counts threads")
class StartOrderIT {
    private static final List<String> SERVICES = List.of(
            "net.shoal.api.node.Settings",
            "net.shoal.api.net.FrontDoor",
            "net.shoal.api.transfer.TransferEngine",
            "net.shoal.api.library.ShareLibrary");

    /** The framework's pool of resolver threads, and that of JUnit, grow and shrink by themselves. */
    private static final List<String> NOT_OURS = List.of("awaitility", "FelixResolver", "ForkJoinPool");

    private static final int READY_SECONDS = 30;
    private static final int GONE_SECONDS = 10;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theNodeComesUpInAnyOrderAndLeavesNoThreadBehind(long seed) throws IOException {
        var threadsBefore = threads();
        var bundles = new ArrayList<>(NodeContainer.bundles());
        Collections.shuffle(bundles, new Random(seed));
        try (var container = NodeContainer.start(bundles)) {
            for (var service : SERVICES) {
                Running.await(service, READY_SECONDS, () -> isThere(container, service));
            }
            assertThat(container.home().resolve("etc")).isDirectory();
        }
        Awaitility.await()
                .atMost(GONE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(newThreads(threadsBefore)).isEmpty());
    }

    /** Asked for by name and whatever its class loader, for this JVM's class path has the API too. */
    private static boolean isThere(NodeContainer container, String service) throws InvalidSyntaxException {
        return container.context().getAllServiceReferences(service, null) != null;
    }

    private static Set<String> newThreads(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> NOT_OURS.stream().noneMatch(name::startsWith))
                .collect(toSet());
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }
}
