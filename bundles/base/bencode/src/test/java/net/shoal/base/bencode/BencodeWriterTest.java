package net.shoal.base.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BencodeWriterTest {
    @Test
    void writesKeysInTheOrderOfTheirBytes() {
        var dict = BDict.builder()
                .put("b", 1)
                .put("\u00e9", "x")
                .put("a", new BList(List.of(new BInteger(-1), BDict.EMPTY)))
                .put("", "")
                .build();
        assertThat(written(dict)).isEqualTo("d0:0:1:ali-1edee1:bi1e2:\u00c3\u00a91:xe");
    }

    @Test
    void writesWhatWasReadAsItCame() throws Exception {
        var read = BencodeReaderTest.read("d1:bi1e1:ai2ee");
        assertThat(written(BDict.builder().put("info", read).put("a", "b").build()))
                .isEqualTo("d1:a1:b4:infod1:bi1e1:ai2eee");
    }

    @Test
    void theOrderOfKeysDoesNotMakeDictionariesDiffer() throws Exception {
        var one = BencodeReaderTest.read("d1:bi1e1:ai2ee");
        var other = BDict.builder().put("a", 2).put("b", 1).build();
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    private static String written(BValue value) {
        return new String(BencodeWriter.write(value), ISO_8859_1);
    }
}
