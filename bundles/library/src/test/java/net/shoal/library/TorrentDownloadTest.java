package net.shoal.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import net.shoal.api.library.LinkException;
import net.shoal.api.net.NetworkScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class TorrentDownloadTest {
    private static final int MOST = 100_000;
    private HttpServer server;
    private final TorrentDownload download = new TorrentDownload(new FakeNetwork(NetworkScope.LOOPBACK), MOST);

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
        assertThat(download.fetch(url("/file"))).hasSize(5_000);
        assertThat(download.fetch(url("/moved?a=b"))).hasSize(5_000);
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThatThrownBy(() -> download.fetch(url("/huge"))).hasMessageContaining("larger than a .torrent may be");
    }

    @Test
    void doesNotLeaveTheScopeByARedirect() {
        assertThatThrownBy(() -> download.fetch(url("/away")))
                .hasMessageContaining("203.0.113.7 is beyond the network scope");
        assertThatThrownBy(() -> download.fetch(url("/elsewhere"))).hasMessageContaining("no http or https address");
    }

    /** All that is out there is this server, and it redirects. */
    private byte[] fromAfar(String first, String elsewhere) throws Exception {
        answer("/astray", 302, elsewhere, new byte[0]);
        var afar = new TorrentDownload(
                new FakeNetwork(NetworkScope.INTERNET),
                MOST,
                (address, port) -> new Socket(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort()));
        return afar.fetch(URI.create("http://" + first + "/astray"));
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
                .isInstanceOf(LinkException.class)
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
        assertThatThrownBy(() -> download.fetch(url("/nothing"))).hasMessageContaining("the server answers 404");
        assertThatThrownBy(() -> download.fetch(url("/loop"))).hasMessageContaining("redirects for ever");
    }
}
