package net.shoal.discovery.lsd;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.shoal.base.model.Sha1Hash;
import net.shoal.fuzzing.Cost;
import org.junit.jupiter.api.Test;

/** Whatever comes to the group ends in a bounded announcement or in none. */
final class LsdMessageFuzz {
    private static final long SEED = 20_261_123;
    private static final int ROUNDS = 5_000;
    private static final List<String> SAMPLES = List.of(
            new String(
                    bytes(new LsdMessage(6881, List.of(new Sha1Hash(1, 2, 3)), "1a2b")), StandardCharsets.ISO_8859_1),
            new String(
                    bytes(new LsdMessage(1, List.of(new Sha1Hash(-1, -1, -1), new Sha1Hash(0, 0, 0)), "")),
                    StandardCharsets.ISO_8859_1));

    private static byte[] bytes(LsdMessage message) {
        return message.encode("[ff15::efc0:988f]:6771").array();
    }

    @FuzzTest(maxDuration = "1m")
    void announcement(byte[] datagram) {
        Cost.within(datagram.length, () -> judge(datagram));
    }

    private static void judge(byte[] datagram) {
        LsdMessage.parse(ByteBuffer.wrap(datagram)).ifPresent(message -> {
            require(message.port() > 0 && message.port() < 65_536);
            require(!message.infoHashes().isEmpty() && message.infoHashes().size() <= LsdMessage.MOST_HEARD);
            require(message.cookie().length() <= 100);
            require(LsdMessage.parse(message.encode("x")).orElseThrow().equals(message));
        });
    }

    @Test
    void mutationsOfGoodAnnouncements() {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var bytes = SAMPLES.get(random.nextInt(SAMPLES.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : ":\r\n 09afP".charAt(random.nextInt(9)));
            }
            announcement(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        }
        announcement(("BT-SEARCH * HTTP/1.1\r\n" + "\n ".repeat(30_000)).getBytes(StandardCharsets.ISO_8859_1));
        announcement(
                ("BT-SEARCH * HTTP/1.1\r\n" + "Infohash:\r\n".repeat(5_000)).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Far cheaper than an assertion that could describe itself. */
    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }
}
