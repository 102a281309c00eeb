package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock();

    private Certificates certificates() {
        return new Certificates(folder, new SecureRandom(), clock);
    }

    private static KeyStore load(Certificates.Store store) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store.file())) {
            keys.load(in, store.password().toCharArray());
        }
        return keys;
    }

    private static X509Certificate certificate(Certificates.Store store) throws Exception {
        return (X509Certificate) load(store).getCertificate("console");
    }

    @Test
    void theOneThatIsMadeNamesThisMachineAndIsKept() throws Exception {
        var made = certificate(certificates().own(NAMES, Set.of("10.0.0.7", "0:0:0:0:0:0:0:1")));
        assertThat(SelfSigned.names(made))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "10.0.0.7", "0:0:0:0:0:0:0:1");
        made.verify(made.getPublicKey());
        assertThat(certificate(certificates().own(NAMES, Set.of("10.0.0.8")))).isEqualTo(made);
    }

    @Test
    void itIsMadeAnewForAnotherNameAndBeforeItEnds() throws Exception {
        var made = certificate(certificates().own(NAMES, Set.of()));
        var other = certificate(certificates().own(Set.of("localhost", "127.0.0.1", "box.local"), Set.of()));
        assertThat(other).isNotEqualTo(made);
        clock.advance(Duration.ofDays(360));
        assertThat(certificate(certificates().own(NAMES, Set.of()))).isEqualTo(other);
        clock.advance(Duration.ofDays(10));
        assertThat(certificate(certificates().own(NAMES, Set.of()))).isNotEqualTo(other);
    }

    @Test
    void aPemFileIsTaken() throws Exception {
        var own = load(certificates().own(NAMES, Set.of()));
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        var key = own.getKey("console", "shoal-console".toCharArray());
        var pem = folder.resolve("server.pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + encoder.encodeToString(own.getCertificate("console").getEncoded())
                        + "\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n"
                        + encoder.encodeToString(key.getEncoded()) + "\n-----END PRIVATE KEY-----\n");
        assertThat(certificate(certificates().given(pem, ""))).isEqualTo(own.getCertificate("console"));
    }

    @Test
    void aPkcs12FileIsTakenWithItsPassword() throws Exception {
        var own = certificates().own(NAMES, Set.of());
        assertThat(certificates().given(own.file(), own.password())).isEqualTo(own);
        assertThatIOException().isThrownBy(() -> certificates().given(own.file(), "wrong"));
    }

    @Test
    void whatIsNeitherIsRefusedInWords() throws IOException {
        var file = Files.writeString(
                folder.resolve("x"), "-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n");
        assertThatIOException()
                .isThrownBy(() -> certificates().given(file, ""))
                .withMessageContaining("x cannot be used");
        assertThatIOException().isThrownBy(() -> certificates().given(folder.resolve("missing"), ""));
    }
}
