package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    private final HostNames names = new HostNames(List.of("Box.local", " "));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:7717",
                "127.0.0.1",
                "127.0.0.1:9",
                "10.0.0.7:443",
                "[::1]:7717",
                "[2001:db8::1]",
                "box.local",
                "BOX.LOCAL:80",
            })
    void answersToAddressesAndTheNamesThatItWasGiven(String host) {
        assertThat(names.includes(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:7717",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io",
                "box.local.",
                "box.local:7717:80",
                "0x7f.1",
                "2130706433",
                "256.1.1.1",
                "[::1",
                "localhost@evil.example",
                "a b",
            })
    void doesNotAnswerToAnythingElse(String host) {
        assertThat(names.includes(host)).isFalse();
    }
}
