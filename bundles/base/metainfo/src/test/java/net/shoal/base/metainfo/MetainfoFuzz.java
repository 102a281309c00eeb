package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever comes in is refused with a sentence, or holds all that the types promise. */
class MetainfoFuzz {
    private static final long SEED = 20_261_122;
    private static final List<String> TOKENS = List.of(
            "..",
            "i-1e",
            "i0e",
            "i9223372036854775807e",
            "de",
            "le",
            "0:",
            "2:..",
            "1:/",
            "e",
            "4:attr1:l",
            "4:attr1:p");

    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte[] input) {
        check(input);
    }

    @Test
    void mutatedTorrentsAreReadOrRefused() {
        var random = new SplittableRandom(SEED);
        var seeds =
                Golden.NAMES.stream().map(name -> Golden.torrent(name).array()).toList();
        int accepted = 0;
        int rounds = Rounds.of(20_000);
        for (int i = 0; i < rounds; i++) {
            accepted += check(mutate(random, seeds.get(random.nextInt(seeds.size())))) ? 1 : 0;
        }
        // else the mutations are too wild to reach anything
        assertThat(accepted).isBetween(rounds / 20, rounds - rounds / 20);
    }

    private static byte[] mutate(SplittableRandom random, byte[] seed) {
        var bytes = seed.clone();
        for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) ('0' + random.nextInt(10));
                default -> {
                    var token = TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.US_ASCII);
                    System.arraycopy(token, 0, bytes, at, Math.min(token.length, bytes.length - at));
                }
            }
        }
        return bytes;
    }

    private static boolean check(byte[] input) {
        boolean[] accepted = new boolean[1];
        Cost.within(input.length, () -> accepted[0] = isAccepted(input));
        return accepted[0];
    }

    private static boolean isAccepted(byte[] input) {
        try {
            checkPromises(new MetainfoReader().metainfo(ByteBuffer.wrap(input)));
            return true;
        } catch (MetainfoException e) {
            assertThat(e.getMessage()).endsWith(".").doesNotContainPattern("\\p{Cntrl}");
            return false;
        }
    }

    private static void checkPromises(Metainfo metainfo) throws MetainfoException {
        var info = metainfo.info();
        var layout = info.layout();
        checkName(info.name());
        assertThat(layout.totalLength()).isPositive();
        long last = 0;
        for (var file : info.files()) {
            assertThat(file.path()).isNotEmpty();
            file.path().forEach(MetainfoFuzz::checkName);
            file.symlinkTarget().ifPresent(target -> target.forEach(MetainfoFuzz::checkName));
            assertThat(file.length()).isNotNegative();
            assertThat(file.offset()).isGreaterThanOrEqualTo(last);
            last = file.offset() + file.length();
        }
        assertThat(last).isLessThanOrEqualTo((long) layout.pieceCount() * layout.pieceLength());
        info.pieceHashes().ifPresent(hashes -> assertThat(hashes.count()).isEqualTo(layout.pieceCount()));
        var again = new MetainfoReader().metainfo(ByteBuffer.wrap(MetainfoWriter.write(metainfo)));
        assertThat(again.info().hashes()).isEqualTo(info.hashes());
        assertThat(again.trackers()).isEqualTo(metainfo.trackers());
    }

    private static void checkName(String name) {
        assertThat(name).isNotEmpty().isNotIn(".", "..").doesNotContain("/", "\0");
    }
}
