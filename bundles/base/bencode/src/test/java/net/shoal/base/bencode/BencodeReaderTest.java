package net.shoal.base.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeReaderTest {
    @Test
    void readsTheExamplesOfBep3() throws Exception {
        assertThat(read("4:spam")).isEqualTo(BString.of("spam"));
        assertThat(read("i3e")).isEqualTo(new BInteger(3));
        assertThat(read("i-3e")).isEqualTo(new BInteger(-3));
        assertThat(read("l4:spam4:eggse")).isEqualTo(BList.of(BString.of("spam"), BString.of("eggs")));
        assertThat(read("d3:cow3:moo4:spam4:eggse"))
                .isEqualTo(BDict.builder().put("cow", "moo").put("spam", "eggs").build());
        assertThat(read("d4:spaml1:a1:bee"))
                .isEqualTo(BDict.builder()
                        .put("spam", BList.of(BString.of("a"), BString.of("b")))
                        .build());
    }

    @Test
    void readsTheExtremes() throws Exception {
        assertThat(read("i9223372036854775807e")).isEqualTo(new BInteger(Long.MAX_VALUE));
        assertThat(read("i-9223372036854775808e")).isEqualTo(new BInteger(Long.MIN_VALUE));
        assertThat(read("i0e")).isEqualTo(new BInteger(0));
        assertThat(read("0:")).isEqualTo(BString.of(""));
        assertThat(read("le")).isEqualTo(BList.EMPTY);
        assertThat(read("de")).isEqualTo(BDict.EMPTY);
        assertThat(read("d0:0:e")).isEqualTo(BDict.builder().put("", "").build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "i",
                "ie",
                "i-e",
                "i-0e",
                "i03e",
                "i00e",
                "i-03e",
                "i3",
                "i3.5e",
                "i 3e",
                "i+3e",
                "i9223372036854775808e",
                "i-9223372036854775809e",
                "i99999999999999999999999999999e",
                "4:spa",
                "4spam",
                "04:spam",
                "00:",
                "-1:a",
                "9999999999:a",
                "99999999999999999999999999:a",
                "l",
                "l4:spam",
                "d",
                "d3:cow",
                "d3:cowe",
                "di3e3:mooe",
                "dl1:aei1ee",
                "e",
                "x",
                "i3ei4e",
                "4:spam ",
                "d1:a1:x1:a1:ye",
                "d1:b1:x1:a1:y1:b1:ze"
            })
    void refusesWhatIsNotBencode(String bad) {
        assertThatThrownBy(() -> read(bad)).isInstanceOf(BencodeException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "i3ei4e | 3 bytes are left over behind the value, at byte 3",
                "d1:a1:x1:a1:ye | the key comes twice, at byte 7",
                "l2:abx | no value begins with x, at byte 5",
                "7:abc | a string longer than the input, at byte 0"
            })
    void saysWhatIsWrongAndWhere(String bad, String message) {
        assertThatThrownBy(() -> read(bad)).hasMessage(message);
    }

    @Test
    void takesKeysOutOfOrderOnlyWhereNoCanonicalFormIsAskedFor() throws Exception {
        var unsorted = (BDict) read("d1:b1:x1:a1:y2:aa1:ze");
        assertThat(unsorted.text("a")).contains("y");
        assertThat(unsorted.text("aa")).contains("z");
        assertThat(unsorted.entries().firstKey()).isEqualTo(BString.of("a"));
        assertThat(text(unsorted.encoded())).isEqualTo("d1:b1:x1:a1:y2:aa1:ze");
        assertThatThrownBy(() -> BencodeReader.CANONICAL.read(bytes("d1:b1:x1:a1:ye")))
                .hasMessageContaining("out of order");
        assertThat(BencodeReader.CANONICAL.read(bytes("d1:a1:x1:b1:ye"))).isInstanceOf(BDict.class);
    }

    @Test
    void comparesKeysAsUnsignedBytes() throws Exception {
        assertThat(BencodeReader.CANONICAL.read(bytes("d1:a0:1:\u00ff0:e"))).isInstanceOf(BDict.class);
        assertThatThrownBy(() -> BencodeReader.CANONICAL.read(bytes("d1:\u00ff0:1:a0:e")))
                .isInstanceOf(BencodeException.class);
    }

    @Test
    void keepsTheBytesOfANestedDictionary() throws Exception {
        var torrent = (BDict) read("d8:announce3:url4:infod4:name1:x6:lengthi3eee");
        assertThat(text(torrent.dict("info").orElseThrow().encoded())).isEqualTo("d4:name1:x6:lengthi3ee");
    }

    @Test
    void leavesWhatFollowsAPrefix() throws Exception {
        for (var in : List.of(bytes("d8:msg_typei1eePAYLOAD"), direct("d8:msg_typei1eePAYLOAD"))) {
            var dict = (BDict) BencodeReader.LENIENT.readPrefix(in);
            assertThat(dict.integer("msg_type")).hasValue(1);
            assertThat(text(in)).isEqualTo("PAYLOAD");
        }
    }

    @Test
    void readsFromAnywhereInAnyBuffer() throws Exception {
        var in = bytes("xxi42exx").position(2).limit(6).slice();
        assertThat(BencodeReader.LENIENT.read(in)).isEqualTo(new BInteger(42));
        assertThat(in.hasRemaining()).isFalse();
        assertThat(BencodeReader.LENIENT.read(bytes("i42e").asReadOnlyBuffer())).isEqualTo(new BInteger(42));
        assertThat(BencodeReader.LENIENT.read(direct("l1:ae"))).isEqualTo(BList.of(BString.of("a")));
    }

    @Test
    void valuesStayWhenTheBufferIsUsedAgain() throws Exception {
        var in = bytes("4:spam");
        var read = BencodeReader.LENIENT.read(in);
        in.clear().put(bytes("4:eggs"));
        assertThat(read).isEqualTo(BString.of("spam"));
    }

    @Test
    void nestsToItsLimitAndNoDeeper() throws Exception {
        assertThat(read("l".repeat(32) + "e".repeat(32))).isInstanceOf(BList.class);
        assertThatThrownBy(() -> read("l".repeat(33) + "e".repeat(33))).hasMessageContaining("nested deeper than 32");
    }

    @Test
    void refusesMoreTokensThanItsLimit() throws Exception {
        var reader = new BencodeReader(new BencodeReader.Limits(4, 5), false);
        assertThat(reader.read(bytes("l0:0:0:0:e"))).isInstanceOf(BList.class);
        assertThatThrownBy(() -> reader.read(bytes("l0:0:0:0:0:e"))).hasMessageContaining("more than 5 values");
        assertThatThrownBy(() -> read("l" + "0:".repeat(3_000_000) + "e"))
                .hasMessageContaining("more than 3000000 values");
    }

    @Test
    void refusesManyKeysOutOfOrder() {
        var keys = new ArrayList<String>();
        for (int i = 9999; i > 0; i--) {
            keys.add("4:%04d0:".formatted(i));
        }
        assertThatThrownBy(() -> read("d" + String.join("", keys) + "e"))
                .hasMessageContaining("keys that are out of order");
    }

    @Test
    void typedGettersAreEmptyForOtherTypes() throws Exception {
        var dict = (BDict) read("d1:ai1e1:b1:x1:cle1:ddee");
        assertThat(dict.integer("a")).hasValue(1);
        assertThat(dict.integer("b")).isEmpty();
        assertThat(dict.integer("z")).isEmpty();
        assertThat(dict.string("b")).contains(BString.of("x"));
        assertThat(dict.string("a")).isEmpty();
        assertThat(dict.list("c")).contains(BList.EMPTY);
        assertThat(dict.list("d")).isEmpty();
        assertThat(dict.dict("d")).contains(BDict.EMPTY);
        assertThat(dict.dict("c")).isEmpty();
    }

    @Test
    void tellsTextFromBytes() throws Exception {
        assertThat(((BString) read("2:\u00c3\u00a9")).utf8()).contains("\u00e9");
        assertThat(((BString) read("1:\u00ff")).utf8()).isEmpty();
        assertThat(((BString) read("1:\u00ff")).text()).isEqualTo("\ufffd");
    }

    static BValue read(String latin1) throws BencodeException {
        return BencodeReader.LENIENT.read(bytes(latin1));
    }

    static ByteBuffer bytes(String latin1) {
        return ByteBuffer.wrap(latin1.getBytes(ISO_8859_1));
    }

    private static ByteBuffer direct(String latin1) {
        return ByteBuffer.allocateDirect(latin1.length()).put(bytes(latin1)).flip();
    }

    private static String text(ByteBuffer bytes) {
        return ISO_8859_1.decode(bytes).toString();
    }
}
