package net.shoal.discovery.dht.limits;

import static org.assertj.core.api.Assertions.assertThat;

import net.shoal.discovery.dht.krpc.Endpoint;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static final Endpoint ONE = Endpoint.v4(20 << 24 | 1, 1_000);
    private static final Endpoint TWO = Endpoint.v4(20 << 24 | 2, 1_000);

    private final Addresses addresses = new Addresses(100);

    private int admitted(long from, long to, long step) {
        int count = 0;
        for (long now = from; now < to; now += step) {
            count += addresses.admits(ONE.withPort((int) (now % 60_000)), 100, now) ? 1 : 0;
        }
        return count;
    }

    @Test
    void fiveASecondPass() {
        assertThat(admitted(0, 600_000, 201)).isEqualTo(600_000 / 201 + 1);
    }

    @Test
    void whoAsksFasterIsNotHeardForFiveMinutesWhateverItsPort() {
        assertThat(admitted(0, 60_000, 100)).isEqualTo(Addresses.MAX_IN_WINDOW);
        assertThat(addresses.admits(TWO, 100, 6_000)).isTrue();
        assertThat(addresses.admits(ONE, 100, 5_000 + Addresses.BLOCKED)).isTrue();
    }

    @Test
    void whoHasProvenNothingGetsLittleMoreThanItSent() {
        addresses.admits(ONE, 100, 0);
        assertThat(addresses.allowance(ONE, 0)).isEqualTo(120);
        addresses.sent(ONE, 70);
        assertThat(addresses.allowance(ONE, 0)).isEqualTo(50);

        addresses.proved(ONE, 0);
        assertThat(addresses.allowance(ONE, 0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void oneNetworkOfIpv6AsksAsOneWhateverItsAddresses() {
        int admitted = 0;
        for (int i = 0; i < 1_000; i++) {
            admitted += addresses.admits(new Endpoint(0x2a00_0001_0000_0000L, i, 6_881), 100, i) ? 1 : 0;
        }

        assertThat(admitted).isEqualTo(Addresses.MAX_IN_WINDOW);
        assertThat(addresses.admits(new Endpoint(0x2a00_0001_0000_0001L, 0, 6_881), 100, 1_000))
                .as("another network")
                .isTrue();
    }

    @Test
    void aNeighbourInItsNetworkHasProvenNothing() {
        var one = new Endpoint(0x2a00_0001_0000_0000L, 1, 6_881);
        addresses.proved(one, 0);

        assertThat(addresses.isProven(one, 0)).isTrue();
        assertThat(addresses.isProven(new Endpoint(one.high(), 2, 6_881), 0)).isFalse();
    }

    @Test
    void manyAddressesTakeBoundedMemory() {
        for (int i = 0; i < 10_000; i++) {
            addresses.admits(Endpoint.v4(20 << 24 | i, 1), 100, 0);
        }

        assertThat(addresses.size()).isEqualTo(100);
    }

    @Test
    void whoWouldBeFloodedByUsIsAskedLater() {
        long longest = 0;
        for (int i = 0; i < 20; i++) {
            longest = addresses.takeQuery(ONE, 0);
        }

        assertThat(longest).isBetween(4_000L, 6_000L);
        assertThat(addresses.takeQuery(TWO, 0)).isZero();
    }
}
