package net.shoal.source.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.SourceException.Kind;
import net.shoal.api.transfer.SourceReading;
import net.shoal.api.transfer.SourceSession;
import net.shoal.api.transfer.SourceSink;
import net.shoal.base.metainfo.Info;
import net.shoal.net.HttpConnectorComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real sockets, on loopback, with servers of every kind. */
@Timeout(120)
final class WebSessionTest {
    private static final byte[] FILE = new byte[3_000_000];

    static {
        new Random(1).nextBytes(FILE);
    }

    private final FakeNetwork network = new FakeNetwork(NetworkScope.LOOPBACK);
    private SourceSession session;
    private long patienceMillis = 30_000;

    @AfterEach
    void close() {
        if (session != null) {
            session.close();
        }
        network.close();
    }

    private WebSource source(FakeNetwork network) {
        return new WebSource(network, new HttpConnectorComponent(network), 2, patienceMillis);
    }

    private void open(String url, Info info) {
        session = source(network).open(URI.create(url), info);
    }

    private void open(WebServer server) {
        open(server.url(), Torrents.file("file.bin", FILE.length));
    }

    /** Collects what comes. */
    private static class Sink implements SourceSink {
        final ByteArrayOutputStream got = new ByteArrayOutputStream();
        final CompletableFuture<byte[]> all = new CompletableFuture<>();
        final AtomicInteger size = new AtomicInteger();

        @Override
        public void bytes(ByteBuffer next) {
            var copy = new byte[next.remaining()];
            next.get(copy);
            got.writeBytes(copy);
        }

        @Override
        public void done() {
            all.complete(got.toByteArray());
        }

        @Override
        public void failed(SourceException failure) {
            all.completeExceptionally(failure);
        }
    }

