package net.shoal.discovery.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.dht.DhtItems;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.api.dht.Registration;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.store.TestSigner;
import org.junit.jupiter.api.Test;

class HourlyItemsTest {
    private static final Sha1Hash TORRENT = Sha1Hash.ofHex("a".repeat(40));
    private static final Sha1Hash OTHER = Sha1Hash.ofHex("b".repeat(40));
    private static final long HOUR = HourlyItems.INTERVAL;

    private final TestSigner signer;
    private final FakeItems items = new FakeItems();
    private final HourlyItems hourly = new HourlyItems(Runnable::run, () -> {});
    private long now;

    HourlyItemsTest() throws GeneralSecurityException {
        signer = TestSigner.random();
    }

    private static final class FakeItems implements DhtItems {
        final Map<MutableKey, MutableItem> there = new HashMap<>();
        final List<MutableItem> put = new ArrayList<>();
        int nodes = 8;

        @Override
        public CompletionStage<Optional<BValue>> get(Sha1Hash target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<MutableItem>> newest(MutableKey key) {
            return CompletableFuture.completedFuture(Optional.ofNullable(there.get(key)));
        }

        @Override
        public CompletionStage<Stored> put(BValue value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Stored> publish(MutableItem item, OptionalLong replaces) {
            put.add(item);
            return CompletableFuture.completedFuture(new Stored(item.key().target(), nodes, List.of()));
        }

        @Override
        public Registration keep(MutableItem item) {
            throw new UnsupportedOperationException();
        }
    }

    private MutableItem naming(Sha1Hash torrent, long sequence) {
        return signer.item(
                sequence,
                BDict.builder().put("ih", BString.of(torrent.toBytes())).build());
    }

    private void pass(long millis) {
        for (long end = now + millis; now < end; now += 1_000) {
            hourly.tick(now, items);
        }
    }

    private String said() {
        return hourly.status(TORRENT, now).orElseThrow().message();
    }

    @Test
    void whatWasFoundUnderAKeyIsPutThereAgainEveryHourWhileItsTransferIsAtWork() {
        hourly.follow(TORRENT, naming(TORRENT, 1), now);
        pass(3 * HOUR);
        assertThat(items.put).isEmpty();

        hourly.atWork(TORRENT, true);
        pass(HOUR * 5);
        assertThat(items.put).hasSizeBetween(5, 6).containsOnly(naming(TORRENT, 1));
        assertThat(said()).contains("still", "8 nodes");
        hourly.atWork(TORRENT, false);
        items.put.clear();
        pass(HOUR * 5);
        assertThat(items.put).isEmpty();
    }

    @Test
    void thatAnotherTorrentIsPublishedThereIsSaidWithItsLink() {
        hourly.follow(TORRENT, naming(TORRENT, 1), now);
        hourly.atWork(TORRENT, true);
        var newer = naming(OTHER, 2);
        items.there.put(newer.key(), newer);
        pass(HOUR + 1_000);

        assertThat(items.put).containsExactly(newer);
        assertThat(said()).contains("another torrent", "magnet:?xt=urn:btih:" + OTHER.hex());
        items.there.put(newer.key(), naming(TORRENT, 1));
        pass(2 * HOUR);
        assertThat(said()).as("what is older is no news").contains("another torrent");
    }

    @Test
    void whatNobodyTookIsPutAgainSoon() {
        items.nodes = 0;
        var kept = hourly.keep(naming(TORRENT, 1), now);
        pass(10 * 60_000);
        assertThat(items.put).hasSizeBetween(4, 6);

        hourly.drop(kept);
        items.put.clear();
        pass(10 * 60_000);
        assertThat(items.put).isEmpty();
    }

    @Test
    void whomItFollowsOutlivesTheNode() throws Exception {
        hourly.follow(TORRENT, naming(OTHER, 7), now);
        var read = SavedFollowing.parse(SavedFollowing.encode(hourly.save()));

        assertThat(read).isEqualTo(hourly.save()).hasSize(1);
        var next = new HourlyItems(Runnable::run, () -> {});
        next.resume(read, 0);
        assertThat(next.status(TORRENT, 0)).isPresent();
        assertThat(next.status(OTHER, 0)).isEmpty();
    }
}
