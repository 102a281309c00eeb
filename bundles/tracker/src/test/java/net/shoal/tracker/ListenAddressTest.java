package net.shoal.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
    @Test
    void readsPortsAndHosts() {
        assertThat(ListenAddress.of("6969")).isEqualTo(new ListenAddress(Optional.empty(), 6969));
        assertThat(ListenAddress.of("0")).isEqualTo(new ListenAddress(Optional.empty(), 0));
        assertThat(ListenAddress.of("10.0.0.1:80")).isEqualTo(new ListenAddress(Optional.of("10.0.0.1"), 80));
        assertThat(ListenAddress.of("[::1]:80")).isEqualTo(new ListenAddress(Optional.of("::1"), 80));
        assertThat(ListenAddress.of("0.0.0.0:80")).isEqualTo(new ListenAddress(Optional.empty(), 80));
        assertThat(ListenAddress.of("[::]:80")).isEqualTo(new ListenAddress(Optional.empty(), 80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", ":80", "host", "host:", "host:x", "::1:80", "1:2:3", "65536", "h:70000", "-1", "+1"})
    void refusesTheRestInWords(String text) {
        assertThatThrownBy(() -> ListenAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot serve a tracker at '" + text + "': give a port such as 6969");
    }
}
