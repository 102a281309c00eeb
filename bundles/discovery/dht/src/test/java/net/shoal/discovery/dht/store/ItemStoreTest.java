package net.shoal.discovery.dht.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Random;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.table.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemStoreTest {
    private static final String KEY = "77ff84905a91936367c01360803104f92432fcd904a43511876df5cdf3e7e548";
    private static final String SIGNATURE =
            "305ac8aeb6c9c151fa120f120ea2cfb923564e11552d06a5d856091e5e853cff1260d3f39e4999684aa92eb73ffd136e6f4f3ecbfda0ce53a1608ecd7ae21f01";
    private static final String SALTED =
            "6834284b6b24c3204eb2fea824d82f88883a3d95e8b4a21b8c0ded553d17d17ddf9a8a7104b1258f30bed3787e6cb896fca78c58f8e03b5f18f14951a87d9a08";
    private static final BString HELLO = BString.of("Hello World!");

    private final ItemStore store = new ItemStore();
    private final Sha1Hash self = Ids.random(new Random(1));

    private static BString bytes(String hex) {
        return BString.of(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "''," + SIGNATURE + ",4a533d47ec9c7d95b1ad75f576cffc641853b750",
        "foobar," + SALTED + ",411eba73b6f087ca51a3795d9c8c938d365e32c1"
    })
    void theVectorsOfBep44AreAccepted(String salt, String signature, String target) {
        var key = new MutableKey(bytes(KEY), BString.of(salt));
        var item = new MutableItem(key, 1, HELLO, bytes(signature));

        assertThat(key.target().hex()).isEqualTo(target);
        assertThat(ItemStore.judge(item)).isEqualTo(ItemStore.Outcome.STORED);
        assertThat(ItemStore.judge(new MutableItem(key, 2, HELLO, bytes(signature))))
                .isEqualTo(ItemStore.Outcome.BAD_SIGNATURE);
        assertThat(ItemStore.judge(new MutableItem(key, 1, BString.of("Hello World?"), bytes(signature))))
                .isEqualTo(ItemStore.Outcome.BAD_SIGNATURE);
    }

    @Test
    void theImmutableVectorIsKeptUnderItsHash() {
        assertThat(store.put(HELLO, self, 0)).isEqualTo(ItemStore.Outcome.STORED);

        var target = Sha1Hash.ofHex("e5f96f6f38320f0f33959cb4d3d656452117aadb");
        assertThat(store.get(target, 1).orElseThrow().value()).isEqualTo(HELLO);
        assertThat(store.get(target, ItemStore.LIFE)).isEmpty();
    }

    @Test
    void whatIsTooLongOrNotSignedIsRefused() {
        assertThat(store.put(BString.of(new byte[1_000]), self, 0)).isEqualTo(ItemStore.Outcome.TOO_LONG);
        assertThat(store.put(BString.of(new byte[996]), self, 0)).isEqualTo(ItemStore.Outcome.STORED);
        assertThat(put(1, BString.of("x"), SIGNATURE, OptionalLong.empty(), new byte[65]))
                .isEqualTo(ItemStore.Outcome.SALT_TOO_LONG);
        assertThat(put(1, BString.of("x"), SIGNATURE, OptionalLong.empty(), new byte[0]))
                .isEqualTo(ItemStore.Outcome.BAD_SIGNATURE);
    }

    private ItemStore.Outcome put(long seq, BString value, String signature, OptionalLong cas, byte[] salt) {
        return store.put(bytes(KEY), BString.of(salt), seq, value, bytes(signature), cas, self, 0);
    }

    @Test
    void theSequenceNeitherGoesBackNorPastWhatIsExpected() throws Exception {
        var signer = TestSigner.random();
        assertThat(signer.put(store, 5, "five", OptionalLong.empty())).isEqualTo(ItemStore.Outcome.STORED);
        assertThat(signer.put(store, 4, "four", OptionalLong.empty())).isEqualTo(ItemStore.Outcome.OLD_SEQUENCE);
        assertThat(signer.put(store, 5, "other", OptionalLong.empty())).isEqualTo(ItemStore.Outcome.OLD_SEQUENCE);
        assertThat(signer.put(store, 5, "five", OptionalLong.empty())).isEqualTo(ItemStore.Outcome.STORED);
        assertThat(signer.put(store, 7, "seven", OptionalLong.of(4))).isEqualTo(ItemStore.Outcome.OTHER_SEQUENCE);
        assertThat(signer.put(store, 7, "seven", OptionalLong.of(5))).isEqualTo(ItemStore.Outcome.STORED);
    }

    @Test
    void itsMemoryIsBoundedAndKeepsWhatIsClose() {
        for (int i = 0; i < 3 * ItemStore.MAX_ITEMS; i++) {
            store.put(BString.of("item " + i), self, 0);
        }

        assertThat(store.size()).isEqualTo(ItemStore.MAX_ITEMS);
    }
}
