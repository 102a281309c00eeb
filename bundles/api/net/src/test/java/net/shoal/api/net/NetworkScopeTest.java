package net.shoal.api.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkScopeTest {
    @ParameterizedTest
    @CsvSource({
        // address, the narrowest scope that permits it
        "127.0.0.1, LOOPBACK",
        "127.255.255.254, LOOPBACK",
        "::1, LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "10.0.0.1, LAN",
        "10.77.1.2, LAN",
        "172.16.0.1, LAN",
        "172.31.255.255, LAN",
        "192.168.1.1, LAN",
        "169.254.7.7, LAN",
        "100.64.0.1, LAN",
        "100.127.255.255, LAN",
        "fe80::1, LAN",
        "fd12:3456::1, LAN",
        "fc00::1, LAN",
        "::ffff:192.168.1.1, LAN",
        "172.15.255.255, INTERNET",
        "172.32.0.1, INTERNET",
        "100.63.255.255, INTERNET",
        "100.128.0.1, INTERNET",
        "192.169.0.1, INTERNET",
        "128.0.0.1, INTERNET",
        "8.8.8.8, INTERNET",
        "203.0.113.5, INTERNET",
        "2001:db8::1, INTERNET",
        "2606:4700::1111, INTERNET",
        "::2, INTERNET",
        // a NAT64 or 6to4 address that embeds a loopback address is not on this machine
        "64:ff9b::7f00:1, INTERNET",
        "2002:7f00:1::, INTERNET",
        "0.0.0.0,",
        "::,",
        "224.0.0.251,",
        "239.192.152.143,",
        "255.255.255.255,",
        "ff02::1,",
    })
    void permitsWhatLiesWithinIt(String text, NetworkScope narrowest) throws UnknownHostException {
        var address = InetAddress.getByName(text);
        for (var scope : NetworkScope.values()) {
            boolean within = narrowest != null && scope.compareTo(narrowest) >= 0;
            assertThat(scope.permits(address)).as("%s", scope).isEqualTo(within);
        }
    }
}
