package net.shoal.discovery.tracker;

import static net.shoal.discovery.tracker.Samples.address;
import static net.shoal.discovery.tracker.Samples.request;
import static net.shoal.discovery.tracker.Samples.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import net.shoal.api.net.HttpConnector;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.NetworkScope;
import net.shoal.net.HttpConnectorComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real sockets, on loopback. */
@Timeout(60)
final class TrackersTest {
    private static final byte[] GOOD =
            "d8:intervali1800e5:peers6:\u007f\0\0\u0001\u001aAe".getBytes(StandardCharsets.ISO_8859_1);

    private final FakeNetwork network = new FakeNetwork(NetworkScope.INTERNET);
    private final EventLoop loop = (EventLoop) network.eventLoops().next();
    private final HttpConnector connector = new HttpConnectorComponent(network);
    private final Trackers trackers = new Trackers(network, connector, loop, () -> System.nanoTime() / 1_000_000);

    @AfterEach
    void close() throws Exception {
        loop.submit(trackers::close).sync();
        network.close();
    }

    @Test
    void announcesOverHttp() throws Exception {
        try (var server = ScriptedServer.saying(ScriptedServer.http("200 OK", GOOD))) {
            var reply = get(announce("http://127.0.0.1:" + server.port() + "/announce"));
            assertThat(reply.peers()).hasToString("[127.0.0.1:6721]");
            assertThat(server.requests.get(0))
                    .startsWith("GET /announce?info_hash=%00%11")
                    .endsWith(" HTTP/1.1");
        }
    }

    @Test
    void announcesOverIpv6() throws Exception {
        try (var server = ScriptedServer.on(
                address("::1"), (line, to, self) -> to.getOutputStream().write(ScriptedServer.http("200 OK", GOOD)))) {
            var url = url("http://localhost:" + server.port() + "/announce");
            assertThat(get(trackers.announce(url, Family.IPV6, request(Event.STARTED)))
                            .interval())
                    .isEqualTo(1800);
        }
        assertThat(failure(trackers.announce(url("http://127.0.0.1:1/announce"), Family.IPV6, request(Event.NONE)))
                        .kind())
                .isEqualTo(TrackerFailure.Kind.NO_ADDRESS);
    }

    @Test
    void takesGzipButNoBomb() throws Exception {
        try (var server = ScriptedServer.saying(ScriptedServer.http("200 OK\r\nContent-Encoding: gzip", gzip(GOOD)))) {
            assertThat(get(announce("http://127.0.0.1:" + server.port() + "/announce"))
                            .interval())
                    .isEqualTo(1800);
        }
        try (var server = ScriptedServer.saying(
                ScriptedServer.http("200 OK\r\nContent-Encoding: gzip", gzip(new byte[64 << 20])))) {
            assertThat(failure(announce("http://127.0.0.1:" + server.port() + "/announce"))
                            .reason())
                    .matches("answered with more than 1048576 bytes.*|did not answer in HTTP.*");
        }
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        try (var server = ScriptedServer.on127((line, to, self) -> {
            to.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (self.closing.getCount() > 0) {
                to.getOutputStream().write(new byte[65_536]);
            }
        })) {
            assertThat(failure(announce("http://127.0.0.1:" + server.port() + "/announce"))
                            .reason())
                    .startsWith("answered with more than 1048576 bytes");
        }
    }