    private byte[] read(long offset, long length) {
        var sink = new Sink();
        session.read(0, offset, length, sink);
        return sink.all.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private void assertReads(long offset, long length) {
        assertThat(read(offset, length)).isEqualTo(Arrays.copyOfRange(FILE, (int) offset, (int) (offset + length)));
    }

    private SourceException failure() {
        try {
            read(1_000, 2_000_000);
        } catch (CompletionException e) {
            return (SourceException) e.getCause();
        }
        throw new AssertionError("it did not fail");
    }

    private void assertFails(Kind kind, String words) {
        var failure = failure();
        assertThat(failure.reason()).contains(words);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private void assertAnswerFails(String answer, Kind kind, String words) throws Exception {
        try (var server = WebServer.saying(answer)) {
            open(server);
            assertFails(kind, words);
        }
    }

    // ---- servers as they should be

    @Test
    void asksForPartsOverOneConnection() throws Exception {
        try (var server = WebServer.serving(FILE)) {
            open(server);
            assertReads(0, 100);
            assertReads(2_999_999, 1);
            assertReads(5, 2_900_000);
            assertThat(server.connections).hasValue(1);
            assertThat(server.requests).extracting(WebServer.Request::path).containsOnly("/file.bin");
            assertThat(server.requests.get(0).headers())
                    .contains("host: 127.0.0.1:" + server.port(), "accept-encoding: identity", "range: bytes=0-99");
        }
    }

    @Test
    void readsInParallelOverSeveral() throws Exception {
        var both = new CountDownLatch(2);
        try (var server = new WebServer((request, out) -> {
            both.countDown();
            both.await();
            WebServer.part(request, FILE, out);
            return true;
        })) {
            open(server);
            var one = new Sink();
            var two = new Sink();
            session.read(0, 0, 1_000_000, one);
            session.read(0, 1_000_000, 1_000_000, two);
            assertThat(one.all.get(60, TimeUnit.SECONDS)).isEqualTo(Arrays.copyOfRange(FILE, 0, 1_000_000));
            assertThat(two.all.get(60, TimeUnit.SECONDS)).isEqualTo(Arrays.copyOfRange(FILE, 1_000_000, 2_000_000));
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void takesChunksAndConnectionsThatEndWithTheAnswer() throws Exception {
        try (var server = new WebServer((request, out) -> {
            WebServer.head(
                    out,
                    "206 Partial Content",
                    "Content-Range: bytes " + request.first() + "-" + request.last() + "/3000000",
                    "Transfer-Encoding: chunked");
            for (int at = (int) request.first(); at <= request.last(); at += 1_000) {
                int count = (int) Math.min(1_000, request.last() - at + 1);
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(FILE, at, count);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return false;
        })) {
            open(server);
            assertReads(7, 54_321);
            assertReads(77, 12_345);
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void goesOnWhereAServerBreaksOffOrSendsLess() throws Exception {
        try (var server = new WebServer((request, out) -> {
            long last = Math.min(request.last(), request.first() + 99_999);
            boolean breaksOff = request.number() % 2 == 1;
            var short_ = new WebServer.Request(request.path(), request.first(), last, request.headers(), 0);
            if (breaksOff) {
                WebServer.head(
                        out,
                        "206 Partial Content",
                        "Content-Range: bytes " + request.first() + "-" + request.last() + "/3000000",
                        "Content-Length: " + (request.last() - request.first() + 1));
                out.write(FILE, (int) request.first(), 1_000);
                return false;
            }
            WebServer.part(short_, FILE, out);
            return true;
        })) {
            open(server);
            assertReads(100, 1_000_000);
        }
    }

    @Test
    void asksAnewWhenAKeptConnectionIsStale() throws Exception {
        try (var server = WebServer.serving(FILE)) {
            open(server);
            assertReads(0, 100);
            server.hangUp();
            assertReads(100, 100);
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void takesPartsOutOfAWholeSmallFile() throws Exception {
        var small = Arrays.copyOf(FILE, 500_000);
        try (var server = new WebServer((request, out) -> {
            WebServer.head(out, "200 OK", "Content-Length: 500000");
            out.write(small);
            return true;
        })) {
            open(server.url(), Torrents.file("file.bin", 500_000));
            assertReads(100_000, 50_000);
            assertReads(0, 500_000);
            assertReads(499_999, 1);
        }
    }

    @Test
    void holdsTheServerUpWhileItIsNotRead() throws Exception {
        try (var server = new WebServer((request, out) -> {
            WebServer.head(
                    out,
                    "206 Partial Content",
                    "Content-Range: bytes 0-999999999/1000000000",
                    "Content-Length: 1000000000");
            for (int i = 0; i < 1_000; i++) {
                out.write(new byte[1_000_000]);
            }
            return true;
        })) {
            open(server.url(), Torrents.file("file.bin", 1_000_000_000));
            var reading = new SourceReading[1];
            var first = new CountDownLatch(1);
            var sink = new Sink() {
                @Override
                public void bytes(ByteBuffer next) {
                    size.addAndGet(next.remaining());
                    first.countDown();
                }
            };
            reading[0] = session.read(0, 0, 1_000_000_000, sink);
            reading[0].setReading(false);
            boolean any = first.await(500, TimeUnit.MILLISECONDS);
            int before = sink.size.get();
            assertThat(before).as("read in spite of it: %s", any).isLessThan(50_000_000);
            reading[0].setReading(true);
            sink.all.get(60, TimeUnit.SECONDS);
            assertThat(sink.size).hasValue(1_000_000_000);
        }
    }

    // ---- those that say no

    @Test
    void failsForOneFileOrForNow() throws Exception {
        assertAnswerFails("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Kind.NOT_THIS_FILE, "404 Not Found");
        assertAnswerFails(
                "HTTP/1.1 503 Busy\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n", Kind.NOT_NOW, "503 Service");
        int port;
        try (var server = WebServer.saying("")) {
            port = server.port();
            open(server);
            assertFails(Kind.NOT_NOW, "closed the connection");
            assertThat(server.connections).as("once more, to be sure").hasValue(2);
        }
        open("http://127.0.0.1:" + port + "/", Torrents.file("x", FILE.length));
        assertFails(Kind.NOT_NOW, "nothing listens at 127.0.0.1 port " + port);
        open("http://nowhere.example/", Torrents.file("x", FILE.length));
        assertFails(Kind.NOT_NOW, "nowhere.example is not known");
    }

    // ---- those that mean harm

    @Test
    void takesNoRubbish() throws Exception {
        assertAnswerFails("SSH-2.0-OpenSSH_9.2\r\n\r\n", Kind.NOT_NOW, "does not answer in HTTP");
        assertAnswerFails("\0\1\2\3\4\5\6\7\r\n\r\n\r\n", Kind.NOT_NOW, "does not answer in HTTP");
        assertAnswerFails("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", Kind.NOT_NOW, "999");
        assertAnswerFails("HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000) + "\r\n\r\n", Kind.NOT_NOW, "overlong");
        assertAnswerFails(
                "HTTP/1.1 206 OK\r\nContent-Range: bytes 1000-2000999/3000000\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
                Kind.NOT_NOW,
                "does not answer in HTTP");
        assertAnswerFails(
                "HTTP/1.1 206 OK\r\nContent-Range: bytes 1000-2000999/3000000\r\nContent-Encoding: gzip\r\n\r\n",
                Kind.NEVER,
                "compressed");
        assertAnswerFails(
                "HTTP/1.1 206 OK\r\nContent-Range: bytes 0-1999999/3000000\r\n\r\n", Kind.NEVER, "another part");
        assertAnswerFails(
                "HTTP/1.1 206 OK\r\nContent-Range: bytes 1000-1000/3000000\r\n\r\n" + "x".repeat(5_000),
                Kind.NEVER,
                "more than it says");
    }

    @Test
    void takesNoGigabyteForAMegabyte() throws Exception {
        try (var server = new WebServer((request, out) -> {
            WebServer.head(out, "200 OK");
            while (true) {
                out.write(new byte[1_000_000]);
            }
        })) {
            open(server.url(), Torrents.file("file.bin", 1_000_000));
            var sink = new Sink();
            session.read(0, 0, 1_000_000, sink);
            assertThat(sink.all.get(60, TimeUnit.SECONDS)).hasSize(1_000_000);
            open(server.url(), Torrents.file("file.bin", 1_000_000_000));
            assertFails(Kind.NOT_THIS_FILE, "does not send parts");
        }
    }

    @Test
    void waitsForNoServerThatSaysNothing() throws Exception {
        patienceMillis = 300;
        try (var server = new WebServer((request, out) -> {
            Thread.sleep(60_000);
            return false;
        })) {
            open(server);
            assertFails(Kind.NOT_NOW, "does not answer in time");
        }
    }

    // ---- redirects

    @Test
    void followsARedirectAndRemembersIt() throws Exception {
        try (var target = WebServer.serving(FILE);
                var server = WebServer.saying(
                        "HTTP/1.1 302 Found\r\nLocation: " + target.url() + "there\r\nContent-Length: 0\r\n\r\n")) {
            open(server);
            assertReads(0, 100);
            assertReads(100, 100);
            assertThat(server.requests).hasSize(1);
            assertThat(target.requests).extracting(WebServer.Request::path).containsOnly("/there");
        }
    }

    @Test
    void asksAtTheBeginningAgainWhenARedirectHasExpired() throws Exception {
        var valid = new int[] {1};
        try (var server = new WebServer((request, out) -> {
            if (request.path().equals("/file.bin")) {
                WebServer.head(out, "307 Temporary", "Location: /signed/" + valid[0], "Content-Length: 0");
            } else if (request.path().equals("/signed/" + valid[0])) {
                WebServer.part(request, FILE, out);
            } else {
                WebServer.head(out, "403 Expired", "Content-Length: 0");
            }
            return true;
        })) {
            open(server);
            assertReads(0, 100);
            valid[0]++;
            assertReads(100, 100);
        }
    }

    @Test
    void followsNoRedirectForEver() throws Exception {
        try (var server = new WebServer((request, out) -> {
            WebServer.head(out, "301 Moved", "Location: /again", "Content-Length: 0");
            return true;
        })) {
            open(server);
            assertFails(Kind.NEVER, "redirects more than 5 times");
            assertThat(server.requests).hasSize(6);
        }
    }

    @Test
    void followsNoRedirectThatLeadsAstray() throws Exception {
        assertAnswerFails(moved("http://10.0.0.1/"), Kind.NEVER, "outside the network scope loopback");
        assertAnswerFails(moved("http://0.0.0.0/"), Kind.NEVER, "outside the network scope");
        assertAnswerFails(moved("file:///etc/passwd"), Kind.NEVER, "no http or https address");
        assertAnswerFails(moved("http://me:secret@127.0.0.1/"), Kind.NEVER, "user name");
        assertAnswerFails(moved("http://[::1"), Kind.NEVER, "redirects to an address that");
        network.names.put("rebound.example", "169.254.169.254");
        assertAnswerFails(moved("http://rebound.example/"), Kind.NEVER, "outside the network scope");
    }

    private static String moved(String location) {
        return "HTTP/1.1 301 Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** On scope internet a server on a name's far address stands on loopback here, so that only the rule can refuse. */
    @Test
    void reachesNoLoopbackOnTheInternet() throws Exception {
        try (var internet = new FakeNetwork(NetworkScope.INTERNET);
                var server = new WebServer((request, out) -> false)) {
            session = source(internet).open(URI.create(server.url()), Torrents.file("x", FILE.length));
            assertFails(Kind.NEVER, "leads to this machine itself");
            internet.names.put("rebound.example", "127.0.0.1");
            session = source(internet)
                    .open(URI.create("http://rebound.example:" + server.port() + "/"), Torrents.file("x", FILE.length));
            assertFails(Kind.NEVER, "leads to this machine itself");
            assertThat(server.connections).hasValue(0);
            session.close();
        }
    }
}
