package net.shoal.base.bencode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever comes in, the reader refuses it or gives values that are what was written. */
class BencodeFuzz {
    private static final long SEED = 20_261_122;
    private static final List<String> SEEDS = List.of(
            "d8:announce10:http://x/a4:infod6:lengthi12e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaaee",
            "d8:msg_typei1e5:piecei0e10:total_sizei34256eexxxxxxxx",
            "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456e1:q9:get_peers1:t2:aa1:y1:qe",
            "lli-1ei0ei9223372036854775807eeldededelee4:spame");

    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte[] input) {
        Cost.within(input.length, () -> check(input));
    }

    @Test
    void mutatedInputIsReadOrRefused() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < Rounds.of(20_000); i++) {
            readsOrRefuses(
                    mutate(random, SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private static byte[] mutate(SplittableRandom random, byte[] seed) {
        var alphabet = "deil0123456789:-ax\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        var bytes = seed.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
        }
        return bytes;
    }

    private static void check(byte[] input) {
        try {
            var in = ByteBuffer.wrap(input);
            var value = BencodeReader.LENIENT.readPrefix(in);
            assertThat(value.encoded()).isEqualTo(ByteBuffer.wrap(input, 0, in.position()));
            walk(value);
            canonical(value);
        } catch (BencodeException e) {
            assertThat(e.getMessage()).contains("at byte");
        }
    }

    private static void canonical(BValue value) {
        try {
            var strict = BencodeReader.CANONICAL.read(value.encoded());
            assertThat(BencodeWriter.write(rebuilt(strict))).isEqualTo(BencodeWriter.write(strict));
        } catch (BencodeException e) {
            assertThat(e.getMessage()).contains("out of order");
        }
    }

    /** Made anew, so that it is written by its values and not by the bytes it was read from. */
    private static BValue rebuilt(BValue value) {
        if (value instanceof BList list) {
            return new BList(list.values().stream().map(BencodeFuzz::rebuilt).toList());
        }
        if (value instanceof BDict dict) {
            var builder = BDict.builder();
            dict.forEach(entry -> builder.put(entry.getKey(), rebuilt(entry.getValue())));
            return builder.build();
        }
        return value;
    }

    private static int walk(BValue value) {
        int count = 1;
        if (value instanceof BList list) {
            for (var element : list) {
                count += walk(element);
            }
        } else if (value instanceof BDict dict) {
            for (var entry : dict) {
                count += walk(entry.getValue());
                assertThat(dict.get(entry.getKey())).contains(entry.getValue());
            }
        }
        return count;
    }
}
