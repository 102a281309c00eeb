package net.shoal.base.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.7,10.0.0.7:80",
        "::1,[::1]:80",
        "::,[::]:80",
        "fe80::,[fe80::]:80",
        "2001:db8:0:1:1:1:1:1,[2001:db8:0:1:1:1:1:1]:80",
        "2001:db8:0:0:1:0:0:1,[2001:db8::1:0:0:1]:80",
        "2001:0:0:1:0:0:0:1,[2001:0:0:1::1]:80",
        "10:0:0:10::,[10:0:0:10::]:80",
        "2001:db8::10:0,[2001:db8::10:0]:80",
    })
    void writesTheShortFormOfRfc5952(String address, String text) throws UnknownHostException {
        assertThat(AddressText.hostPort(new InetSocketAddress(InetAddress.getByName(address), 80)))
                .isEqualTo(text);
    }
}
