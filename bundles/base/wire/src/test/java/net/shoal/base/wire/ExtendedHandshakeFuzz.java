package net.shoal.base.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a peer says of itself: it is bounded, and what we understood of it reads the same again. */
class ExtendedHandshakeFuzz {
    private static final long SEED = 0xbe910;

    @FuzzTest(maxDuration = "30s")
    void takesAnyHandshake(byte[] bytes) {
        Cost.within(bytes.length, () -> judgeTakesAnyHandshake(bytes));
    }

    private static void judgeTakesAnyHandshake(byte[] bytes) {
        ExtendedHandshake read;
        try {
            read = ExtendedHandshake.of(BencodeReader.LENIENT.readDict(ByteBuffer.wrap(bytes)));
        } catch (BencodeException e) {
            return;
        }
        assertThat(read.messages()).hasSizeLessThanOrEqualTo(ExtendedHandshake.MAX_MESSAGES);
        assertThat(read.messages().values()).allMatch(id -> id >= 0 && id <= 255);
        assertThat(read.port().orElse(1)).isBetween(1, 65_535);
        assertThat(read.requestQueue().orElse(1)).isPositive();
        read.client().ifPresent(name -> assertThat(name.codePointCount(0, name.length()))
                .isLessThanOrEqualTo(ExtendedHandshake.MAX_CLIENT));
        assertThat(ExtendedHandshake.of(read.toDict())).isEqualTo(read);
        assertThat(read.updatedBy(read)).isEqualTo(read);
    }

    @Test
    void takesMutatedHandshakes() throws Exception {
        var random = new Random(SEED);
        var good = BencodeWriter.write(new ExtendedHandshake(
                        new TreeMap<>(Map.of("ut_metadata", 3, "ut_pex", 1, "lt_donthave", 7, "upload_only", 0)),
                        Optional.of("Shoal 0.1"),
                        OptionalInt.of(6881),
                        OptionalInt.of(500),
                        OptionalInt.of(31235),
                        Optional.of(InetAddress.getByName("10.77.0.1")),
                        true,
                        OptionalInt.of(131072))
                .toDict());
        for (int round = 0; round < Rounds.of(50_000); round++) {
            var bytes = good.clone();
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            takesAnyHandshake(random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(good.length)) : bytes);
        }
    }
}
