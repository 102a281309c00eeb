package net.shoal.discovery.tracker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.transfer.Discovery;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.conformance.DiscoveryConformance;
import net.shoal.net.HttpConnectorComponent;

/** The world is one tracker on loopback, which tells everybody of the same peers. */
class TrackerConformanceTest extends DiscoveryConformance {
    private static final Pattern INFO_HASH = Pattern.compile("[?&]info_hash=([^& ]*)");

    private final FakeNetwork network = new FakeNetwork(NetworkScope.LOOPBACK);
    private final ByteArrayOutputStream peers = new ByteArrayOutputStream();
    private volatile boolean isSilent;
    private ScriptedServer tracker;

    @Override
    protected Discovery discovery() throws IOException {
        tracker = ScriptedServer.on127((line, to, self) -> {
            if (isSilent) {
                self.closing.await();
            }
            to.getOutputStream().write(ScriptedServer.http("200 OK", answer()));
        });
        var discovery = new TrackerDiscovery(network, new HttpConnectorComponent(network), new Defaults());
        discovery.open();
        return discovery;
    }

    private byte[] answer() {
        var compact = peers.toString(StandardCharsets.ISO_8859_1);
        return ("d8:intervali1800e5:peers" + compact.length() + ":" + compact + "e")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    protected void end(Discovery discovery) throws IOException {
        ((TrackerDiscovery) discovery).close();
        tracker.close();
        network.close();
    }

    @Override
    protected void putPeer(PeerAddress peer) throws IOException {
        var address = (InetSocketAddress) peer.endpoint();
        peers.write(address.getAddress().getAddress());
        peers.write(address.getPort() >> 8);
        peers.write(address.getPort());
    }

    @Override
    protected int questionsAbout(InfoHashes swarm) {
        return (int) tracker.requests.stream()
                .map(TrackerConformanceTest::infoHash)
                .filter(hex -> hex.equals(swarm.hex()))
                .count();
    }

    private static String infoHash(String requestLine) {
        var found = INFO_HASH.matcher(requestLine);
        return found.find()
                ? HexFormat.of()
                        .formatHex(URLDecoder.decode(found.group(1), StandardCharsets.ISO_8859_1)
                                .getBytes(StandardCharsets.ISO_8859_1))
                : "";
    }

    @Override
    protected void fallSilent() {
        isSilent = true;
    }

    @Override
    protected List<List<URI>> trackers() {
        return List.of(List.of(URI.create("http://127.0.0.1:" + tracker.port() + "/announce")));
    }

    private record Defaults() implements TrackerDiscovery.Config {
        @Override
        public int atOnce() {
            return 50;
        }

        @Override
        public boolean everyTier() {
            return false;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return TrackerDiscovery.Config.class;
        }
    }
}
