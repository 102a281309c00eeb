package net.shoal.extension.pex;

import static net.shoal.extension.pex.FakeSwarm.address;
import static net.shoal.extension.pex.FakeSwarm.dialled;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.shoal.api.transfer.ConnectedPeer;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerTrait;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.PeerAddress;
import org.junit.jupiter.api.Test;

/** On virtual time. */
class PexExtensionTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;
    private final PexExtension extension = new PexExtension(() -> now);
    private final FakeSwarm swarm = new FakeSwarm();
    private final WireSession session = extension.attach(swarm);

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            now += SECOND;
            session.onTick();
        }
    }

    private void begin() {
        session.onHandshake(BDict.EMPTY);
        seconds(6);
    }

    private static PexMessage adding(List<PeerAddress> addresses) {
        return new PexMessage(
                addresses.stream().map(each -> new FoundPeer(each, Set.of())).toList(), List.of());
    }

    private static List<PeerAddress> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> address("203.0." + i / 250 + "." + (i % 250 + 1), 6881))
                .toList();
    }

    @Test
    void tellsOfThoseThatAreConnectedAndLaterOfThoseThatCameAndWent() throws Exception {
        var first = dialled("203.0.113.1", PeerTrait.REACHABLE, PeerTrait.UPLOAD_ONLY);
        var v6 = dialled("2001:db8::1", PeerTrait.UTP, PeerTrait.ENCRYPTION, PeerTrait.HOLEPUNCH);
        swarm.peers.addAll(List.of(first, v6, swarm.self));
        begin();
        assertThat(swarm.sent).hasSize(1);
        assertThat(swarm.lastSent().added())
                .containsExactly(
                        new FoundPeer(first.address(), first.traits()), new FoundPeer(v6.address(), v6.traits()));
        assertThat(swarm.lastSent().dropped()).isEmpty();
        swarm.peers.remove(first);
        swarm.peers.add(dialled("203.0.113.3"));
        seconds(50);
        assertThat(swarm.sent).as("once a minute").hasSize(1);
        seconds(20);
        assertThat(swarm.sent).hasSize(2);
        assertThat(swarm.lastSent().added())
                .extracting(FoundPeer::address)
                .containsExactly(address("203.0.113.3", 6881));
        assertThat(swarm.lastSent().dropped()).containsExactly(first.address());
        seconds(120);
        assertThat(swarm.sent).as("nothing has changed").hasSize(2);
    }

    @Test
    void ofOneThatDialledUsItTellsWhereItListensIfThatIsKnown() throws Exception {
        swarm.peers.add(
                new ConnectedPeer(address("203.0.113.1", 50_000), Optional.of(address("203.0.113.1", 6000)), Set.of()));
        swarm.peers.add(new ConnectedPeer(address("203.0.113.2", 50_001), Optional.empty(), Set.of()));
        begin();
        assertThat(swarm.lastSent().added())
                .extracting(FoundPeer::address)
                .containsExactly(address("203.0.113.1", 6000));
    }

    @Test
    void atMostFiftyComeAndFiftyGoInOneMessage() throws Exception {
        addresses(120).forEach(each -> swarm.peers.add(new ConnectedPeer(each, Optional.of(each), Set.of())));
        begin();
        assertThat(swarm.lastSent().added()).hasSize(50);
        seconds(180);
        assertThat(swarm.sent).hasSize(3);
        assertThat(swarm.lastSent().added()).hasSize(20);
        swarm.peers.clear();
        seconds(60);
        assertThat(swarm.lastSent().dropped()).hasSize(50);
        seconds(180);
        assertThat(swarm.sent).hasSize(6);
    }

    @Test
    void aPeerOutThereIsNotToldOfOurOwnNetwork() throws Exception {
        swarm.peers.addAll(List.of(dialled("127.0.0.5"), dialled("192.168.1.5"), dialled("203.0.113.5")));
        begin();
        assertThat(swarm.lastSent().added())
                .extracting(FoundPeer::address)
                .containsExactly(address("203.0.113.5", 6881));
        swarm.self = dialled("192.168.1.9");
        seconds(60);
        assertThat(swarm.lastSent().added())
                .extracting(FoundPeer::address)
                .containsExactly(address("192.168.1.5", 6881));
    }

    @Test
    void saysNothingWhileNobodyKnowsWhetherTheTorrentIsPrivate() {
        swarm.info = Optional.empty();
        swarm.peers.add(dialled("203.0.113.1"));
        begin();
        assertThat(swarm.sent).isEmpty();
        assertThat(extension.suits(swarm)).isTrue();
        swarm.info = Optional.of(FakeSwarm.info(true));
        assertThat(extension.suits(swarm)).isFalse();
    }

    @Test
    void handsOnWhomThePeerNames() {
        session.onMessage(adding(addresses(3)).toBytes());
        assertThat(swarm.found).extracting(FoundPeer::address).isEqualTo(addresses(3));
        session.onMessage(adding(List.of(address("203.0.113.7", 0))).toBytes());
        assertThat(swarm.found).as("nobody listens at port 0").hasSize(3);
    }

    @Test
    void takesTwoHundredOfTheFirstMessageAndFiftyOfEachOther() {
        session.onMessage(adding(addresses(400)).toBytes());
        assertThat(swarm.found).hasSize(200);
        now += 60 * SECOND;
        session.onMessage(adding(addresses(400)).toBytes());
        assertThat(swarm.found).hasSize(250);
        assertThat(swarm.rejected).isEmpty();
    }

    @Test
    void thousandsInOneMessageCostTheConnection() {
        session.onMessage(adding(addresses(5_000)).toBytes());
        assertThat(swarm.found).isEmpty();
        assertThat(swarm.rejected).contains("5000 peers");
    }

    @Test
    void whoTellsTooOftenIsNotHeardAndInTheEndShutOut() {
        for (int i = 0; i < 5; i++) {
            session.onMessage(adding(List.of(addresses(5).get(i))).toBytes());
        }
        assertThat(swarm.found).as("some are always early").hasSize(3);
        assertThat(swarm.rejected).isEmpty();
        for (int i = 0; i < 20; i++) {
            now += SECOND;
            session.onMessage(adding(addresses(1)).toBytes());
        }
        assertThat(swarm.rejected).contains("too often");
    }

    @Test
    void onceAMinuteIsNeverTooOften() {
        for (int i = 0; i < 500; i++) {
            now += 60 * SECOND;
            session.onMessage(adding(addresses(1)).toBytes());
        }
        assertThat(swarm.found).hasSize(500);
        assertThat(swarm.rejected).isEmpty();
    }

    @Test
    void whatIsCutOffOrMissingDoesNoHarm() {
        var dict = BDict.builder()
                .put("added", BString.of(new byte[] {10, 0, 0, 1, 1, 1, 10, 0}))
                .put("added.f", 7)
                .put("added6", BString.of(new byte[17]))
                .put("dropped", BDict.EMPTY)
                .build();
        session.onMessage(ByteBuffer.wrap(BencodeWriter.write(dict)));
        assertThat(swarm.found).containsExactly(new FoundPeer(address("10.0.0.1", 257), Set.of()));
        session.onMessage(ByteBuffer.wrap("de".getBytes(StandardCharsets.US_ASCII)));
        assertThat(swarm.rejected).isEmpty();
        session.onMessage(ByteBuffer.wrap("nonsense".getBytes(StandardCharsets.US_ASCII)));
        assertThat(swarm.rejected).contains("ut_pex");
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        var message = new PexMessage(
                List.of(
                        new FoundPeer(address("203.0.113.1", 65_535), Set.of(PeerTrait.values())),
                        new FoundPeer(address("2001:db8::7", 1), Set.of(PeerTrait.UTP))),
                List.of(address("203.0.113.2", 2), address("2001:db8::8", 3)));
        assertThat(PexMessage.read(message.toBytes())).isEqualTo(message);
    }
}
