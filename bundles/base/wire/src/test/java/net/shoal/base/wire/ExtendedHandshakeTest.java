package net.shoal.base.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import org.junit.jupiter.api.Test;

class ExtendedHandshakeTest {
    @Test
    void isReadAsItWasWritten() throws Exception {
        var handshake = new ExtendedHandshake(
                new TreeMap<>(Map.of("ut_metadata", 3, "ut_pex", 0)),
                Optional.of("Shoal 0.1"),
                OptionalInt.of(6881),
                OptionalInt.of(500),
                OptionalInt.of(31235),
                Optional.of(InetAddress.getByName("10.77.0.1")),
                true,
                OptionalInt.of(131072));
        assertThat(ExtendedHandshake.of(handshake.toDict())).isEqualTo(handshake);
        assertThat(handshake.idOf("ut_metadata")).hasValue(3);
        assertThat(handshake.idOf("ut_pex")).isEmpty();
        assertThat(handshake.idOf("ut_holepunch")).isEmpty();
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(ExtendedHandshake.of(BDict.EMPTY)).isEqualTo(ExtendedHandshake.EMPTY);
        assertThat(ExtendedHandshake.EMPTY.toDict())
                .isEqualTo(BDict.builder().put("m", BDict.EMPTY).build());
    }

    @Test
    void ignoresWhatMakesNoSense() {
        var dict = BDict.builder()
                .put(
                        "m",
                        BDict.builder()
                                .put("a", 256)
                                .put("b", -1)
                                .put("c", "1")
                                .put("d", 7)
                                .build())
                .put("v", BList.of())
                .put("p", 65536)
                .put("reqq", -5)
                .put("metadata_size", 1L << 40)
                .put("yourip", BString.of(new byte[5]))
                .put("upload_only", "yes")
                .put("sh_request", -1)
                .build();
        var read = ExtendedHandshake.of(dict);
        assertThat(read.messages()).containsExactly(Map.entry("d", 7));
        assertThat(new ExtendedHandshake(
                        ExtendedHandshake.EMPTY.messages(),
                        read.client(),
                        read.port(),
                        read.requestQueue(),
                        read.metadataSize(),
                        read.yourAddress(),
                        read.uploadOnly(),
                        read.longestRequest()))
                .isEqualTo(ExtendedHandshake.EMPTY);
    }

    @Test
    void boundsTheNumberOfExtensions() {
        var many = BDict.builder();
        for (int i = 0; i < 10_000; i++) {
            many.put("x" + i, 1);
        }
        var read = ExtendedHandshake.of(BDict.builder().put("m", many.build()).build());
        assertThat(read.messages()).hasSize(ExtendedHandshake.MAX_MESSAGES);
        assertThat(read.updatedBy(new ExtendedHandshake(
                                new TreeMap<>(Map.of("one more", 5)),
                                Optional.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                false,
                                OptionalInt.empty()))
                        .messages())
                .hasSize(ExtendedHandshake.MAX_MESSAGES);
    }

    @Test
    void makesTheNameOfTheClientPrintableAndShort() {
        assertThat(clientOf("\u001b[31mEvil\u0007\u202e \u2028client\n")).contains("[31mEvil client");
        assertThat(clientOf("µTorrent 3.5.5")).contains("µTorrent 3.5.5");
        assertThat(clientOf("\u0000 \u0001")).isEmpty();
        assertThat(clientOf("x".repeat(100_000))).contains("x".repeat(ExtendedHandshake.MAX_CLIENT));
        assertThat(clientOf("\ud83d\udc1f".repeat(1000))).contains("\ud83d\udc1f".repeat(ExtendedHandshake.MAX_CLIENT));
    }

    @Test
    void aLaterOneAddsToTheFirst() {
        var first = ExtendedHandshake.of(BDict.builder()
                .put("m", BDict.builder().put("a", 1).put("b", 2).build())
                .put("v", "Client")
                .put("reqq", 250)
                .build());
        var later = ExtendedHandshake.of(BDict.builder()
                .put("m", BDict.builder().put("b", 0).put("c", 3).build())
                .put("reqq", 100)
                .put("upload_only", 1)
                .build());
        var now = first.updatedBy(later);
        assertThat(now.messages()).isEqualTo(Map.of("a", 1, "b", 0, "c", 3));
        assertThat(now.client()).contains("Client");
        assertThat(now.requestQueue()).hasValue(100);
        assertThat(now.uploadOnly()).isTrue();
    }

    private static Optional<String> clientOf(String v) {
        return ExtendedHandshake.of(BDict.builder().put("v", v).build()).client();
    }
}
