package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a person pastes is refused with a sentence, or a link that survives being written. */
class MagnetFuzz {
    private static final long SEED = 20_261_122;
    private static final String HASHES = "xt=urn:btih:1da9afc009da5d751af75175cf99c78aa54656e6"
            + "&xt=urn:btmh:1220593bbbfcfc472b1a3e5444344d007e4e265da08176c8e6b6b2691f71251f78e5";
    private static final List<String> SEEDS = List.of(
            "magnet:?" + HASHES + "&dn=gr%C3%B6%C3%9Fe+a&xl=12345&tr=http%3A%2F%2Ft.example%2Fannounce&so=0,2,4-6",
            "magnet:?" + HASHES
                    + "&x.pe=10.77.0.1:6881&x.pe=[fe80::1%25eth0]:6882&x.pe=host.example:1&ws=http://s.example/a%20b",
            "magnet:?xt.1=urn:btih:DWU27QAJ3JOXKGXXKF247GOHRKSUMVXG&tr.1=udp://[::1]:80&tr.2=wss://t.example");

    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte[] input) {
        check(new String(input, StandardCharsets.UTF_8));
    }

    @Test
    void mutatedLinksAreReadOrRefused() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < Rounds.of(20_000); i++) {
            check(mutate(random, SEEDS.get(random.nextInt(SEEDS.size()))));
        }
    }

    private static String mutate(SplittableRandom random, String seed) {
        var alphabet = "%&=:?+-,.[]/\\ 0aF\u00ff\u65e5\ud800\u0000";
        var text = new StringBuilder(seed);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            text.setCharAt(8 + random.nextInt(text.length() - 8), alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static void check(String text) {
        Cost.within(text.length(), () -> judge(text));
    }

    private static void judge(String text) {
        try {
            var link = MagnetLink.parse(text);
            assertThat(MagnetLink.parse(link.toString())).isEqualTo(link);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).endsWith(".");
        }
    }
}
