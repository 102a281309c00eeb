package net.shoal.api.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.shoal.base.bencode.BString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutableKeyTest {
    private static final String KEY = "8543d3e6115f0f98c944077a4493dcd543e49c739fd998550a1f614ab36ed63e";

    private static BString bytes(String hex) {
        return BString.of(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({"'',cc3f9d90b572172053626f9980ce261a850d050b", "6e,59ee7c2cb9b4f7eb1986ee2d18fd2fdb8a56554f"})
    void theVectorsOfBep46ComeOut(String salt, String target) {
        assertThat(new MutableKey(bytes(KEY), bytes(salt)).target().hex()).isEqualTo(target);
    }

    @Test
    void whatIsSignedIsAsBep44HasIt() {
        var signed = new byte[1][];
        MutableItem.sign(new MutableKey(bytes(KEY), BString.of("foobar")), 1, BString.of("Hello World!"), bytes -> {
            signed[0] = bytes;
            return new byte[64];
        });

        assertThat(new String(signed[0], StandardCharsets.US_ASCII))
                .isEqualTo("4:salt6:foobar3:seqi1e1:v12:Hello World!");
    }

    @Test
    void whatIsTooLongIsRefusedWithWords() {
        assertThatThrownBy(() -> new MutableKey(bytes("00"), BString.of(""))).hasMessageContaining("32 bytes, not 1");
        assertThatThrownBy(() -> new MutableKey(bytes(KEY), BString.of("x".repeat(65))))
                .hasMessageContaining("at most 64 bytes");
        assertThatThrownBy(() -> MutableItem.sign(
                        new MutableKey(bytes(KEY), BString.of("")), 1, BString.of("x".repeat(1_000)), bytes -> bytes))
                .hasMessageContaining("at most 1000 bytes");
    }
}
