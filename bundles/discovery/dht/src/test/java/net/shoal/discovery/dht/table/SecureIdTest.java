package net.shoal.discovery.dht.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureIdTest {
    private static Endpoint at(String address) throws Exception {
        return Endpoint.of(InetAddress.getByName(address), 6881);
    }

    @ParameterizedTest
    @CsvSource({
        "124.31.75.21, 5fbfbff10c5d6a4ec8a88e4c6ab4c28b95eee401",
        "21.75.31.124, 5a3ce9c14e7a08645677bbd1cfe7d8f956d53256",
        "65.23.51.170, a5d43220bc8f112a3d426c84764f8c2a1150e616",
        "84.124.73.14, 1b0321dd1bb1fe518101ceef99462b947a01ff41",
        "43.213.53.83, e56f6cbf5b7c4be0237986d5243b87aa6d51305a"
    })
    void idsOfTheVectorsOfBep42FitTheirAddresses(String address, String id) throws Exception {
        var given = Sha1Hash.ofHex(id);

        assertThat(SecureId.fits(given, at(address))).isTrue();
        assertThat(SecureId.fits(given, at("124.31.75.22"))).isFalse();
        var other = new Sha1Hash(given.high() ^ 1L << 43, given.middle(), given.low());
        assertThat(SecureId.fits(other, at(address))).isFalse();
        var otherRandom = new Sha1Hash(given.high(), given.middle(), given.low() ^ 1);
        assertThat(SecureId.fits(otherRandom, at(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7", "8.8.4.4", "2001:db8::1", "2a00:1450:4001:81b::200e"})
    void madeIdsFit(String address) throws Exception {
        var random = new Random(1);
        for (int i = 0; i < 100; i++) {
            assertThat(SecureId.fits(SecureId.of(at(address), random), at(address)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3", "127.0.0.1", "192.168.1.9", "172.16.0.1", "169.254.3.3", "::1", "fe80::1", "fd00::7"})
    void localAddressesAreExempt(String address) throws Exception {
        assertThat(SecureId.fits(Ids.random(new Random(1)), at(address))).isTrue();
    }
}
