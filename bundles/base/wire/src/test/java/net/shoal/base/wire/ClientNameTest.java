package net.shoal.base.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNameTest {
    @ParameterizedTest
    @CsvSource({
        "-SH0100-, Shoal 0.1.0",
        "-TR3000-, Transmission 3.00",
        "-TR4060-, Transmission 4.0.6",
        "-LT2080-, libtorrent 2.0.8",
        "-lt0F80-, rTorrent 0.15.8",
        "-qB4650-, qBittorrent 4.6.5",
        "-UT355W-, µTorrent 3.5.5.32",
        "-DE211s-, Deluge 2.1.1.28",
        "-XY1234-, XY 1.2.3.4",
        "A2-1-36-0-abcdefghij, aria2 1.36.0",
        "A2-1-9-10-abcdefghij, aria2 1.9.10",
        "M7-11-3--abcdefghijk, BitTorrent 7.11.3",
        "-\u001b[2J00-, unknown",
        "exotic-peer-id-00000, unknown"
    })
    void namesTheClient(String id, String name) {
        var bytes = Arrays.copyOf(id.getBytes(StandardCharsets.ISO_8859_1), Sha1Hash.LENGTH);
        assertThat(ClientName.of(new PeerId(Sha1Hash.of(bytes)))).isEqualTo(name);
    }

    @Test
    void takesAnyBytes() {
        var random = new Random(20);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[Sha1Hash.LENGTH];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[0] = '-';
                bytes[7] = '-';
            }
            assertThat(ClientName.of(new PeerId(Sha1Hash.of(bytes)))).matches("[\\x20-\\x7eµ]+");
        }
    }
}
