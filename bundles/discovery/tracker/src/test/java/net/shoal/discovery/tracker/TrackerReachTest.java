package net.shoal.discovery.tracker;

import static net.shoal.discovery.tracker.Samples.address;
import static net.shoal.discovery.tracker.Samples.url;
import static org.assertj.core.api.Assertions.assertThat;

import net.shoal.api.net.NetworkScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No tracker URL reaches loopback or link-local unless the scope allows (reliability S7). */
final class TrackerReachTest {
    @ParameterizedTest(name = "{0}: {1} at {2} is {3}")
    @CsvSource({
        // the world and a site
        "INTERNET, http://t.example/announce,            203.0.113.7,             asked",
        "INTERNET, http://t.example/announce,            2001:db8::7,             asked",
        "INTERNET, http://t.example/any/path,            198.51.100.1,            asked",
        "INTERNET, udp://t.example:80,                   203.0.113.7,             asked",
        "INTERNET, http://t.example/announce,            10.77.0.1,               asked",
        "INTERNET, http://10.77.0.1:6969/announce,       10.77.0.1,               asked",
        "INTERNET, http://t.example/announce,            192.168.1.1,             asked",
        "INTERNET, http://t.example/announce,            172.16.0.1,              asked",
        "INTERNET, http://t.example/announce,            100.64.0.1,              asked",
        "INTERNET, http://t.example/announce,            fd00::1,                 asked",
        // this machine, named as such
        "INTERNET, http://127.0.0.1:6969/announce,       127.0.0.1,               asked",
        "INTERNET, http://127.0.0.1:6969/key/announce,   127.0.0.1,               asked",
        "INTERNET, http://127.0.0.1:6969/announce.php?k, 127.0.0.1,               asked",
        "INTERNET, http://[::1]:6969/announce,           ::1,                     asked",
        "INTERNET, http://localhost:6969/announce,       127.0.0.1,               asked",
        "INTERNET, http://LOCALHOST:6969/announce,       ::1,                     asked",
        "INTERNET, http://127.0.0.1:6969/scrape,         127.0.0.1,               asked",
        "INTERNET, udp://127.0.0.1:6969,                 127.0.0.1,               asked",
        "INTERNET, http://127.0.0.1:8080/admin,          127.0.0.1,               refused",
        "INTERNET, http://127.0.0.1:8080/,               127.0.0.1,               refused",
        "INTERNET, http://127.0.0.1:8080/announce/../x,  127.0.0.1,               refused",
        "INTERNET, http://localhost:8080/rm?x=/announce, 127.0.0.1,               refused",
        "INTERNET, https://[::1]/shutdown,               ::1,                     refused",
        // this machine, by a name or a spelling that hides it
        "INTERNET, http://rebind.example/announce,       127.0.0.1,               refused",
        "INTERNET, http://rebind.example/announce,       127.8.8.8,               refused",
        "INTERNET, http://rebind.example/announce,       ::1,                     refused",
        "INTERNET, udp://rebind.example:53,              127.0.0.1,               refused",
        "INTERNET, http://127.1/announce,                127.0.0.1,               refused",
        "INTERNET, http://2130706433/announce,           127.0.0.1,               refused",
        "INTERNET, http://x.localhost/announce,          127.0.0.1,               refused",
        "INTERNET, http://rebind.example/announce,       ::ffff:127.0.0.1,        refused",
        "INTERNET, http://rebind.example/announce,       ::127.0.0.1,             refused",
        "INTERNET, http://rebind.example/announce,       64:ff9b::7f00:1,         refused",
        "INTERNET, http://rebind.example/announce,       2002:7f00:1::1,          refused",
        // the link: metadata servers, routers
        "INTERNET, http://169.254.169.254/announce,      169.254.169.254,         refused",
        "INTERNET, http://meta.example/announce,         169.254.169.254,         refused",
        "INTERNET, udp://169.254.0.1:80,                 169.254.0.1,             refused",
        "INTERNET, http://[fe80::1]/announce,            fe80::1,                 refused",
        "INTERNET, http://router.example/announce,       fe80::1,                 refused",
        "INTERNET, http://meta.example/announce,         64:ff9b::a9fe:a9fe,      refused",
        // nowhere, and everywhere
        "INTERNET, http://0.0.0.0:6969/announce,         0.0.0.0,                 refused",
        "INTERNET, http://zero.example/announce,         0.1.2.3,                 refused",
        "INTERNET, http://[::]:6969/announce,            ::,                      refused",
        "INTERNET, udp://all.example:80,                 255.255.255.255,         refused",
        "INTERNET, udp://many.example:80,                224.0.0.1,               refused",
        "INTERNET, udp://many.example:80,                ff02::1,                 refused",
        "INTERNET, udp://none.example:80,                240.0.0.1,               refused",
        // lan
        "LAN,      http://t.example/announce,            203.0.113.7,             refused",
        "LAN,      http://t.example/announce,            2001:db8::7,             refused",
        "LAN,      http://10.0.0.1/announce,             10.0.0.1,                asked",
        "LAN,      http://t.lan/announce,                127.0.0.1,               asked",
        "LAN,      http://t.lan/announce,                169.254.1.1,             asked",
        "LAN,      http://t.lan/announce,                fe80::1,                 asked",
        "LAN,      http://0.0.0.0/announce,              0.0.0.0,                 refused",
        // loopback
        "LOOPBACK, http://127.0.0.1:1/anything,          127.0.0.1,               asked",
        "LOOPBACK, http://localhost:1/announce,          ::1,                     asked",
        "LOOPBACK, http://10.0.0.1/announce,             10.0.0.1,                refused",
        "LOOPBACK, http://169.254.1.1/announce,          169.254.1.1,             refused",
        "LOOPBACK, http://t.example/announce,            203.0.113.7,             refused",
        "LOOPBACK, http://t.example/announce,            2001:db8::7,             refused",
    })
    void aTrackerIsAskedOnlyWhereItsUrlMayLead(NetworkScope scope, String url, String resolved, String expected) {
        assertThat(outcome(scope, url, resolved)).isEqualTo(expected);
    }

    private static String outcome(NetworkScope scope, String url, String resolved) {
        try {
            return TrackerReach.of(scope).refusal(url(url), address(resolved)).isEmpty() ? "asked" : "refused";
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    @ParameterizedTest(name = "{0}: {1} names {2}: {3}")
    @CsvSource({
        "INTERNET, 203.0.113.7, 198.51.100.1, kept",
        "INTERNET, 203.0.113.7, 10.0.0.1,     kept",
        "INTERNET, 203.0.113.7, 127.0.0.1,    dropped",
        "INTERNET, 203.0.113.7, 169.254.1.1,  dropped",
        "INTERNET, 203.0.113.7, 0.0.0.0,      dropped",
        "INTERNET, 10.0.0.1,    127.0.0.1,    dropped",
        "INTERNET, 127.0.0.1,   127.0.0.1,    kept",
        "INTERNET, 127.0.0.1,   10.0.0.1,     kept",
        "LAN,      10.0.0.1,    203.0.113.7,  dropped",
        "LOOPBACK, 127.0.0.1,   10.0.0.1,     dropped",
    })
    void aFarTrackerNamesNoPeersOnOurLoopback(NetworkScope scope, String tracker, String peer, String expected) {
        var kept = TrackerReach.of(scope).permitsPeer(address(tracker), address(peer));
        assertThat(kept ? "kept" : "dropped").isEqualTo(expected);
    }
}
