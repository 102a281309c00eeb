package net.shoal.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PeerPriorityTest {
    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    private static long of(String one, String other) {
        return PeerPriority.of(at(one, 1), at(other, 2));
    }

    /** The two of BEP 40. */
    @Test
    void isWhatTheStandardSays() {
        assertThat(of("123.213.32.10", "98.76.54.32")).isEqualTo(0xec2d7224L);
        assertThat(of("123.213.32.10", "123.213.32.234")).isEqualTo(0x99568189L);
    }

    @Test
    void isTheSameFromBothEnds() {
        assertThat(of("98.76.54.32", "123.213.32.10")).isEqualTo(0xec2d7224L);
        assertThat(of("2001:db8::1", "2001:db9:7::2")).isEqualTo(of("2001:db9:7::2", "2001:db8::1"));
    }

    @Test
    void whoHasManyAddressesInOneNetworkGainsLittle() {
        assertThat(of("123.213.32.10", "98.76.54.32"))
                .as("bits that do not count")
                .isEqualTo(of("123.213.32.10", "98.76.54.138"));
        assertThat(of("2001:db8:1:5500::1", "2001:db8:2::1")).isEqualTo(of("2001:db8:1:5500::1", "2001:db8:2:aa00::1"));
        assertThat(of("2001:db8:1:1::1", "2001:db8:1:2::1")).isNotEqualTo(of("2001:db8:1:1::1", "2001:db8:1:3::1"));
    }

    @Test
    void ofOneHostThePortsCount() {
        assertThat(PeerPriority.of(at("10.0.0.1", 1000), at("10.0.0.1", 2000)))
                .isEqualTo(PeerPriority.of(at("10.0.0.2", 2000), at("10.0.0.2", 1000)))
                .isNotEqualTo(PeerPriority.of(at("10.0.0.1", 1000), at("10.0.0.1", 2001)));
    }
}
