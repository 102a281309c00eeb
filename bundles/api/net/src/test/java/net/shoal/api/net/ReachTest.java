package net.shoal.api.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No URL of a stranger reaches nearer than it may (reliability S7). */
final class ReachTest {
    @ParameterizedTest(name = "{0}: from {1} to {2} is {3}")
    @CsvSource({
        "INTERNET, 203.0.113.7, 198.51.100.1,     followed",
        "INTERNET, 203.0.113.7, 127.0.0.1,        refused",
        "INTERNET, 203.0.113.7, ::1,              refused",
        "INTERNET, 203.0.113.7, 169.254.169.254,  refused",
        "INTERNET, 203.0.113.7, 192.168.1.1,      refused",
        "INTERNET, 203.0.113.7, 10.0.0.1,         refused",
        "INTERNET, 203.0.113.7, fd00::1,          refused",
        "INTERNET, 203.0.113.7, 0.0.0.0,          refused",
        "INTERNET, 10.0.0.1,    10.0.0.2,         followed",
        "INTERNET, 10.0.0.1,    203.0.113.7,      followed",
        "INTERNET, 10.0.0.1,    127.0.0.1,        refused",
        "INTERNET, 10.0.0.1,    169.254.169.254,  refused",
        "INTERNET, 127.0.0.1,   127.0.0.1,        followed",
        "LAN,      10.0.0.1,    127.0.0.1,        refused",
        "LAN,      10.0.0.1,    169.254.169.254,  refused",
        "LAN,      10.0.0.1,    203.0.113.7,      refused",
        "LAN,      10.0.0.1,    10.0.0.2,         followed",
        "LOOPBACK, 127.0.0.1,   127.0.0.1,        followed",
        "LOOPBACK, 127.0.0.1,   10.0.0.1,         refused",
    })
    void aRedirectNeverLeadsNearer(NetworkScope scope, String from, String to, String expected) throws Exception {
        var refusal = new Reach(scope).redirectRefusal(address(from), address(to));
        assertThat(refusal.isEmpty() ? "followed" : "refused").as("%s", refusal).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        "INTERNET, 203.0.113.7,      reached",
        "INTERNET, 127.0.0.1,        reached",
        "INTERNET, 0.1.2.3,          refused",
        "INTERNET, 240.0.0.1,        refused",
        "INTERNET, 224.0.0.1,        refused",
        "INTERNET, ff02::1,          refused",
        "INTERNET, 64:ff9b::1,       refused",
        "LAN,      203.0.113.7,      refused",
        "LAN,      10.0.0.1,         reached",
        "LOOPBACK, 10.0.0.1,         refused",
        "LOOPBACK, ::1,              reached",
    })
    void nothingLeadsBeyondTheScope(NetworkScope scope, String to, String expected) throws Exception {
        var refusal = new Reach(scope).refusal(address(to));
        assertThat(refusal.isEmpty() ? "reached" : "refused").as("%s", refusal).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is as near as {1}")
    @CsvSource({
        "127.8.8.8,             LOOPBACK",
        "::127.0.0.1,           LOOPBACK",
        "64:ff9b::7f00:1,       LOOPBACK",
        "2002:7f00:1::1,        LOOPBACK",
        "169.254.169.254,       LINK",
        "64:ff9b::a9fe:a9fe,    LINK",
        "fe80::1,               LINK",
        "192.168.1.1,           SITE",
        "100.64.0.1,            SITE",
        "fd00::1,               SITE",
        "2001:db8::1,           WORLD",
        "203.0.113.7,           WORLD",
    })
    void seesThroughAddressesThatHideOthers(String address, Reach.Distance distance) throws Exception {
        assertThat(Reach.distance(address(address))).isEqualTo(distance);
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
