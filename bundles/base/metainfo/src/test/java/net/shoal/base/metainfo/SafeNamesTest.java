package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNamesTest {
    @Test
    void showsNothingThatDrivesATerminalOrTurnsText() {
        assertThat(SafeNames.forDisplay("a\u001b[2Jb\r\n\u0000\u0085c"))
                .isEqualTo("a\ufffd[2Jb\ufffd\ufffd\ufffd\ufffdc");
        assertThat(SafeNames.forDisplay("photo\u202egpj.exe")).isEqualTo("photo\ufffdgpj.exe");
        assertThat(SafeNames.forDisplay("größe 日本 \ud83d\ude00")).isEqualTo("größe 日本 \ud83d\ude00");
        assertThat(SafeNames.forDisplay("\ud800x")).isEqualTo("\ufffdx");
    }

    @ParameterizedTest
    @CsvSource({
        "plain.txt, plain.txt",
        "größe 日本.bin, größe 日本.bin",
        "a/b\\c:d, a_b_c_d",
        "what?.txt, what_.txt",
        "'trail. ', 'trail__'",
        "..., ___",
        ".., __",
        "'', _",
        "CON, _CON",
        "con.txt, _con.txt",
        "'aux .x', '_aux .x'",
        "console, console",
        "lpt1.tar.gz, _lpt1.tar.gz",
        ".hidden, .hidden"
    })
    void makesNamesThatAnyFileSystemHolds(String name, String safe) {
        assertThat(SafeNames.forAnyFileSystem(name)).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "日", "\ud83d\ude00"})
    void cutsLongNamesBeforeTheirExtension(String letter) {
        var safe = SafeNames.forAnyFileSystem(letter.repeat(300) + ".torrent");
        assertThat(safe).endsWith(letter + ".torrent").doesNotContain("\ufffd");
        assertThat(safe.getBytes(StandardCharsets.UTF_8).length).isBetween(250, SafeNames.MAX_BYTES);
    }
}
