package net.shoal.base.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever comes in: a {@link ProtocolException} at most, and the same result however the input is cut. */
class WireReaderFuzz {
    private static final long SEED = 0x5110a1;

    @FuzzTest(maxDuration = "30s")
    void takesAnyBytes(FuzzedDataProvider data) {
        var parts = data.consumeInts(data.consumeInt(0, 16));
        sameHoweverCut(data.consumeRemainingAsBytes(), parts);
    }

    @FuzzTest(maxDuration = "15s")
    void takesAnyHandshake(byte[] bytes) {
        readHandshake(bytes);
    }

    @Test
    void takesMutatedMessages() {
        var random = new Random(SEED);
        for (int i = 0; i < Rounds.of(20_000); i++) {
            var messages = new ArrayList<>(Messages.ofEveryKind());
            Collections.shuffle(messages, random);
            var input = Messages.encode(messages.subList(0, 1 + random.nextInt(6)));
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt();
            }
            var parts = random.ints(random.nextInt(12)).toArray();
            sameHoweverCut(input, parts);
        }
    }

    @Test
    void takesMutatedHandshakes() {
        var random = new Random(SEED);
        for (int i = 0; i < Rounds.of(20_000); i++) {
            var bytes = new byte[Handshake.LENGTH];
            random.nextBytes(bytes);
            ByteBuffer.wrap(bytes).put(Handshake.protocolHeader());
            if (random.nextBoolean()) {
                bytes[random.nextInt(Handshake.HEADER_LENGTH)] = (byte) random.nextInt();
            }
            readHandshake(bytes);
        }
    }

    private static void sameHoweverCut(byte[] input, int[] cuts) {
        Cost.within(input.length, () -> judge(input, cuts));
    }

    private static void judge(byte[] input, int[] cuts) {
        var whole = RecordingSink.hear(input);
        var parts = new ArrayList<Integer>();
        int left = input.length;
        for (int cut : cuts) {
            int part = Math.floorMod(cut, Math.min(left, 40) + 1);
            parts.add(part);
            left -= part;
        }
        var split = RecordingSink.hear(
                input, parts.stream().mapToInt(Integer::intValue).toArray());
        assertThat(split).as("cut into %s", List.copyOf(parts)).isEqualTo(whole);
    }

    private static void readHandshake(byte[] bytes) {
        if (bytes.length >= Handshake.LENGTH) {
            Cost.within(bytes.length, () -> judgeHandshake(bytes));
        }
    }

    private static void judgeHandshake(byte[] bytes) {
        try {
            var read = Handshake.read(ByteBuffer.wrap(bytes));
            var out = ByteBuffer.allocate(Handshake.LENGTH);
            read.write(out);
            assertThat(out.flip()).isEqualTo(ByteBuffer.wrap(bytes, 0, Handshake.LENGTH));
        } catch (ProtocolException e) {
            assertThat(bytes[0] == 19 && new String(bytes, 1, 19, ISO_8859_1).equals("BitTorrent protocol"))
                    .isFalse();
        }
    }
}
