package net.shoal.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import net.shoal.api.net.NetworkScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        assertThatThrownBy(() -> download.fetch(url("/elsewhere"))).hasMessageContaining("no http(s) URL");
    }

    @Test
    void saysWhatTheServerSays() {
        assertThatThrownBy(() -> download.fetch(url("/nothing"))).hasMessageContaining("the server answers 404");
        assertThatThrownBy(() -> download.fetch(url("/loop"))).hasMessageContaining("redirects for ever");
    }
}
