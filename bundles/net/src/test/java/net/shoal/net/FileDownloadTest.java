package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.DownloadException;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.WebDownload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class FileDownloadTest {
    private static final int MOST = 100_000;
    private HttpServer server;
    private final FileDownload download = new FileDownload(new Fakes.ScopedNetwork(NetworkScope.LOOPBACK, null));

    private static byte[] fetch(WebDownload from, URI url, Duration within) throws Exception {
        var file = new ByteArrayOutputStream();
        from.fetch(url, new WebDownload.Terms("a .torrent", "*/*", MOST, within), file);
        return file.toByteArray();
    }

    private static byte[] fetch(WebDownload from, URI url) throws Exception {
        return fetch(from, url, Duration.ofSeconds(15));
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/file", 200, "", new byte[5_000]);
        answer("/huge", 200, "", new byte[MOST * 2]);
        answer("/moved", 302, "/file", new byte[0]);
        answer("/away", 302, "http://203.0.113.7/file", new byte[0]);
        answer("/elsewhere", 301, "file:///etc/passwd", new byte[0]);
        answer("/loop", 302, "/loop", new byte[0]);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(String path, int status, String location, byte[] body) {
        server.createContext(path, exchange -> {
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void fetchesAlsoWhatHasMoved() throws Exception {
        assertThat(fetch(download, url("/file"))).hasSize(5_000);
        assertThat(fetch(download, url("/moved?a=b"))).hasSize(5_000);
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThatThrownBy(() -> fetch(download, url("/huge"))).hasMessageContaining("larger than a .torrent may be");
    }

    @Test
    void whatTricklesIsGivenUpWhenItsTimeIsOver() {
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 10_000);
            var out = exchange.getResponseBody();
            try (exchange) {
                for (int i = 0; i < 10_000; i++) {
                    out.write(i);
                    out.flush();
                    Thread.sleep(1);
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        assertThatThrownBy(() -> fetch(download, url("/slow"), Duration.ofMillis(50)))
                .hasMessageContaining("it takes too long");
    }

    @Test
    void whatBreaksOffIsNotTaken() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answering = CompletableFuture.runAsync(() -> {
                try (var peer = socket.accept()) {
                    peer.getOutputStream()
                            .write("HTTP/1.0 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
            assertThatThrownBy(() -> fetch(download, url)).hasMessageContaining("broke before it was complete");
            answering.join();
        }
    }

    @Test
    void whoeverAsksIsReleasedWhenTheNetworkCloses() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            var asked = CompletableFuture.supplyAsync(() -> {
                try {
                    return "got " + fetch(download, url).length;
                } catch (InterruptedException e) {
                    return "released";
                } catch (Exception e) {
                    return e.toString();
                }
            });
            try (var peer = silent.accept()) {
                assertThat(peer.getInputStream().read()).isEqualTo('G');
                download.close();
                assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo("released");
            }
        }
    }

    @Test
    void doesNotLeaveTheScopeByARedirect() {
        assertThatThrownBy(() -> fetch(download, url("/away")))
                .hasMessageContaining("203.0.113.7 is beyond the network scope");
        assertThatThrownBy(() -> fetch(download, url("/elsewhere"))).hasMessageContaining("no http or https address");
    }

    /** All that is out there is this server, and it redirects. */
    private byte[] fromAfar(String first, String elsewhere) throws Exception {
        answer("/astray", 302, elsewhere, new byte[0]);
        var afar = new FileDownload(
                new Fakes.ScopedNetwork(NetworkScope.INTERNET, null),
                (address, port) -> new Socket(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort()));
        return fetch(afar, URI.create("http://" + first + "/astray"));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 127.0.0.1",
        "203.0.113.7, 127.1.2.3",
        "203.0.113.7, [::1]",
        "203.0.113.7, [::ffff:127.0.0.1]",
        "203.0.113.7, [64:ff9b::7f00:1]",
        "203.0.113.7, 0.0.0.0",
        "203.0.113.7, 169.254.169.254",
        "203.0.113.7, [fe80::1]",
        "203.0.113.7, 10.0.0.1",
        "203.0.113.7, 192.168.1.1",
        "203.0.113.7, [fd00::1]",
        "192.168.1.7, 127.0.0.1",
        "192.168.1.7, 169.254.169.254",
        "203.0.113.7, 224.0.0.1",
        "203.0.113.7, 255.255.255.255"
    })
    void noServerLeadsNearerToThisMachineThanItIs(String from, String to) {
        assertThatThrownBy(() -> fromAfar(from, "http://" + to + "/file"))
                .isInstanceOf(DownloadException.class)
                .hasMessageMatching(
                        ".*(nearer to this machine than itself|outside the network scope|beyond the network scope).*");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7, 203.0.113.8", "192.168.1.7, 203.0.113.8", "192.168.1.7, 10.0.0.1"})
    void othersMayRedirectOutwards(String from, String to) throws Exception {
        assertThat(fromAfar(from, "http://" + to + "/file")).hasSize(5_000);
    }

    @Test
    void aPortOfSomethingElseIsNotAsked() {
        assertThatThrownBy(() -> fromAfar("203.0.113.7", "http://203.0.113.8:25/file"))
                .hasMessageContaining("another service than the web");
    }

    @Test
    void saysWhatTheServerSays() {
        assertThatThrownBy(() -> fetch(download, url("/nothing"))).hasMessageContaining("the server answers 404");
        assertThatThrownBy(() -> fetch(download, url("/loop"))).hasMessageContaining("redirects for ever");
    }
}
