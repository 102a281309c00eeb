package net.shoal.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever writes the address of another as the sender of a datagram gets no more sent there than 1.2 times what he sends himself: counted at addresses that
 * ask and never use what comes back.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AmplificationIT {
    private static final double MOST = 1.2;
    private static final String SECONDS = "15";
    private static final String HERE = "10.78.1.1";
    private static final String THERE = "10.78.1.2";
    private static final String TRACKER = "10.77.66.1:6969";

    private final NetworkNamespace network = NetworkNamespace.create();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createTempDirectory("shoal-amplification");
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        network.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private <T extends AutoCloseable> T closing(T what) {
        open.add(what);
        return what;
    }

    private static List<String> addresses(int count) {
        var addresses = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            addresses.add("10.77." + (150 + i) + ".1");
        }
        return addresses;
    }

    private static JsonNode ask(NetworkNamespace from, String kind, String host, int port, List<String> addresses)
            throws IOException {
        var command = new ArrayList<>(Programs.script("spoof.py"));
        command.addAll(List.of(kind, host, String.valueOf(port), SECONDS));
        command.addAll(addresses);
        var process = Running.start(new ProcessBuilder(from.inside(command)).redirectErrorStream(true));
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.println(kind + ": " + output.strip());
            return new ObjectMapper().readTree(output);
        } finally {
            Running.end(process);
        }
    }

    private static double ratio(JsonNode counted) {
        return counted.path("received").asDouble() / counted.path("sent").asDouble();
    }

    /** With some nodes of libtorrent around, so that there are nodes to tell of. */
    @Test
    void theDhtSendsAStrangerHardlyMoreThanItGot() throws Exception {
        closing(new DhtNodes(network, 10, folder.resolve("libtorrent.log"), List.of()));
        var shoal = closing(new ShoalClient(
                network,
                "10.77.61.1",
                folder.resolve("home"),
                "--set",
                "net.shoal.discovery.dht:routers=" + DhtNodes.address(0)));
        Running.await("nodes are known", 120, () -> shoal.doctor().contains("nodes of the DHT answer over IPv4"));
        var counted = ask(network, "dht", "10.77.61.1", 6881, addresses(60));

        assertThat(counted.path("answers").asInt()).isGreaterThan(100);
        assertThat(counted.path("worst").asDouble()).isLessThanOrEqualTo(MOST);
        assertThat(ratio(counted)).isLessThanOrEqualTo(MOST);
    }

    @Test
    void theTrackerSendsAStrangerHardlyMoreThanItGot() throws Exception {
        closing(new ShoalClient(network, "10.77.66.1", folder.resolve("home"), "--serve-tracker", TRACKER));
        var counted = ask(network, "tracker", "10.77.66.1", 6969, addresses(20));

        assertThat(counted.path("answers").asInt()).isPositive();
        assertThat(counted.path("worst").asDouble()).isLessThanOrEqualTo(MOST);
    }

    /** Nobody is answered but by what goes to the group, so that there is nothing to be had for others. */
    @Test
    void onTheLocalNetworkNothingIsSentToWhoHasProvenNothing() throws Exception {
        var hub = closing(NetworkNamespace.create());
        var here = closing(NetworkNamespace.create());
        var there = closing(NetworkNamespace.create());
        hub.becomeSwitch();
        here.plugInto(hub, HERE);
        there.plugInto(hub, THERE);
        closing(new ShoalClient(here, HERE, folder.resolve("home")));
        for (var kind : List.of("mdns", "lsd")) {
            var counted = ask(there, kind, HERE, kind.equals("mdns") ? 5353 : 6771, List.of(THERE));
            assertThat(counted.path("sent").asInt()).as(kind).isGreaterThan(10_000);
            assertThat(counted.path("received").asInt()).as(kind).isZero();
        }
    }
}
