package net.shoal.discovery.dht.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.model.Sha1Hash;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever somebody puts (BEP 44): what is kept has one encoding and is short, and nothing counts as signed that is not. */
class ItemFuzz {
    private static final long SEED = 0x44;
    private static final byte[] KEY =
            HexFormat.of().parseHex("77ff84905a91936367c01360803104f92432fcd904a43511876df5cdf3e7e548");

    @FuzzTest(maxDuration = "30s")
    void takesAnyValue(byte[] encoded) {
        Cost.within(encoded.length, () -> judge(encoded));
    }

    private static void judge(byte[] encoded) {
        try {
            var value = BencodeReader.LENIENT.read(ByteBuffer.wrap(encoded));
            var store = new ItemStore();
            var outcome = store.put(value, new Sha1Hash(0, 0, 0), 0);
            require((outcome == ItemStore.Outcome.STORED) == (store.size() == 1));
            require(outcome != ItemStore.Outcome.STORED || encoded.length <= MutableItem.MAX_VALUE);
            require(outcome != ItemStore.Outcome.STORED || isCanonical(encoded));
            var key = new MutableKey(BString.of(KEY), BString.of(new byte[0]));
            var item = new MutableItem(key, 1, value, BString.of(new byte[64]));
            require(ItemStore.judge(item) != ItemStore.Outcome.STORED);
        } catch (BencodeException e) {
            // is no value at all
        }
    }

    private static boolean isCanonical(byte[] encoded) {
        try {
            BencodeReader.CANONICAL.read(ByteBuffer.wrap(encoded));
            return true;
        } catch (BencodeException e) {
            return false;
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void takesMutatedValues() {
        var random = new Random(SEED);
        var good = "d1:ai1e1:bl3:onei-2e3:twoe1:cd2:ih20:abcdefghij01234567894:namedi0eee";
        for (int round = 0; round < Rounds.of(3_000); round++) {
            var bytes = good.getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(5); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            takesAnyValue(bytes);
        }
    }
}
