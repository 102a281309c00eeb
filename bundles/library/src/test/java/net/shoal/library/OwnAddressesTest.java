package net.shoal.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.NetworkScope;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {
    private static List<String> list(NetworkScope scope, List<InetSocketAddress> bound, String... interfaces) {
        var hosts = new ArrayList<InetAddress>();
        for (var host : interfaces) {
            hosts.add(literal(host));
        }
        var door = new FrontDoor() {
            @Override
            public List<InetSocketAddress> addresses() {
                return bound;
            }

            @Override
            public int port() {
                return bound.get(0).getPort();
            }
        };
        return new OwnAddresses(door, scope, () -> hosts)
                .list().stream().map(Object::toString).toList();
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(literal(host), port);
    }

    @Test
    void anAddressThatWasAskedForIsNamed() {
        assertThat(list(NetworkScope.INTERNET, List.of(at("10.77.0.1", 6881)), "10.77.0.1", "10.99.0.1"))
                .containsExactly("10.77.0.1:6881");
    }

    @Test
    void aWildcardStandsForTheInterfacesThatTheScopePermits() {
        assertThat(list(
                        NetworkScope.LAN,
                        List.of(at("0.0.0.0", 5)),
                        "127.0.0.1",
                        "192.168.1.2",
                        "203.0.113.9",
                        "fd00::1"))
                .containsExactly("192.168.1.2:5");
        assertThat(list(NetworkScope.INTERNET, List.of(at("::", 5)), "fe80::1", "2001:db8::1", "192.168.1.2"))
                .containsExactly("192.168.1.2:5", "[2001:db8::1]:5");
    }

    @Test
    void loopbackIsNamedWhereThereIsNothingElse() {
        assertThat(list(NetworkScope.LOOPBACK, List.of(at("127.0.0.1", 7), at("::1", 8)), "127.0.0.1"))
                .containsExactly("127.0.0.1:7", "[::1]:8");
        assertThat(list(NetworkScope.INTERNET, List.of(at("0.0.0.0", 7)), "127.0.0.1"))
                .containsExactly("127.0.0.1:7");
    }

    @Test
    void aLinkNamesFewAddresses() {
        var many = new String[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = "10.0.0." + (i + 1);
        }
        assertThat(list(NetworkScope.LAN, List.of(at("0.0.0.0", 5)), many)).hasSize(OwnAddresses.AT_MOST);
    }
}
