package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsolePlaceTest {
    @ParameterizedTest
    @CsvSource({
        "'', 127.0.0.1, 7717, true, false",
        "127.0.0.1:0, 127.0.0.1, 0, false, false",
        "localhost:8000, 127.0.0.1, 8000, false, false",
        "8000, 127.0.0.1, 8000, false, false",
        "127.9.9.9:1, 127.9.9.9, 1, false, false",
        "0.0.0.0:7717, 0.0.0.0, 7717, false, true",
        "10.0.0.7:7717, 10.0.0.7, 7717, false, true",
        "[::1]:7717, 0:0:0:0:0:0:0:1, 7717, false, false",
        "[::]:7717, 0:0:0:0:0:0:0:0, 7717, false, true",
    })
    void knowsWhereAndForWhom(String text, String host, int port, boolean mayMove, boolean others) {
        var place = ConsolePlace.parse(text).orElseThrow();
        assertThat(place.host().getHostAddress()).isEqualTo(host);
        assertThat(place.port()).isEqualTo(port);
        assertThat(place.mayMove()).isEqualTo(mayMove);
        assertThat(place.isForOthers()).isEqualTo(others);
    }

    @Test
    void offIsNowhere() {
        assertThat(ConsolePlace.parse("off")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com:80",
                "127.0.0.1:70000",
                "127.0.0.1:",
                ":80",
                "::1:80",
                "[::1:80",
                "127.0.0.1:x",
                "1.2.3.4.5:6"
            })
    void refusesWhatIsNoPlaceAndAsksNobodyForAName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsolePlace.parse(text))
                .withMessageContaining("HOST:PORT");
    }
}
