package net.shoal.source.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.SourceSink;
import net.shoal.net.HttpConnectorComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Web servers that mean harm: none gives more than it was asked for, each comes to an end in bounded time, and one clear sentence says why. */
@Timeout(120)
final class HostileWebSeedsTest {
    private static final int LENGTH = 3_000_000;
    private static final long PATIENCE_MILLIS = 1_500;

    private final FakeNetwork network = new FakeNetwork(NetworkScope.LOOPBACK);

    @AfterEach
    void close() {
        network.close();
    }

    /** @param says a part of what is said of it */
    private record Row(String name, String says, Speech speech) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What a server answers; it hangs up when it is done. */
    private interface Speech {
        void to(OutputStream out) throws Exception;
    }

    private static Row row(String name, String says, String answer) {
        return new Row(name, says, out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Row part(String name, String says, String headers, String body) {
        return row(name, says, "HTTP/1.1 206 Partial Content\r\n" + headers + "\r\n" + body);
    }

    static Stream<Row> rows() {
        var all = "Content-Range: bytes 0-2999999/3000000\r\n";
        return Stream.of(
                row("nothing", "closed the connection", ""),
                row("another protocol", "does not answer in HTTP", "220 mail.example ESMTP\r\n\r\n"),
                row("a status of letters", "does not answer in HTTP", "HTTP/1.1 abc OK\r\n\r\n"),
                row("a status of 999", "answers", "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"),
                row(
                        "a header of 100 KB",
                        "overlong headers",
                        "HTTP/1.1 206 OK\r\nX: " + "y".repeat(100_000) + "\r\n\r\n"),
                row("a line of 10 KB", "overlong headers", "HTTP/1.1 206 " + "y".repeat(10_000) + "\r\n\r\n"),
                new Row("headers without end", "overlong headers", out -> {
                    out.write("HTTP/1.1 206 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; i < 100_000; i++) {
                        out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                }),
                part("no range", "does not say which part", "Content-Length: 3000000\r\n", ""),
                part("a range of letters", "does not say which part", "Content-Range: bytes a-b/c\r\n", ""),
                part(
                        "a range out of all bounds",
                        "does not say which part",
                        "Content-Range: bytes 0-99999999999999999999/3\r\n",
                        ""),
                part("another range", "another part", "Content-Range: bytes 5-2999999/3000000\r\n", ""),
                part("a range turned around", "does not say which part", "Content-Range: bytes 0--1/3000000\r\n", ""),
                part("a range beyond what was asked", "another part", "Content-Range: bytes 0-3999999/3000000\r\n", ""),
                part(
                        "a file of another length",
                        "where the torrent has one of 3000000",
                        "Content-Range: bytes 0-2999999/4000000\r\n",
                        ""),
                part("two lengths", "does not answer in HTTP", all + "Content-Length: 1\r\nContent-Length: 2\r\n", "x"),
                part(
                        "a length that contradicts the range",
                        "contradicts itself",
                        all + "Content-Length: 5\r\n",
                        "hello"),
                part("gzip", "compressed", all + "Content-Encoding: gzip\r\n", ""),
                part("several parts", "several parts", all + "Content-Type: multipart/byteranges; boundary=x\r\n", ""),
                part(
                        "a chunk of nonsense",
                        "does not answer in HTTP",
                        all + "Transfer-Encoding: chunked\r\n",
                        "zz\r\n"),
                part(
                        "a chunk of 4 GiB",
                        "does not answer in HTTP",
                        all + "Transfer-Encoding: chunked\r\n",
                        "ffffffff\r\n"),
                new Row("more than it says", "more than it says", out -> {
                    out.write(("HTTP/1.1 206 OK\r\nContent-Range: bytes 0-9/3000000\r\n\r\n" + "x".repeat(100_000))
                            .getBytes(StandardCharsets.US_ASCII));
                }),
                new Row("a gigabyte where it was asked for all there is", "done", out -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; i < 1000; i++) {
                        out.write(new byte[1_000_000]);
                    }
                }),
                row("a redirect to nowhere", "redirects to nowhere", "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
                row(
                        "a redirect to itself",
                        "redirects more than 5 times",
                        "HTTP/1.1 307 Again\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
                row(
                        "a redirect that is no URL",
                        "is no valid URL",
                        "HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n"),
                row(
                        "a redirect out of the scope",
                        "outside the network scope",
                        "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"),
                new Row("silence", "does not answer in time", out -> Thread.sleep(60_000)),
                new Row(
                        "a byte of its headers at a time",
                        "does not answer in time",
                        out -> drip(out, "HTTP/1.1 206 OK\r\nX: " + "y".repeat(1000))),
                new Row(
                        "a byte of the content at a time",
                        "sends next to nothing",
                        out -> drip(out, "HTTP/1.1 206 OK\r\n" + all + "\r\n" + "y".repeat(1000))));
    }

    /** What is before the first empty line at once, if there is one. */
    private static void drip(OutputStream out, String text) throws Exception {
        int head = Math.max(20, text.indexOf("\r\n\r\n") + 4);
        out.write(text.substring(0, head).getBytes(StandardCharsets.US_ASCII));
        for (char each : text.substring(head).toCharArray()) {
            Thread.sleep(100);
            out.write(each);
            out.flush();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatItSaysIsBoundedAndToldInWords(Row row) throws Exception {
        var got = new AtomicLong();
        var outcome = new CompletableFuture<String>();
        try (var server = new WebServer((request, out) -> {
            try {
                row.speech.to(out);
            } catch (java.io.IOException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return false;
        })) {
            var session = new WebSource(network, new HttpConnectorComponent(network), 1, PATIENCE_MILLIS)
                    .open(URI.create(server.url() + "x"), Torrents.file("x", LENGTH));
            session.read(0, 0, LENGTH, new SourceSink() {
                @Override
                public void bytes(ByteBuffer next) {
                    got.addAndGet(next.remaining());
                }

                @Override
                public void done() {
                    outcome.complete("done");
                }

                @Override
                public void failed(SourceException failure) {
                    outcome.complete(failure.reason());
                }
            });
            var said = outcome.get(60, TimeUnit.SECONDS);
            session.close();
            assertThat(said).contains(row.says).doesNotContain("Exception", "netty", "null");
            assertThat(said.chars()).as(said).noneMatch(c -> c < ' ' || c == 0x7f);
            assertThat(got).hasValueLessThanOrEqualTo(LENGTH);
        }
    }
}
