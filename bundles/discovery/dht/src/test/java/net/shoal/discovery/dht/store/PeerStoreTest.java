package net.shoal.discovery.dht.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.table.Ids;
import org.junit.jupiter.api.Test;

class PeerStoreTest {
    private final Random random = new Random(1);
    private final PeerStore store = new PeerStore(random);
    private final Sha1Hash self = Ids.random(random);
    private final Sha1Hash key = Ids.random(random);

    private static Endpoint peer(int block, int host, int port) {
        return Endpoint.v4(20 << 24 | block << 8 | host, port);
    }

    @Test
    void anAddressIsOnePeerWithItsLatestPort() {
        store.announce(key, peer(1, 1, 1_000), false, self, 0);
        store.announce(key, peer(1, 1, 2_000), false, self, 0);

        assertThat(store.some(key, Family.V4, 50, false))
                .isDeepEqualTo(new byte[][] {peer(1, 1, 2_000).compact()});
    }

    @Test
    void aSwarmAndABlockOfAddressesAreBounded() {
        for (int i = 0; i < 250; i++) {
            store.announce(key, peer(1, i, 1_000), false, self, 0);
        }
        assertThat(store.peers()).isEqualTo(PeerSet.MAX_A_BLOCK);
        for (int i = 0; i < 2 * PeerSet.MAX; i++) {
            store.announce(key, peer(i, 1, 1_000), false, self, 0);
        }

        assertThat(store.peers()).isEqualTo(PeerSet.MAX);
        assertThat(store.isFull(key, Family.V4)).isTrue();
        assertThat(store.isFull(key, Family.V6)).isFalse();
        assertThat(Arrays.stream(store.some(key, Family.V4, 50, false))
                        .map(ByteBuffer::wrap)
                        .toList())
                .hasSize(50)
                .doesNotHaveDuplicates();
    }

    @Test
    void keysCloseToUsStay() {
        var close = Ids.randomWith(self, 40, random);
        store.announce(close, peer(1, 1, 1), false, self, 0);
        for (int i = 0; i < 2 * PeerStore.MAX_KEYS; i++) {
            store.announce(Ids.random(random), peer(i, 1, 1), false, self, 0);
        }

        assertThat(store.keys()).isEqualTo(PeerStore.MAX_KEYS);
        assertThat(store.some(close, Family.V4, 1, false)).hasNumberOfRows(1);
    }

    @Test
    void announcesAreForgottenInTime() {
        store.announce(key, peer(1, 1, 1), false, self, 1_000);
        store.announce(key, peer(2, 1, 1), true, self, 60_000);
        store.expire(PeerStore.LIFE + 30_000);
        assertThat(store.peers()).isEqualTo(1);

        store.expire(PeerStore.LIFE + 61_000);
        assertThat(store.keys()).isZero();
    }

    @Test
    void seedsAreCountedApartAndLeftOutWhereNobodyWantsThem() {
        for (int i = 0; i < 20; i++) {
            store.announce(key, peer(i, 1, 1), i < 15, self, 0);
        }

        assertThat(store.some(key, Family.V4, 50, true)).hasNumberOfRows(5);
        var scrape = store.scrape(key).orElseThrow();
        assertThat(Math.round(scrape.seeds().estimate())).isEqualTo(15);
        assertThat(Math.round(scrape.peers().estimate())).isEqualTo(5);
    }

    @Test
    void samplesAreFewAndTheSameForAWhile() {
        for (int i = 0; i < 100; i++) {
            store.announce(Ids.random(random), peer(i, 1, 1), false, self, 0);
        }

        assertThat(store.samples(0)).hasSize(20 * PeerStore.MAX_SAMPLES).isEqualTo(store.samples(60_000));
        assertThat(store.samples(0)).isNotEqualTo(store.samples(6 * 60_000));
    }

    @Test
    void tokensAreOfOneAddressOneKeyAndTenMinutes() {
        var tokens = new Tokens(random, 0);
        var token = tokens.issue(peer(1, 1, 1), key, 0);

        assertThat(tokens.accepts(token, peer(1, 1, 2), key, Tokens.ROTATION)).isTrue();
        assertThat(tokens.accepts(token, peer(1, 2, 1), key, 0)).isFalse();
        assertThat(tokens.accepts(token, peer(1, 1, 1), self, 0)).isFalse();
        assertThat(tokens.accepts(token, peer(1, 1, 1), key, 2 * Tokens.ROTATION))
                .isFalse();
    }
}
