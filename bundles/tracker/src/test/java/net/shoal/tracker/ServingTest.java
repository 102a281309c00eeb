package net.shoal.tracker;

import static net.shoal.tracker.Samples.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.api.transfer.Visibility;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.tracker.TrackerDiscovery;
import net.shoal.net.HttpConnectorComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tracker over real sockets on loopback, asked by our own client and by hand. */
@Timeout(60)
final class ServingTest {
    private static final Progress LEECHING = new Progress(0, 0, 1_000, 1_000, false, 50);
    private static final Progress SEEDING = new Progress(0, 0, 0, 0, false, 0);

    private final FakeNetwork network = new FakeNetwork(NetworkScope.LOOPBACK, Optional.empty());
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
        network.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http, 127.0.0.1, 127.0.0.1",
        "udp,  127.0.0.1, 127.0.0.1",
        "http, [::1],     0:0:0:0:0:0:0:1",
        "udp,  [::1],     0:0:0:0:0:0:0:1"
    })
    void bringsPeersTogether(String scheme, String host, String address) throws Exception {
        var serving = serve("0");
        var url = scheme + "://" + host + ":" + serving.port() + "/announce";
        var foundBySeed = new LinkedBlockingQueue<PeerAddress>();
        discover(url, 1_111, foundBySeed).update(SEEDING);
        awaitPeers(serving, 1);
        var foundByLeecher = new LinkedBlockingQueue<PeerAddress>();
        var leecher = discover(url, 2_222, foundByLeecher);
        leecher.update(LEECHING);
        assertThat(foundByLeecher.poll(20, TimeUnit.SECONDS)).isEqualTo(PeerAddress.ip(address(address), 1_111));
        assertThat(leecher.status()).singleElement().satisfies(status -> assertThat(status.message())
                .isEqualTo("works, 1 seed, 1 leecher, named 1 peer"));
        leecher.close();
        awaitPeers(serving, 1);
        assertThat(foundBySeed).isEmpty();
    }

    private static void awaitPeers(Serving serving, int peers) throws Exception {
        while (serving.census().peers() != peers) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aDiscoveryThatStopsSaysGoodByeFirst() throws Exception {
        var serving = serve("127.0.0.1:0");
        var discovery = new TrackerDiscovery(
                network, new HttpConnectorComponent(network), config(TrackerDiscovery.Config.class));
        discovery.open();
        discovery
                .discover(wanted("udp://127.0.0.1:" + serving.port(), 1_111), peers -> {})
                .update(LEECHING);
        awaitPeers(serving, 1);
        discovery.close();
        assertThat(serving.census().peers()).isZero();
    }

    @Test
    void namesTheAddressesItCanBeReachedAt() throws Exception {
        var loopback = serve("0");
        assertThat(loopback.announceUrls())
                .containsExactly(
                        URI.create("http://127.0.0.1:" + loopback.port() + "/announce"),
                        URI.create("udp://127.0.0.1:" + loopback.port() + "/announce"));
        var named = serve("localhost:0");
        assertThat(named.announceUrls().get(0)).hasHost("localhost");
        var six = serve("[::1]:0");
        assertThat(six.announceUrls().get(0)).hasHost("[::1]");
        try (var world = new FakeNetwork(NetworkScope.INTERNET, Optional.of(address("10.77.0.1")))) {
            var chosen = Serving.start(world, ListenAddress.of("0"), Samples.LIMITS, 50);
            assertThat(chosen.announceUrls()).contains(URI.create("http://10.77.0.1:" + chosen.port() + "/announce"));
            chosen.close();
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, address("127.0.0.1"))) {
            assertThatThrownBy(() -> serve("127.0.0.1:" + taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void givesItsPortsBack() throws Exception {
        var serving = serve("127.0.0.1:0");
        serving.close();
        assertThat(serve("127.0.0.1:" + serving.port()).port()).isEqualTo(serving.port());
    }

    @Test
    void answersPeopleInWords() throws Exception {
        int port = serve("127.0.0.1:0").port();
        assertThat(ask(port, "GET / HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("\r\n\r\nThis is a BitTorrent tracker, served by a Shoal node.");
        assertThat(ask(port, "HEAD / HTTP/1.1\r\n\r\n")).endsWith("\r\n\r\n");
        assertThat(ask(port, "GET /admin HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404");
        assertThat(ask(port, "POST /announce HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"))
                .startsWith("HTTP/1.1 405");
        assertThat(ask(port, "GET /announce?port=1 HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("d14:failure reason20:info_hash is missinge");
        assertThat(ask(port, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(ask(port, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void givesPeersAsDictionariesToWhoAsksForThem() throws Exception {
        int port = serve("127.0.0.1:0").port();
        var query =
                "GET /announce?info_hash=aaaaaaaaaaaaaaaaaaaa&port=%d&left=1&peer_id=%s&compact=0%s HTTP/1.1\r\n\r\n";
        ask(port, query.formatted(1_111, "-SH0100-aaaaaaaaaaaa", ""));
        assertThat(ask(port, query.formatted(2_222, "-SH0100-bbbbbbbbbbbb", "")))
                .contains("5:peersld2:ip9:127.0.0.17:peer id20:-SH0100-aaaaaaaaaaaa4:porti1111eee");
        assertThat(ask(port, query.formatted(2_222, "-SH0100-bbbbbbbbbbbb", "&no_peer_id=1")))
                .contains("5:peersld2:ip9:127.0.0.14:porti1111eee");
    }

    @Test
    void slowsDownWhoAsksTooMuch() throws Exception {
        var serving = Serving.start(network, ListenAddress.of("127.0.0.1:0"), Samples.LIMITS, 1);
        open.add(serving::close);
        for (int i = 0; i < 10; i++) {
            assertThat(ask(serving.port(), "GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
        assertThat(ask(serving.port(), "GET / HTTP/1.1\r\n\r\n")).matches("(?s)HTTP/1.1 (429|200) .*");
    }

    private static String ask(int port, String request) throws IOException {
        try (var socket = new Socket(address("127.0.0.1"), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Serving serve(String listen) throws IOException {
        var serving = Serving.start(network, ListenAddress.of(listen), Samples.LIMITS, 50);
        open.add(serving::close);
        return serving;
    }

    private DiscoverySession discover(String url, int port, BlockingQueue<PeerAddress> found) {
        var discovery = new TrackerDiscovery(
                network, new HttpConnectorComponent(network), config(TrackerDiscovery.Config.class));
        discovery.open();
        open.add(0, discovery::close);
        return discovery.discover(wanted(url, port), found::addAll);
    }

    private static Wanted wanted(String url, int port) {
        return new Wanted(
                InfoHashes.of(new InfoHash.V1(Sha1Hash.of(new byte[20]))),
                List.of(List.of(URI.create(url))),
                false,
                true,
                Visibility.LINK,
                PeerId.random("-SH0100-", new Random(port)),
                port);
    }

    /** The defaults. */
    private static <A extends Annotation> A config(Class<A> type) {
        return type.cast(java.lang.reflect.Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> method.getDefaultValue()));
    }
}
