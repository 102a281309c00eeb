package net.shoal.source.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.Reach;
import net.shoal.api.transfer.SourceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No web-seed URL reaches loopback or link-local unless the scope allows (reliability S7). */
final class WebReachTest {
    @ParameterizedTest(name = "{0}: {1} at {2}, redirected from {3}, is {4}")
    @CsvSource({
        "INTERNET, http://w.example/x,         203.0.113.7,      ,             asked",
        "INTERNET, https://w.example/x?y=z,    2001:db8::7,      ,             asked",
        "INTERNET, http://w.example/x,         192.168.1.7,      ,             asked",
        "INTERNET, http://10.0.0.1/x,          10.0.0.1,         ,             asked",
        "INTERNET, http://w.example/x?reset=1, 192.168.1.1,      ,             refused",
        "INTERNET, http://10.0.0.1/x?reset=1,  10.0.0.1,         ,             refused",
        "INTERNET, http://w.example/x?reset=1, fd00::1,          ,             refused",
        "INTERNET, http://127.0.0.1/x,         127.0.0.1,        ,             refused",
        "INTERNET, http://localhost/x,         ::1,              ,             refused",
        "INTERNET, http://rebind.example/x,    127.0.0.1,        ,             refused",
        "INTERNET, http://rebind.example/x,    ::ffff:127.0.0.1, ,             refused",
        "INTERNET, http://rebind.example/x,    64:ff9b::7f00:1,  ,             refused",
        "INTERNET, http://169.254.169.254/x,   169.254.169.254,  ,             refused",
        "INTERNET, http://meta.example/x,      169.254.169.254,  ,             refused",
        "INTERNET, http://[fe80::1]/x,         fe80::1,          ,             refused",
        "INTERNET, http://w.example/x,         0.0.0.0,          ,             refused",
        "INTERNET, http://w.example/x,         224.0.0.1,        ,             refused",
        "INTERNET, http://w.example/x,         198.51.100.1,     203.0.113.7,  asked",
        "INTERNET, http://w.example/x,         10.0.0.1,         203.0.113.7,  refused",
        "INTERNET, http://w.example/x,         127.0.0.1,        203.0.113.7,  refused",
        "INTERNET, http://w.example/x,         169.254.169.254,  10.0.0.1,     refused",
        "INTERNET, http://w.example/x,         10.0.0.2,         10.0.0.1,     asked",
        "LAN,      http://w.lan/x,             127.0.0.1,        ,             asked",
        "LAN,      http://w.lan/x?y,           10.0.0.1,         ,             asked",
        "LAN,      http://w.lan/x,             203.0.113.7,      ,             refused",
        "LAN,      http://w.lan/x,             127.0.0.1,        10.0.0.1,     refused",
        "LOOPBACK, http://127.0.0.1:1/x?y,     127.0.0.1,        ,             asked",
        "LOOPBACK, http://127.0.0.1:1/x,       127.0.0.1,        127.0.0.1,    asked",
        "LOOPBACK, http://w.example/x,         10.0.0.1,         ,             refused",
    })
    void aWebSeedIsAskedOnlyWhereItsUrlMayLead(
            NetworkScope scope, String url, String address, String from, String expected) throws Exception {
        var reach = new WebReach(new Reach(scope));
        var redirectedFrom = from == null ? Optional.<InetAddress>empty() : Optional.of(InetAddress.getByName(from));
        String outcome;
        try {
            reach.permitted(HttpUrl.of(URI.create(url)), List.of(InetAddress.getByName(address)), redirectedFrom);
            outcome = "asked";
        } catch (SourceException e) {
            assertThat(e.kind()).isEqualTo(SourceException.Kind.NEVER);
            outcome = "refused";
        }
        assertThat(outcome).isEqualTo(expected);
    }
}
