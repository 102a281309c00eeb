package net.shoal.source.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.SourceSink;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From the text of a URL to whom is connected to (reliability S7): no web seed reaches loopback or link-local unless the scope allows, however
 * it is written, whatever its name resolves to the second time, and wherever it redirects to.
 */
@Timeout(60)
final class WhereWebSeedsLeadTest {
    private static final byte[] FILE = new byte[1000];

    /** Names: {@code host=first lookup>second lookup}, more than one separated by blanks. */
    @ParameterizedTest(name = "{0} {1} where {2}, redirecting to {3}: {4}")
    @CsvSource({
        // as it should be
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              , asked 203.0.113.7",
        "INTERNET, http://w.example:8080/x?y=z,        w.example=203.0.113.7,              , asked 203.0.113.7",
        "INTERNET, http://203.0.113.7/,                ,                                   , asked 203.0.113.7",
        "INTERNET, http://192.168.1.2/files/,          ,                                   , asked 192.168.1.2",
        "LAN,      http://10.0.0.1/x?y,                ,                                   , asked 10.0.0.1",
        "LOOPBACK, http://127.0.0.1/,                  ,                                   , asked 127.0.0.1",
        // spellings of 127.0.0.1
        "INTERNET, http://127.0.0.1/,                  ,                                   , leads to this machine itself",
        "INTERNET, http://127.8.9.10/,                 ,                                   , leads to this machine itself",
        "INTERNET, http://localhost/,                  localhost=127.0.0.1,                , leads to this machine itself",
        "INTERNET, http://localhost./,                 localhost.=127.0.0.1,               , leads to this machine itself",
        "INTERNET, http://x.localhost/,                x.localhost=127.0.0.1,              , leads to this machine itself",
        "INTERNET, http://2130706433/,                 2130706433=127.0.0.1,               , leads to this machine itself",
        "INTERNET, http://017700000001/,               017700000001=127.0.0.1,             , leads to this machine itself",
        "INTERNET, http://0x7f000001/,                 0x7f000001=127.0.0.1,               , leads to this machine itself",
        "INTERNET, http://0177.0.0.1/,                 0177.0.0.1=127.0.0.1,               , leads to this machine itself",
        "INTERNET, http://127.1/,                      ,                                   , names no valid host",
        "INTERNET, http://0x7f.0.0.1/,                 ,                                   , names no valid host",
        "INTERNET, http://127%2e0%2e0%2e1/,            ,                                   , names no valid host",
        "INTERNET, http://n.example/,                  n.example=127.0.0.1,                , leads to this machine itself",
        "INTERNET, http://[::1]/,                      ,                                   , leads to this machine itself",
        "INTERNET, http://[0:0:0:0:0:0:0:1]/,          ,                                   , leads to this machine itself",
        "INTERNET, http://[::ffff:127.0.0.1]/,         ,                                   , leads to this machine itself",
        "INTERNET, http://[::ffff:7f00:1]/,            ,                                   , leads to this machine itself",
        "INTERNET, http://[::127.0.0.1]/,              ,                                   , leads to this machine itself",
        "INTERNET, http://[::ffff:0:7f00:1]/,         ,                                   , leads to this machine itself",
        "INTERNET, http://[64:ff9b::7f00:1]/,          ,                                   , leads to this machine itself",
        "INTERNET, http://[64:ff9b:1::7f00:1]/,        ,                                   , leads to this machine itself",
        "INTERNET, http://[2002:7f00:1::1]/,           ,                                   , leads to this machine itself",
        "INTERNET, http://[2001:0:1:2:0:0:80ff:fffe]/, ,                                   , leads to this machine itself",
        "INTERNET, http://[2001:db8::5efe:7f00:1]/,    ,                                   , leads to this machine itself",
        // the link, nowhere, everywhere
        "INTERNET, http://169.254.169.254/latest/,     ,                                   , link-local",
        "INTERNET, http://m.example/,                  m.example=169.254.169.254,          , link-local",
        "INTERNET, http://2852039166/,                 2852039166=169.254.169.254,         , link-local",
        "INTERNET, http://[fe80::1]/,                  ,                                   , link-local",
        "INTERNET, http://[fe80::1%25lo]/,             ,                                   , is not known",
        "INTERNET, http://[64:ff9b::a9fe:a9fe]/,       ,                                   , link-local",
        "INTERNET, http://0.0.0.0/,                    ,                                   , outside the network scope",
        "INTERNET, http://0/,                          0=0.0.0.0,                          , outside the network scope",
        "INTERNET, http://[::]/,                       ,                                   , outside the network scope",
        "INTERNET, http://[::ffff:0.0.0.0]/,           ,                                   , outside the network scope",
        "INTERNET, http://255.255.255.255/,            ,                                   , outside the network scope",
        "INTERNET, http://224.0.0.1/,                  ,                                   , outside the network scope",
        "INTERNET, http://[ff02::1]/,                  ,                                   , outside the network scope",
        // the local network, with a button to press
        "INTERNET, http://192.168.1.1/?reboot=1,       ,                                   , has a query",
        "INTERNET, http://[fd00::1]/?reboot=1,         ,                                   , has a query",
        // users, other schemes, services
        "INTERNET, http://w.example@127.0.0.1/,        ,                                   , user name",
        "INTERNET, http://w.example:80@127.0.0.1/,     ,                                   , user name",
        "INTERNET, http://w.example\\@127.0.0.1/,      ,                                   , no URL",
        "INTERNET, http:127.0.0.1/,                    ,                                   , names no valid host",
        "INTERNET, file:///etc/passwd,                 ,                                   , is no http",
        "INTERNET, ftp://127.0.0.1/,                   ,                                   , is no http",
        "INTERNET, gopher://127.0.0.1:25/_HELO,        ,                                   , is no http",
        "INTERNET, http://w.example:22/,               ,                                   , has port 22",
        "INTERNET, http://w.example:25/,               ,                                   , has port 25",
        "INTERNET, https://w.example:993/,             ,                                   , has port 993",
        "INTERNET, http://w.example:6000/,             ,                                   , has port 6000",
        // a name that says something else the second time
        "INTERNET, http://r.example/,                  r.example=203.0.113.7>127.0.0.1,    , asked 203.0.113.7",
        "INTERNET, http://r.example/,                  r.example=203.0.113.7>127.0.0.1,    http://r.example/y, nearer to this machine",
        "INTERNET, http://r.example/,                  r.example=203.0.113.7>169.254.1.1,  /y, nearer to this machine",
        "LAN,      http://r.example/,                  r.example=10.0.0.1>203.0.113.7,     /y, outside the network scope",
        // redirects
        "INTERNET, http://w.example/,                  w.example=203.0.113.7 u.example=198.51.100.1, http://u.example/x, 'asked 203.0.113.7, 198.51.100.1'",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              http://127.0.0.1:99/, nearer to this machine",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              http://[::1]/, nearer to this machine",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              http://[::ffff:127.0.0.1]/, nearer to this machine",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              http://169.254.169.254/, nearer to this machine",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              //192.168.1.1/, nearer to this machine",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7 i.example=10.1.1.1, http://i.example/, nearer to this machine",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7 2130706433=127.0.0.1, http://2130706433/, nearer to this machine",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              http://0.0.0.0/, outside the network scope",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              http://w.example:25/, has port 25",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              http://u@w.example/, user name",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              gopher://w.example/, is no http",
        "INTERNET, http://w.example/,                  w.example=203.0.113.7,              http://[::1, is no valid URL",
        "INTERNET, http://10.0.0.1/,                   ,                                   http://10.0.0.2/?reboot, has a query",
        "LAN,      http://10.0.0.1/,                   ,                                   http://127.0.0.1/, nearer to this machine",
        "LOOPBACK, http://127.0.0.1/,                  ,                                   http://10.0.0.1/, outside the network scope",
    })
    void aUrlLeadsWhereItMay(NetworkScope scope, String url, String names, String redirect, String expected)
            throws Exception {
        var asked = new AtomicInteger();
        try (var network = new FakeNetwork(scope);
                var server = new WebServer((request, out) -> {
                    if (redirect == null || asked.getAndIncrement() > 0) {
                        WebServer.part(request, FILE, out);
                    } else {
                        WebServer.head(out, "302 Found", "Location: " + redirect, "Content-Length: 0");
                    }
                    return false;
                })) {
            learn(network, names);
            var connector = new FarConnector(server.port());
            var outcome = outcome(network, connector, url);
            assertThat(outcome).contains(expected);
            assertThat(outcome).as("a sentence").doesNotContain("Exception", "null");
        }
    }

    private static void learn(FakeNetwork network, String names) throws Exception {
        for (var name : names == null ? new String[0] : names.split(" ", -1)) {
            var parts = name.split("=", 2);
            var turns = new ArrayDeque<InetAddress>();
            for (var each : parts[1].split(">", -1)) {
                turns.add(InetAddress.getByName(each));
            }
            network.turns.put(parts[0], turns);
        }
    }

    private static String outcome(FakeNetwork network, FarConnector connector, String text) throws Exception {
        var outcome = new CompletableFuture<String>();
        try {
            var source = new WebSource(network, connector, 1, 30_000);
            var session = source.open(new URI(text), Torrents.file("x", FILE.length));
            session.read(0, 0, FILE.length, new SourceSink() {
                @Override
                public void bytes(ByteBuffer next) {}

                @Override
                public void done() {
                    outcome.complete("asked " + String.join(", ", connector.asked));
                }

                @Override
                public void failed(SourceException failure) {
                    outcome.complete(failure.reason());
                }
            });
            return outcome.whenComplete((done, problem) -> session.close()).get(30, TimeUnit.SECONDS);
        } catch (URISyntaxException e) {
            return "no URL";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
