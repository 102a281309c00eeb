package net.shoal.discovery.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.NetworkScope;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From the text of a URL to whom is connected to (reliability S7): no tracker reaches loopback or link-local unless the scope allows, however it
 * is written, whatever its name resolves to the second time, and wherever it redirects to. What is decided of one address is
 * {@link TrackerReachTest}'s.
 */
@Timeout(60)
final class WhereTrackersLeadTest {
    private static final byte[] GOOD = "d8:intervali1800e5:peers0:e".getBytes(StandardCharsets.ISO_8859_1);

    /** Names: {@code host=first lookup>second lookup}, more than one separated by blanks. */
    @ParameterizedTest(name = "{0} {1} where {2}, redirecting to {3}: {4}")
    @CsvSource({
        // as it should be
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               , asked 203.0.113.7",
        "INTERNET, http://t.example:443/announce,             t.example=203.0.113.7,               , asked 203.0.113.7",
        "INTERNET, http://203.0.113.7:6969/announce,          ,                                    , asked 203.0.113.7",
        // spellings of 127.0.0.1
        "INTERNET, http://2130706433/announce, 2130706433=127.0.0.1, , leads to this machine itself",
        "INTERNET, http://017700000001/announce, 017700000001=127.0.0.1, , leads to this machine itself",
        "INTERNET, http://0x7f000001/announce, 0x7f000001=127.0.0.1, , leads to this machine itself",
        "INTERNET, http://0x7f.0.0.1/announce, , , names no valid host",
        "INTERNET, http://127.1/announce, , , names no valid host",
        "INTERNET, http://127.0.1/announce, , , names no valid host",
        "INTERNET, http://0177.0.0.1/announce,                0177.0.0.1=127.0.0.1,                , leads to this machine itself",
        "INTERNET, http://127.0.0.1./announce,                127.0.0.1.=127.0.0.1,                , names no valid host",
        "INTERNET, http://0x7f000001.example/announce,        0x7f000001.example=127.0.0.1,        , leads to this machine itself",
        "INTERNET, http://127%2e0%2e0%2e1/announce,           ,                                    , names no valid host",
        "INTERNET, http://[::ffff:127.0.0.1]:99/admin,        ,                                    , is only asked at a path that ends in /announce",
        "INTERNET, http://[::ffff:7f00:1]:99/admin,           ,                                    , is only asked at a path that ends in /announce",
        "INTERNET, http://[0:0:0:0:0:0:0:1]:99/admin,         ,                                    , has no IPv4 address",
        "INTERNET, http://[::127.0.0.1]:99/admin, , , is only asked at a path that ends in /announce",
        "INTERNET, http://localhost.:99/announce,             localhost.=127.0.0.1,                , leads to this machine itself",
        "INTERNET, http://LOCALHOST.localdomain/announce,     LOCALHOST.localdomain=127.0.0.1,     , leads to this machine itself",
        "INTERNET, http://x.localhost/announce,               x.localhost=127.0.0.1,               , leads to this machine itself",
        "INTERNET, http://127.0.0.1.nip.example/announce,     127.0.0.1.nip.example=127.0.0.1,     , leads to this machine itself",
        "INTERNET, http://localhost:99/..;/announce/x,        localhost=127.0.0.1,                 , is only asked at a path that ends in /announce",
        "INTERNET, http://127.0.0.1:99/x?announce,            ,                                    , is only asked at a path that ends in /announce",
        // nowhere, and everywhere
        "INTERNET, http://0.0.0.0:99/announce,                ,                                    , outside the network scope",
        "INTERNET, http://0/announce, 0=0.0.0.0, , outside the network scope",
        "INTERNET, http://255.255.255.255/announce,           ,                                    , outside the network scope",
        "INTERNET, http://z.example/announce,                 z.example=0.0.0.0,                   , outside the network scope",
        // the link
        "INTERNET, http://169.254.169.254/announce,           ,                                    , link-local",
        "INTERNET, http://2852039166/announce, 2852039166=169.254.169.254, , link-local",
        "INTERNET, http://[::ffff:169.254.169.254]/announce,  ,                                    , link-local",
        "INTERNET, http://m.example/announce,                 m.example=169.254.169.254,           , link-local",
        "INTERNET, http://[fe80::1%25lo]/announce, , , is not known",
        // users and other schemes
        "INTERNET, http://t.example@127.0.0.1/announce,       ,                                    , user name",
        "INTERNET, http://t.example:80@127.0.0.1/announce,    ,                                    , user name",
        "INTERNET, http://t.example%2f@127.0.0.1/announce,    ,                                    , user name",
        "INTERNET, http://t.example\\@127.0.0.1/announce,     ,                                    , no URL",
        "INTERNET, http://t.example #@127.0.0.1/announce,     ,                                    , no URL",
        "INTERNET, http:127.0.0.1/announce,                   ,                                    , names no valid host",
        "INTERNET, http:/127.0.0.1/announce,                  ,                                    , names no valid host",
        "INTERNET, file:///etc/passwd,                        ,                                    , is no http",
        "INTERNET, gopher://127.0.0.1:25/_HELO,               ,                                    , is no http",
        "INTERNET, ftp://127.0.0.1/announce,                  ,                                    , is no http",
        "INTERNET, jar:http://127.0.0.1/x!/announce,          ,                                    , is no http",
        "INTERNET, ws://t.example/announce,                   ,                                    , is no http",
        // services
        "INTERNET, http://t.example:22/announce,              ,                                    , has port 22",
        "INTERNET, http://t.example:25/announce,              ,                                    , has port 25",
        "INTERNET, https://t.example:465/announce,            ,                                    , has port 465",
        "INTERNET, http://t.example:110/announce,             ,                                    , has port 110",
        "INTERNET, http://t.example:6667/announce,            ,                                    , has port 6667",
        "INTERNET, udp://t.example:53,                        ,                                    , has port 53",
        "INTERNET, udp://t.example:123,                       ,                                    , has port 123",
        "INTERNET, udp://t.example:11211,                     ,                                    , has port 11211",
        "INTERNET, http://t.example:65536/announce,           ,                                    , a port is from 1 to 65535",
        // a name that says something else the second time
        "INTERNET, http://r.example/announce,                 r.example=203.0.113.7>127.0.0.1,     , asked 203.0.113.7",
        "INTERNET, http://r.example/announce,                 r.example=203.0.113.7>127.0.0.1,     http://r.example/announce, nearer to this machine",
        "INTERNET, http://r.example/announce,                 r.example=203.0.113.7>169.254.1.1,   /announce, nearer to this machine",
        "INTERNET, http://r.example/announce,                 r.example=203.0.113.7>0.0.0.0,       /announce, outside the network scope",
        "LAN,      http://r.example/announce,                 r.example=10.0.0.1>203.0.113.7,      /announce, outside the network scope",
        "LOOPBACK, http://localhost/announce,                 localhost=127.0.0.1>10.0.0.1,        /announce, outside the network scope",
        // redirects
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7 u.example=198.51.100.1, http://u.example/x, 'asked 203.0.113.7, 198.51.100.1'",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://127.0.0.1:99/announce, nearer to this machine",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://localhost:99/, nearer to this machine",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://[::ffff:127.0.0.1]/, nearer to this machine",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://169.254.169.254/latest, nearer to this machine",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://192.168.1.1/, nearer to this machine",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               //10.0.0.1/, nearer to this machine",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7 i.example=10.1.1.1, http://i.example/, nearer to this machine",
        "INTERNET, http://10.0.0.1/announce,                  ,                                    http://127.0.0.1/announce, nearer to this machine",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7 2130706433=127.0.0.1, http://2130706433/, nearer to this machine",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://0.0.0.0/, outside the network scope",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://t.example:25/, has port 25",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://u@t.example/, user name",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               gopher://t.example/, is no http",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               udp://127.0.0.1:99, is no http",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               data:text/plain, is no http",
        "INTERNET, http://t.example/announce,                 t.example=203.0.113.7,               http://[::1, is no valid URL",
        "LAN,      http://10.0.0.1/announce,                  ,                                    http://203.0.113.7/, outside the network scope",
        "LAN,      http://10.0.0.1/announce,                  ,                                    http://10.0.0.2/, 'asked 10.0.0.1, 10.0.0.2'",
        "LOOPBACK, http://127.0.0.1/announce,                 ,                                    http://127.0.0.2/, 'asked 127.0.0.1, 127.0.0.2'",
        "LOOPBACK, http://127.0.0.1/announce,                 ,                                    http://169.254.1.1/, outside the network scope",
    })
    void aUrlLeadsWhereItMay(NetworkScope scope, String url, String names, String redirect, String expected)
            throws Exception {
        try (var network = new FakeNetwork(scope);
                var server = ScriptedServer.on127((line, to, self) -> to.getOutputStream()
                        .write(
                                redirect == null || self.requests.size() > 1
                                        ? ScriptedServer.http("200 OK", GOOD)
                                        : ScriptedServer.http("302 Found\r\nLocation: " + redirect, new byte[0])))) {
            learn(network, names);
            var connector = new FarConnector(server.port());
            var outcome = outcome(network, connector, url);
            assertThat(outcome).contains(expected);
            assertThat(outcome).as("a sentence").doesNotContain("Exception", "null");
        }
    }

    private static void learn(FakeNetwork network, String names) {
        for (var name : names == null ? new String[0] : names.split(" ", -1)) {
            var parts = name.split("=", 2);
            var turns = new ArrayDeque<List<InetAddress>>();
            Arrays.stream(parts[1].split(">", -1)).forEach(each -> turns.add(List.of(Samples.address(each))));
            network.turns.put(parts[0], turns);
        }
    }

    private static String outcome(FakeNetwork network, FarConnector connector, String text) throws Exception {
        TrackerUrl url;
        try {
            url = TrackerUrl.of(new URI(text));
        } catch (java.net.URISyntaxException e) {
            return "no URL";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        var loop = (EventLoop) network.eventLoops().next();
        var trackers = new Trackers(network, connector, loop, () -> System.nanoTime() / 1_000_000);
        try {
            return trackers.announce(url, Family.IPV4, Samples.request(Event.STOPPED))
                    .handle((reply, problem) -> problem == null
                            ? "asked " + String.join(", ", connector.asked)
                            : TrackerFailure.of(problem).reason())
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } finally {
            loop.submit(trackers::close).sync();
        }
    }
}
