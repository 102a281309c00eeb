package net.shoal.discovery.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsdMessageTest {
    private static final Sha1Hash ONE = Sha1Hash.ofHex("0123456789abcdef0123456789abcdef01234567");
    private static final Sha1Hash TWO = new Sha1Hash(1, 2, 3);

    @Test
    void writesWhatBep14Says() {
        var text = text(new LsdMessage(6881, List.of(ONE, TWO), "c0").encode("239.192.152.143:6771"));
        assertThat(text)
                .isEqualTo("BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\n"
                        + "Infohash: 0123456789abcdef0123456789abcdef01234567\r\n"
                        + "Infohash: " + TWO.hex() + "\r\ncookie: c0\r\n\r\n\r\n");
        assertThat(parse(text)).contains(new LsdMessage(6881, List.of(ONE, TWO), "c0"));
    }

    @Test
    void aFullPacketIsNotFragmented() {
        var hashes = Collections.nCopies(LsdMessage.MOST_SENT, ONE);
        assertThat(new LsdMessage(65_535, hashes, "0123456789abcdef")
                        .encode("[ff15::efc0:988f]:6771")
                        .remaining())
                .isLessThanOrEqualTo(LsdMessage.USUAL_LENGTH);
    }

    @Test
    void readsWhatOthersWrite() {
        var lines = List.of(
                "BT-SEARCH * HTTP/1.1",
                "host: x",
                "INFOHASH:0123456789ABCDEF0123456789abcdef01234567",
                "port : 1 ",
                "X-Other: anything");
        assertThat(parse(String.join("\n", lines))).contains(new LsdMessage(1, List.of(ONE), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "M-SEARCH * HTTP/1.1\r\nPort: 1\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 0\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 65536\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: -1\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 99999999999\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\n\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\nInfohash: 0123456789abcdef0123456789abcdef0123456\r\n\r\n",
                "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\nInfohash: 0123456789abcdef0123456789abcdef0123456g\r\n\r\n",
            })
    void whatIsNoneIsLeft(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void ofAThousandInfohashesTheFirstAreTaken() {
        var text = new StringBuilder("BT-SEARCH * HTTP/1.1\r\nPort: 7\r\n");
        IntStream.range(0, 1_000).forEach(i -> text.append("Infohash: ")
                .append(new Sha1Hash(i, i, i).hex())
                .append("\r\n"));
        assertThat(parse(text.toString()).orElseThrow().infoHashes())
                .hasSize(LsdMessage.MOST_HEARD)
                .startsWith(new Sha1Hash(0, 0, 0));
    }

    private static Optional<LsdMessage> parse(String text) {
        return LsdMessage.parse(StandardCharsets.ISO_8859_1.encode(text));
    }

    private static String text(ByteBuffer datagram) {
        return StandardCharsets.ISO_8859_1.decode(datagram).toString();
    }
}
