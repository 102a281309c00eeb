package net.shoal.engine.transfer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.util.Random;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever the state of a transfer has become on disk: it is read, or refused in a way that whoever loads it expects. */
class ResumeFuzz {
    private static final long SEED = 0x9e5;
    /** Characters that mean something there. */
    private static final String TELLING = "0123456789deil:-";

    private static final String SAVED =
            "d5:addedi1000e9:directory4:/old10:downloadedi5e8:existing7:TRUSTED7:indicesli1ee"
                    + "6:limitsd9:idlei9e4:upi1ee4:name1:n4:onlyle6:pausedi1e5:peersl6:abcdefe10:prioritiesd1:04:SKIPe"
                    + "10:sequentiali1e7:storage4:file8:trackersll14:http://a/b/c/dee8:uploadedi6e2:v120:aaaaaaaaaaaaaaaaaaaa"
                    + "7:versioni1e10:visibility4:LINK8:webseedsl9:http://a/ee";

    @FuzzTest(maxDuration = "15s")
    void takesAnyState(byte[] bytes) {
        Cost.within(bytes.length, () -> {
            try {
                var dict = BencodeReader.LENIENT.readDict(ByteBuffer.wrap(bytes));
                var facts = TransferFacts.of(dict, FileSystems.getDefault());
                if (facts.toDict().entries().isEmpty()) {
                    throw new AssertionError("nothing is kept, seed " + SEED);
                }
            } catch (BencodeException | IllegalArgumentException e) {
                // as those who load it expect
            }
        });
    }

    @Test
    void takesMutatedState() {
        var random = new Random(SEED);
        for (int round = 0; round < Rounds.of(20_000); round++) {
            var bytes = SAVED.getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? TELLING.charAt(random.nextInt(TELLING.length())) : random.nextInt());
            }
            takesAnyState(bytes);
        }
    }
}
