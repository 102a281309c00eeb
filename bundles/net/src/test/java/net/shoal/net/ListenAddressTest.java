package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import net.shoal.api.net.NetworkScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "7000, '', 7000",
        "0, '', 0",
        "65535, '', 65535",
        ":7000, '', 7000",
        "0.0.0.0:7000, '', 7000",
        "[::]:7000, '', 7000",
        "10.77.0.1:7000, 10.77.0.1, 7000",
        "[fd00::1]:7000, fd00::1, 7000",
    })
    void readsHostAndPort(String text, String host, int port) {
        var address = ListenAddress.parse(text);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.mayMove()).isFalse();
        assertThat(address.hosts()).isEqualTo(host.isEmpty() ? List.of() : List.of(Fakes.address(host)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "-1",
                "65536",
                "70000000",
                "host.example:1",
                "::1:7000",
                "[::1]",
                "1.2.3.4",
                "1.2.3.4:",
                "+1",
                "1 "
            })
    void saysWhatIsWrongWithAnythingElse(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot listen on '" + text + "': it takes [HOST:]PORT");
    }

    @Test
    void hasADefaultThatMayMove() {
        assertThat(ListenAddress.parse(new String[] {" ", ""}, NetworkScope.LAN))
                .containsExactly(new ListenAddress(List.of(), ListenAddress.DEFAULT_PORT, true));
    }

    @Test
    void refusesWhatLiesOutsideTheScope() {
        var given = new String[] {"127.0.0.1:0", "10.0.0.1:0"};
        assertThat(ListenAddress.parse(given, NetworkScope.LAN)).hasSize(2);
        assertThatThrownBy(() -> ListenAddress.parse(given, NetworkScope.LOOPBACK))
                .hasMessage("cannot listen on 10.0.0.1, which lies outside the network scope 'loopback':"
                        + " give an address inside, or a wider scope");
    }

    @Test
    void bindsNothingButLoopbackOnScopeLoopback() {
        var everywhere = ListenAddress.parse("7000");
        assertThat(everywhere.endpoints(NetworkScope.LOOPBACK, 7000))
                .isNotEmpty()
                .allMatch(endpoint -> endpoint.getAddress().isLoopbackAddress() && endpoint.getPort() == 7000);
        assertThat(everywhere.endpoints(NetworkScope.LAN, 7000)).containsExactly(new InetSocketAddress(7000));
    }

    @Test
    void knowsTheAddressesToDialFrom() {
        assertThat(ListenAddress.ownAddresses(new String[] {"7000", "10.77.0.1:1", "nonsense", "[fd00::1]:0"}))
                .containsExactly(Fakes.address("10.77.0.1"), Fakes.address("fd00::1"));
    }
}
