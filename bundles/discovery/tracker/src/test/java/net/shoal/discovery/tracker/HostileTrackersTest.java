package net.shoal.discovery.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.shoal.api.net.NetworkScope;
import net.shoal.base.model.RemoteText;
import net.shoal.net.HttpConnectorComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trackers that mean harm: each costs a bounded time and memory, and what {@code show} says of it is one clear sentence. */
@Timeout(120)
final class HostileTrackersTest {
    private static final String GOOD = "d8:intervali1800e5:peers6:\u007f\0\0\u0001\u001aAe";

    private final FakeNetwork network = new FakeNetwork(NetworkScope.LOOPBACK);
    private final EventLoop loop = (EventLoop) network.eventLoops().next();
    private final Trackers trackers =
            new Trackers(network, new HttpConnectorComponent(network), loop, () -> System.nanoTime() / 1_000_000);

    @AfterEach
    void close() throws Exception {
        loop.submit(trackers::close).sync();
        network.close();
    }

    /** @param says a part of what is said of it, or of the peers it named */
    private record Row(String name, String says, Speech speech) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What a server answers. */
    private interface Speech {
        void to(OutputStream out, ScriptedServer server) throws Exception;
    }

    private static Row row(String name, String says, String answer) {
        return new Row(name, says, (out, server) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Row body(String name, String says, String body) {
        return new Row(
                name,
                says,
                (out, server) -> out.write(ScriptedServer.http("200 OK", body.getBytes(StandardCharsets.ISO_8859_1))));
    }

    static Stream<Row> overHttp() {
        var head = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                row("nothing", "closed the connection before it had answered", ""),
                row("another protocol", "did not answer in HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                row("binary", "did not answer in HTTP", "\0\1\2\3\r\n\r\n\r\n\r\n"),
                row("a status of letters", "did not answer in HTTP", "HTTP/1.1 abc OK\r\n\r\n"),
                row(
                        "a status of a thousand digits",
                        "did not answer in HTTP",
                        "HTTP/1.1 " + "9".repeat(1000) + " OK\r\n\r\n"),
                row("HTTP/9.9", "", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\nde"),
                row("two lengths", "did not answer in HTTP", head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nde"),
                row("a negative length", "", head + "Content-Length: -1\r\n\r\nde"),
                row(
                        "length and chunks",
                        "",
                        head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n"),
                row(
                        "a chunk of 4 GiB",
                        "did not answer in HTTP",
                        head + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\nde"),
                row(
                        "a chunk without a length",
                        "did not answer in HTTP",
                        head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nde"),
                row(
                        "a petabyte announced",
                        "answered with more than 1048576 bytes",
                        head + "Content-Length: 1125899906842624\r\n\r\nde"),
                row("less than it announced", "closed the connection", head + "Content-Length: 100\r\n\r\nde"),
                row("no gzip though it says so", "", head + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nde"),
                new Row("a header without end", "answered with more than", (out, server) -> {
                    out.write((head + "X: ").getBytes(StandardCharsets.US_ASCII));
                    pour(out, server);
                }),
                new Row("headers without end", "answered with more than", (out, server) -> {
                    out.write(head.getBytes(StandardCharsets.US_ASCII));
                    while (server.closing.getCount() > 0) {
                        out.write("X: y\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
                    }
                }),
                new Row("a gigabyte", "answered with more than 1048576 bytes", (out, server) -> {
                    out.write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    pour(out, server);
                }),
                new Row("a gigabyte in chunks", "answered with more than 1048576 bytes", (out, server) -> {
                    out.write((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    while (server.closing.getCount() > 0) {
                        out.write(("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                }),
                new Row(
                        "a bomb",
                        "",
                        (out, server) -> out.write(ScriptedServer.http(
                                "200 OK\r\nContent-Encoding: gzip", gzip(gzip(new byte[64 << 20]))))),
                new Row(
                        "a bomb of zeros",
                        "",
                        (out, server) -> out.write(
                                ScriptedServer.http("200 OK\r\nContent-Encoding: gzip", gzip(new byte[256 << 20])))),
                row("a redirect to nowhere", "answered 302", "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
                row(
                        "a redirect to itself",
                        "redirects more than 5 times",
                        "HTTP/1.1 302 Found\r\nLocation: /announce\r\nContent-Length: 0\r\n\r\n"),
                row(
                        "a redirect that is no URL",
                        "is no valid URL",
                        "HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n"),
                row(
                        "a redirect out of the scope",
                        "outside the network scope",
                        "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"),
                row(
                        "a reason that steers a terminal",
                        "did not answer in HTTP",
                        "HTTP/1.1 500 \u001b[31mred\u0007\r\nContent-Length: 0\r\n\r\n"),
                body("HTML", "answered with something that is not bencode", "<html>hello</html>"),
                body("nothing of use", "answered with neither an interval nor peers", "de"),
                body("a list", "answered with something that is not bencode", "le"),
                body("half a reply", "answered with something that is not bencode", "d8:intervali1800e5:peers600:abc"),
                body(
                        "a bomb of lists",
                        "answered with something that is not bencode",
                        "d5:peers" + "l".repeat(100_000)),
                body("two replies", "answered with something that is not bencode", GOOD + GOOD),
                body(
                        "numbers out of bounds",
                        "answered with something that is not bencode",
                        "d8:intervali99999999999999999999e5:peers0:e"),
                body("an interval of minus one", "0 peers", "d8:intervali-1e5:peers0:e"),
                body("100,000 peers", "3000 peers", "d8:intervali1e5:peers600000:" + peers(100_000) + "e"),
                body(
                        "peers that are no whole number",
                        "1 peers",
                        "d8:intervali1e5:peers11:\u007f\0\0\u0001\u001aAabcdee"),
                body("peers with port 0", "0 peers", "d8:intervali1e5:peers6:\u007f\0\0\u0001\0\0e"),
                body("peers beyond the scope", "0 peers", "d8:intervali1e5:peers6:\n\0\0\u0001\u001aAe"),
                body("peers by name", "0 peers", "d8:intervali1e5:peersld2:ip9:localhost4:porti6881eeee"),
                body("peers of nonsense", "0 peers", "d8:intervali1e5:peersli1e1:xled2:ip1:x4:porti99999999eeee"),
                body("a refusal that steers a terminal", "away now", "d14:failure reason16:go\u001b[2J\r\naway nowe"),
                body("a refusal of a megabyte", "…", "d14:failure reason500000:" + "no ".repeat(166_666) + "noe"));
    }

    private static String peers(int count) {
        var all = new StringBuilder(count * 6);
        for (int i = 0; i < count; i++) {
            all.append("\u007f")
                    .append((char) (i >> 16 & 0xff))
                    .append((char) (i >> 8 & 0xff))
                    .append((char) (i & 0xff))
                    .append("\u001aA");
        }
        return all.toString();
    }

    private static void pour(OutputStream out, ScriptedServer server) throws IOException {
        var bytes = new byte[65_536];
        Arrays.fill(bytes, (byte) 'x');
        while (server.closing.getCount() > 0) {
            out.write(bytes);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("overHttp")
    void whatIsSaidOverHttpIsBoundedAndToldInWords(Row row) throws Exception {
        try (var server = ScriptedServer.on127((line, to, self) -> row.speech.to(to.getOutputStream(), self))) {
            check(row, said("http://127.0.0.1:" + server.port() + "/announce"));
        }
    }

    private static Row udp(String name, String says, String hexAfterTransaction) {
        return new Row(
                name,
                says,
                (out, server) -> out.write(java.util.HexFormat.of().parseHex(hexAfterTransaction.replace(" ", ""))));
    }

    /** What follows the transaction id in the answer to an announce, or in place of it; the connection is made as it should be. */
    static Stream<Row> overUdp() {
        return Stream.of(
                udp("short", "cut short", "00000001"),
                udp("half a peer", "0 peers", "00000708 00000000 00000000 7f0000"),
                udp("a good one", "1 peers", "00000708 00000000 00000000 7f000001 1a41"),
                udp("negative numbers", "0 peers", "ffffffff ffffffff ffffffff"),
                udp("port 0", "0 peers", "00000708 00000000 00000000 7f000001 0000"),
                udp("beyond the scope", "0 peers", "00000708 00000000 00000000 0a000001 1a41"),
                udp(
                        "as long as it gets",
                        "2600 peers",
                        "00000708 00000000 00000000" + "7f000001 1a41".repeat(1) + many()));
    }

    /** All that fits: 16 KiB are read. */
    private static String many() {
        var all = new StringBuilder();
        for (int i = 1; i < 2_600; i++) {
            all.append("7f")
                    .append(String.format("%02x%02x%02x", 1, i >> 8, i & 0xff))
                    .append("1a41");
        }
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource("overUdp")
    void whatIsSaidOverUdpIsBoundedAndToldInWords(Row row) throws Exception {
        var body = new ByteArrayOutputStream();
        row.speech.to(body, null);
        try (var socket = new DatagramSocket(0, Samples.address("127.0.0.1"))) {
            var thread = new Thread(() -> serve(socket, body.toByteArray()));
            thread.start();
            check(row, said("udp://127.0.0.1:" + socket.getLocalPort()));
            socket.close();
            thread.join();
        }
    }

    /** Before each answer come some that nobody asked for. */
    private static void serve(DatagramSocket socket, byte[] body) {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[500], 500);
                socket.receive(packet);
                var in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                int action = in.getInt(8);
                int transaction = in.getInt(12);
                var good = ByteBuffer.allocate(8 + Math.max(8, body.length))
                        .putInt(action)
                        .putInt(transaction);
                good = action == 0 ? good.putLong(77) : good.put(body);
                for (var bytes : new byte[][] {
                    {},
                    {0},
                    {0, 0, 0, 1},
                    answer(action, transaction + 1),
                    answer(action + 1, transaction),
                    answer(99, transaction),
                    answer(-1, 0),
                    Arrays.copyOf(good.array(), good.position())
                }) {
                    socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static byte[] answer(int action, int transaction) {
        return ByteBuffer.allocate(40)
                .putInt(action == 3 ? 4 : action)
                .putInt(transaction)
                .array();
    }

    private static void check(Row row, String said) {
        assertThat(said).contains(row.says).isNotBlank();
        assertThat(said.length()).as("one sentence: %s", said).isLessThanOrEqualTo(RemoteText.MAX_LENGTH + 1);
        assertThat(said.chars()).as("nothing that steers: %s", said).noneMatch(c -> c < ' ' || c == 0x7f);
        assertThat(said).doesNotContain("Exception", "netty", "null");
    }

    private String said(String url) throws Exception {
        return trackers.announce(Samples.url(url), Family.IPV4, Samples.request(Event.STOPPED))
                .handle((reply, problem) -> problem == null
                        ? reply.peers().size() + " peers"
                        : TrackerFailure.of(problem).reason())
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }
}
