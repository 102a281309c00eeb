package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final FakeClock clock = new FakeClock();
    private final BackOff backOff = new BackOff(clock);
    private final InetAddress address = address("10.0.0.7");

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void fail(int times) {
        IntStream.range(0, times).forEach(i -> backOff.failed(address));
    }

    @Test
    void fiveFailuresCostAnHour() {
        fail(4);
        assertThat(backOff.rest(address)).isZero();
        fail(1);
        assertThat(backOff.rest(address)).isEqualTo(Duration.ofHours(1));
        clock.advance(Duration.ofMinutes(59));
        assertThat(backOff.rest(address)).isEqualTo(Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        assertThat(backOff.rest(address)).isZero();
    }

    @Test
    void afterTheHourItTakesFiveAgain() {
        fail(5);
        clock.advance(Duration.ofHours(1));
        fail(4);
        assertThat(backOff.rest(address)).isZero();
        fail(1);
        assertThat(backOff.rest(address)).isPositive();
    }

    @Test
    void whoGetsItRightBeginsAnew() {
        fail(4);
        backOff.succeeded(address);
        fail(4);
        assertThat(backOff.rest(address)).isZero();
    }

    @Test
    void oneCostsNobodyElse() {
        fail(5);
        assertThat(backOff.rest(address("10.0.0.8"))).isZero();
    }

    @Test
    void aHostHasNotTheChoiceAmongAllAddressesOfItsNetwork() {
        IntStream.range(0, 5).forEach(i -> backOff.failed(address("2001:db8:1:2::" + (i + 1))));
        assertThat(backOff.rest(address("2001:db8:1:2:ffff::9"))).isPositive();
        assertThat(backOff.rest(address("2001:db8:1:3::1"))).isZero();
    }

    @Test
    void itRemembersOnlySoMany() {
        fail(5);
        IntStream.range(0, 9_999).forEach(i -> backOff.failed(address("10.1." + i / 256 + "." + i % 256)));
        assertThat(backOff.size()).isEqualTo(10_000);
        assertThat(backOff.rest(address)).isPositive();
        backOff.failed(address("10.9.9.9"));
        assertThat(backOff.size()).isEqualTo(10_000);
        assertThat(backOff.rest(address)).isZero();
    }
}