    @Test
    void endsAnAnswerThatTricklesInForEver() throws Exception {
        try (var server = ScriptedServer.on127((line, to, self) -> {
            to.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!self.closing.await(20, TimeUnit.MILLISECONDS)) {
                to.getOutputStream().write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            var fetch = new HttpFetch(connector, loop);
            var url = HttpUrl.of(URI.create("http://127.0.0.1:" + server.port() + "/announce"));
            assertThat(failure(fetch.get(url, List.of(address("127.0.0.1")), 300))
                            .reason())
                    .isEqualTo("did not answer in time");
        }
    }

    @Test
    void saysWhatIsWrongWithAnAnswer() throws Exception {
        assertThat(failureOf("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
                .startsWith("answered with something that is not bencode");
        assertThat(failureOf("SSH-2.0-OpenSSH_9.2\r\n\r\n")).startsWith("did not answer in HTTP");
        assertThat(failureOf("")).isEqualTo("closed the connection before it had answered");
        assertThat(failureOf("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo("answered 404 Not Found");
        assertThat(failureOf("HTTP/1.1 403 No\r\nContent-Length: 27\r\n\r\nd14:failure reason6:closede"))
                .isEqualTo("closed");
    }

    private String failureOf(String answer) throws Exception {
        try (var server = ScriptedServer.saying(answer.getBytes(StandardCharsets.US_ASCII))) {
            return failure(announce("http://127.0.0.1:" + server.port() + "/announce"))
                    .reason();
        }
    }

    @Test
    void followsRedirectsButNotForEver() throws Exception {
        try (var server = ScriptedServer.on127((line, to, self) -> {
            boolean isEnd = line.contains("/end");
            var answer = isEnd
                    ? ScriptedServer.http("200 OK", GOOD)
                    : ScriptedServer.http(
                            "302 Found\r\nLocation: " + (line.contains("/once") ? "/end?x" : "/loop/announce"),
                            new byte[0]);
            to.getOutputStream().write(answer);
        })) {
            var base = "http://127.0.0.1:" + server.port();
            assertThat(get(announce(base + "/once/announce")).interval()).isEqualTo(1800);
            assertThat(failure(announce(base + "/loop/announce")).reason()).isEqualTo("redirects more than 5 times");
        }
    }

    @Test
    void followsNoRedirectThatLeadsAstray() throws Exception {
        network.names.put("far.example", List.of(address("127.0.0.1")));
        assertThat(failure(announce("http://far.example:1/announce")).reason())
                .isEqualTo("the name far.example leads to this machine itself");
        assertThat(redirectedTo("http://far.example:1/x")).contains("nothing listens");
        assertThat(redirectedTo("http://0.0.0.0/x")).isEqualTo("it redirects outside the network scope internet");
        assertThat(redirectedTo("udp://127.0.0.1:1")).contains("is no http or https address");
        assertThat(redirectedTo("file:///etc/passwd")).contains("is no http or https address");
        assertThat(redirectedTo("http://[::1")).startsWith("redirects to an address that");
        assertThat(redirectedTo("http://nowhere.example/")).isEqualTo("nowhere.example is not known");
    }

    private String redirectedTo(String location) throws Exception {
        return failureOf("HTTP/1.1 301 Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void saysInWordsThatNobodyListens() throws Exception {
        int port;
        try (var server = ScriptedServer.saying(new byte[0])) {
            port = server.port();
        }
        assertThat(failure(announce("http://127.0.0.1:" + port + "/announce")).reason())
                .isEqualTo("cannot be connected to: nothing listens at 127.0.0.1 port " + port);
    }

    @Test
    void announcesAndScrapesOverUdp() throws Exception {
        try (var socket = new DatagramSocket(0, address("127.0.0.1"))) {
            var thread = new Thread(() -> udpTracker(socket));
            thread.start();
            var url = url("udp://127.0.0.1:" + socket.getLocalPort());
            var reply = get(trackers.announce(url, Family.IPV4, request(Event.STARTED)));
            assertThat(reply.peers()).hasToString("[127.0.0.1:6721]");
            assertThat(get(trackers.scrape(url, Family.IPV4, Samples.V1))).isEqualTo(new ScrapeReply(7, 8, 9));
            socket.close();
            thread.join();
        }
    }

    private static void udpTracker(DatagramSocket socket) {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[500], 500);
                socket.receive(packet);
                var in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                var out = ByteBuffer.allocate(100).putInt(in.getInt(8)).putInt(in.getInt(12));
                switch (in.getInt(8)) {
                    case 0 -> out.putLong(77);
                    case 1 -> out.putInt(60).putInt(1).putInt(2).put(new byte[] {127, 0, 0, 1, 0x1a, 0x41});
                    default -> out.putInt(7).putInt(8).putInt(9);
                }
                socket.send(new DatagramPacket(out.array(), out.position(), packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Test
    void scrapesOverHttp() throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes("d5:filesd20:".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(Samples.V1.toBytes());
        body.writeBytes("d8:completei1e10:downloadedi2e10:incompletei3eeee".getBytes(StandardCharsets.US_ASCII));
        try (var server = ScriptedServer.saying(ScriptedServer.http("200 OK", body.toByteArray()))) {
            var url = url("http://127.0.0.1:" + server.port() + "/announce");
            assertThat(get(trackers.scrape(url, Family.IPV4, Samples.V1))).isEqualTo(new ScrapeReply(1, 2, 3));
            assertThat(server.requests.get(0)).startsWith("GET /scrape?info_hash=%00%11");
        }
    }

    @Test
    void scrapesForTheCountsAnAnnounceDoesNotTell() throws Exception {
        var scrape = new ByteArrayOutputStream();
        scrape.writeBytes("d5:filesd20:".getBytes(StandardCharsets.US_ASCII));
        scrape.writeBytes(Samples.V1.toBytes());
        scrape.writeBytes("d8:completei5e10:incompletei6eeee".getBytes(StandardCharsets.US_ASCII));
        try (var server = ScriptedServer.on127((line, to, self) -> to.getOutputStream()
                .write(ScriptedServer.http("200 OK", line.contains("/scrape") ? scrape.toByteArray() : GOOD)))) {
            var reply = get(announce("http://127.0.0.1:" + server.port() + "/announce"));
            assertThat(reply.seeds()).hasValue(5);
            assertThat(reply.leechers()).hasValue(6);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private CompletionStage<AnnounceReply> announce(String url) {
        return trackers.announce(url(url), Family.IPV4, request(Event.STARTED));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static TrackerFailure failure(CompletionStage<?> stage) {
        return TrackerFailure.of(stage.handle((value, problem) -> problem)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
    }
}
