package net.shoal.discovery.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.api.transfer.Visibility;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LsdDiscoveryTest {
    private static final Progress BEGINNING = new Progress(0, 0, 1_000, 1_000, false, 50);
    private static final Sha1Hash HASH = new Sha1Hash(1, 2, 3);

    private final FakeMulticast network = new FakeMulticast();
    private final AtomicLong clock = new AtomicLong();
    private final LsdDiscovery discovery = new LsdDiscovery(network, true, clock::get);
    private final Queue<PeerAddress> found = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open() {
        discovery.open();
    }

    @AfterEach
    void close() {
        discovery.close();
        network.close();
    }

    @Test
    void announcesAtEveryPlaceInItsFamily() {
        network.moveTo(FakeMulticast.ETH, FakeMulticast.ETH6);
        begin(v1(HASH));
        Awaitility.await().until(() -> network.said.size() == 2);
        assertThat(network.said)
                .extracting(said -> said.text().lines().toList().get(1))
                .containsExactly("Host: 239.192.152.143:6771", "Host: [ff15::efc0:988f]:6771");
        assertThat(network.said).allSatisfy(said -> {
            assertThat(said.message().port()).isEqualTo(6881);
            assertThat(said.message().infoHashes()).containsExactly(HASH);
            assertThat(said.message().cookie()).isNotEmpty();
        });
    }

    @Test
    void announcesBothNamesOfAHybridInOnePacket() {
        var v2 = new InfoHash.V2(Sha256Hash.ofHex("ab".repeat(32)));
        begin(new InfoHashes(Optional.of(new InfoHash.V1(HASH)), Optional.of(v2)));
        Awaitility.await().until(() -> !network.said.isEmpty());
        assertThat(network.said.peek().message().infoHashes()).containsExactly(HASH, v2.wire());
    }

    @Test
    void findsThosePeersThatNameTheSwarm() {
        begin(v1(HASH));
        network.deliver("10.0.0.7", new LsdMessage(7_000, List.of(new Sha1Hash(9, 9, 9)), ""));
        network.deliver("10.0.0.8", new LsdMessage(8_000, List.of(new Sha1Hash(9, 9, 9), HASH, HASH), "other"));
        Awaitility.await().until(() -> !found.isEmpty());
        assertThat(found).containsExactly(PeerAddress.ip(FakeMulticast.address("10.0.0.8"), 8_000));
    }

    @Test
    void nobodyIsDialledForWhatASenderElsewhereSeemsToSay() {
        begin(v1(HASH));
        network.deliver("45.77.0.7", new LsdMessage(7_000, List.of(HASH), ""));
        network.deliver("10.0.0.8", new LsdMessage(8_000, List.of(HASH), ""));
        Awaitility.await().until(() -> !found.isEmpty());
        assertThat(found).containsExactly(PeerAddress.ip(FakeMulticast.address("10.0.0.8"), 8_000));
    }

    @Test
    void doesNotFindItself() {
        begin(v1(HASH));
        Awaitility.await().until(() -> !network.said.isEmpty());
        var own = network.said.peek().message();
        network.deliver("10.0.0.9", own);
        network.deliver("10.0.0.1", new LsdMessage(6881, List.of(HASH), "a changed cookie"));
        network.deliver("10.0.0.1", new LsdMessage(6882, List.of(HASH), "another node of this machine"));
        Awaitility.await().until(() -> !found.isEmpty());
        assertThat(found).containsExactly(PeerAddress.ip(FakeMulticast.address("10.0.0.1"), 6_882));
    }

    @Test
    void aFloodOfPeersIsBounded() {
        begin(v1(HASH));
        for (int i = 0; i < 1_000; i++) {
            network.deliver("10.0.0.7", new LsdMessage(1 + i, List.of(HASH), ""));
        }
        onLoop();
        assertThat(found).hasSize(LsdSession.MOST_PEERS);
        clock.addAndGet(LsdSession.TOLD_FOR);
        network.deliver("10.0.0.8", new LsdMessage(1, List.of(HASH), ""));
        onLoop();
        assertThat(found).hasSize(LsdSession.MOST_PEERS + 1);
    }

    @Test
    void nothingIsSaidWhereThereIsNobodyAndAtOnceWhereThereIs() {
        network.moveTo();
        var session = begin(v1(HASH));
        onLoop();
        assertThat(session.status()).isEmpty();
        assertThat(network.said).isEmpty();
        network.moveTo(FakeMulticast.ETH);
        Awaitility.await().until(() -> !network.said.isEmpty());
        onLoop();
        assertThat(session.status()).singleElement().satisfies(status -> assertThat(status.message())
                .startsWith("announced 0 s ago, 0 peers heard"));
        assertThat(new LsdCheck(discovery).execute().toString()).contains("at eth0 (IPv4): 1 announcements sent");
    }

    @Test
    void whatIsSwitchedOffIsSilent() {
        var off = new LsdDiscovery(network, false, clock::get);
        off.open();
        off.discover(wanted(v1(HASH)), found::addAll).update(BEGINNING);
        onLoop();
        assertThat(network.said).isEmpty();
        assertThat(new LsdCheck(off).execute().toString()).contains("net.shoal.discovery.lsd:enabled");
        off.close();
    }

    private LsdSession begin(InfoHashes hashes) {
        var session = (LsdSession) discovery.discover(wanted(hashes), found::addAll);
        session.update(BEGINNING);
        return session;
    }

    private static Wanted wanted(InfoHashes hashes) {
        return new Wanted(hashes, List.of(), false, true, Visibility.LINK, new PeerId(HASH), 6881);
    }

    private static InfoHashes v1(Sha1Hash hash) {
        return InfoHashes.of(new InfoHash.V1(hash));
    }

    /** Waits for what was posted before. */
    private void onLoop() {
        network.loop.submit(() -> {}).syncUninterruptibly();
    }
}
