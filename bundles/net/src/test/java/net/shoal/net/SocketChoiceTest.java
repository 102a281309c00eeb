package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketChoiceTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1 10.0.0.1, 10.0.0.2, 10.0.0.1",
        "10.0.0.1 127.0.0.1, 127.0.0.9, 127.0.0.1",
        "10.0.0.1, 127.0.0.9, 10.0.0.1",
        "127.0.0.1, 10.0.0.2, none",
        "0.0.0.0, 10.0.0.2, 0.0.0.0",
        "0.0.0.0, ::1, none",
        "::, 10.0.0.2, ::",
        "::, 2001:db8::1, ::",
        "10.0.0.1 fd00::1 ::1, fd00::2, fd00::1",
        "fd00::1 fe80::1, fe80::2, fe80::1",
        "fe80::1 fd00::1, fd00::2, fd00::1",
        "10.0.0.1, fd00::2, none",
    })
    void takesTheSocketThatGetsThere(String locals, String to, String expected) {
        var choice = SocketChoice.of(
                Arrays.stream(locals.split(" "))
                        .map(host -> new InetSocketAddress(Fakes.address(host), 1))
                        .toList(),
                Fakes.address(to));
        if (expected.equals("none")) {
            assertThat(choice).isEmpty();
        } else {
            assertThat(choice).contains(new InetSocketAddress(Fakes.address(expected), 1));
        }
    }
}
