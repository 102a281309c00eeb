package net.shoal.base.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"65536,65536", "64KiB,65536", "1MiB,1048576", "1.5MiB,1572864", "2 GiB,2147483648", "10kB,10000", "0,0"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Values.size(text)).isEqualTo(bytes);
        assertThat(Values.rate(text + "/s")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "10s,10000", "5m,300000", "1h,3600000", "1.5h,5400000"})
    void readsDurations(String text, long millis) {
        assertThat(Values.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1x", "MiB", "1e9", "99999999999999999999", "9999999TiB", "1 000"})
    void refusesSizesThatAreNone(String text) {
        assertThatThrownBy(() -> Values.size(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10 minutes", "-5s", "5M5"})
    void refusesDurationsThatAreNone(String text) {
        assertThatThrownBy(() -> Values.duration(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsEndpoints() {
        assertThat(Endpoint.parse("10.0.0.7:6881")).isEqualTo(new Endpoint(Optional.of("10.0.0.7"), 6881));
        assertThat(Endpoint.parse("[2001:db8::7]:6881")).isEqualTo(new Endpoint(Optional.of("2001:db8::7"), 6881));
        assertThat(Endpoint.parse("[::1]:1").toString()).isEqualTo("[::1]:1");
        assertThat(Endpoint.parseListen("0")).isEqualTo(new Endpoint(Optional.empty(), 0));
        assertThat(Endpoint.parseListen("[::]:6881").host()).contains("::");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":1",
                "host:",
                "host:70000",
                "::1:6881",
                "[::1]",
                "[host]:1",
                "a b:1",
                "[]:1",
                "host:0",
                "u@h:1"
            })
    void refusesEndpointsThatAreNone(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HOST:PORT");
    }

    @Test
    void refusesPatternsThatAreNone() {
        assertThatThrownBy(() -> Values.checkGlob("[a")).isInstanceOf(IllegalArgumentException.class);
        Values.checkGlob("**/*.{mkv,mp4}");
    }
}
