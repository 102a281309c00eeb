package net.shoal.extension.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.shoal.api.transfer.ConnectedPeer;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.SwarmView;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;

class MetadataExtensionTest {
    private static final InfoHashes HASHES = InfoHashes.of(new InfoHash.V1(new Sha1Hash(1, 2, 3)));

    private final ByteBuffer metadata = ByteBuffer.wrap(random(100_000));
    private Optional<ByteBuffer> found = Optional.empty();

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(8).nextBytes(bytes);
        return bytes;
    }

    /** One end of a connection: what it sends waits until the test hands it over. */
    private final class Wire implements PeerWire {
        final Queue<ByteBuffer> sent = new ArrayDeque<>();
        final boolean has;
        String rejected = "";
        WireSession session;

        Wire(MetadataExtension extension, boolean has) {
            this.has = has;
            this.session = extension.attach(this);
        }

        @Override
        public SwarmView swarm() {
            return new Swarm(has);
        }

        @Override
        public ConnectedPeer peer() {
            throw new AssertionError("nobody's address is needed");
        }

        @Override
        public void send(ByteBuffer payload) {
            sent.add(payload);
        }

        @Override
        public void found(Collection<FoundPeer> peers) {
            throw new AssertionError("nobody was found");
        }

        @Override
        public void reject(String reason) {
            rejected = reason;
            session.onClosed();
        }
    }

    /** What one end knows. */
    private final class Swarm implements SwarmView {
        private final boolean has;

        Swarm(boolean has) {
            this.has = has;
        }

        @Override
        public InfoHashes hashes() {
            return HASHES;
        }

        @Override
        public Optional<Info> info() {
            return (has ? Optional.of(metadata) : found).map(MetadataExtensionTest::info);
        }

        @Override
        public boolean offerInfoDictionary(ByteBuffer bytes) {
            if (!bytes.equals(metadata)) {
                return false;
            }
            found = Optional.of(bytes);
            return true;
        }

        @Override
        public Collection<ConnectedPeer> peers() {
            return List.of();
        }
    }

    /** Only its bytes matter here. */
    private static Info info(ByteBuffer raw) {
        var layout = PieceLayout.contiguous(16_384, 16_384);
        return new Info(raw, HASHES, "name", true, List.of(), layout, Optional.empty(), false, Optional.empty());
    }

    private final AtomicLong now = new AtomicLong();
    private final MetadataExtension ours = new MetadataExtension(now::get);
    private final MetadataExtension theirs = new MetadataExtension();

    private static BDict size(long size) {
        return BDict.builder().put("metadata_size", size).build();
    }

    private static void deliver(Wire from, Wire to) {
        while (!from.sent.isEmpty()) {
            to.session.onMessage(from.sent.remove());
        }
    }

    @Test
    void anInfoDictionaryGoesFromPeerToPeer() {
        var seeder = new Wire(theirs, true);
        var leecher = new Wire(ours, false);
        var handshake = BDict.builder();
        seeder.session.contribute(handshake);
        leecher.session.onHandshake(handshake.build());
        assertThat(leecher.sent).hasSize(7);
        deliver(leecher, seeder);
        deliver(seeder, leecher);
        assertThat(found).contains(metadata);
        var now = BDict.builder();
        leecher.session.contribute(now);
        assertThat(now.build().integer("metadata_size")).hasValue(100_000);
    }

    @Test
    void whatOnePeerRejectsIsAskedOfAnother() {
        var empty = new Wire(theirs, false);
        var seeder = new Wire(theirs, true);
        var first = new Wire(ours, false);
        var second = new Wire(ours, false);
        first.session.onHandshake(size(100_000));
        deliver(first, empty);
        second.session.onHandshake(size(100_000));
        deliver(empty, first);
        second.session.onTick();
        deliver(second, seeder);
        deliver(seeder, second);
        assertThat(found).contains(metadata);
    }

    @Test
    void whoAloneSentAWrongOneLosesTheConnection() {
        var liar = new Wire(ours, false);
        liar.session.onHandshake(size(100));
        liar.session.onMessage(MetadataMessage.data(0, ByteBuffer.allocate(100)));
        assertThat(liar.rejected).contains("another info dictionary");
        assertThat(found).isEmpty();
    }

    @Test
    void ifSeveralHadAPartEachFillsACopyOfItsOwn() {
        var seeder = new Wire(theirs, true);
        var honest = new Wire(ours, false);
        var liar = new Wire(ours, false);
        honest.session.onHandshake(size(100_000));
        liar.session.onHandshake(size(100_000));
        List<ByteBuffer> requests = new ArrayList<>(honest.sent);
        honest.sent.clear();
        // the liar was asked for one piece too, and answers first
        assertThat(liar.sent).isNotEmpty();
        answerWithZeros(liar);
        requests.forEach(seeder.session::onMessage);
        deliver(seeder, honest);
        for (int i = 0; i < 5 && found.isEmpty(); i++) {
            answerWithZeros(liar);
            deliver(honest, seeder);
            deliver(seeder, honest);
        }
        assertThat(found).contains(metadata);
        assertThat(liar.rejected).isNotEmpty();
        assertThat(honest.rejected).isEmpty();
    }

    private void answerWithZeros(Wire liar) {
        for (int piece = 0; piece < 7; piece++) {
            liar.session.onMessage(MetadataMessage.data(piece, ByteBuffer.allocate(100_000)));
        }
        liar.sent.clear();
    }

    @Test
    void absurdSizesAreNotBelieved() {
        var wire = new Wire(ours, false);
        wire.session.onHandshake(size(1L << 40));
        wire.session.onHandshake(size(-1));
        wire.session.onHandshake(size(0));
        assertThat(wire.sent).isEmpty();
    }

    /** Each names another size and sends nothing, or too little to come to an end. */
    @Test
    void liarsDoNotKeepTheRoomThereIsForCopies() {
        for (boolean drips : new boolean[] {false, true}) {
            found = Optional.empty();
            var liars = new LinkedHashMap<Wire, Integer>();
            for (int i = 0; i < 20; i++) {
                var liar = new Wire(ours, false);
                liars.put(liar, i % 2 == 0 ? MetadataMessage.MAX_SIZE - i : 200_000 + i);
                liar.session.onHandshake(size(liars.get(liar)));
            }
            var seeder = new Wire(theirs, true);
            var honest = new Wire(ours, false);
            honest.session.onHandshake(size(100_000));
            int seconds = 0;
            for (; found.isEmpty() && seconds < 1_000; seconds++) {
                now.addAndGet(TimeUnit.SECONDS.toNanos(1));
                boolean drop = drips && seconds % 4 == 0;
                liars.forEach((liar, size) -> {
                    if (drop) {
                        drip(liar, size);
                    }
                    liar.session.onTick();
                });
                honest.session.onTick();
                deliver(honest, seeder);
                deliver(seeder, honest);
            }
            assertThat(found).as("after %s s, dripping: %s", seconds, drips).contains(metadata);
            assertThat(seconds).isLessThan(200);
            liars.keySet().forEach(liar -> liar.session.onClosed());
            honest.session.onClosed();
            seeder.session.onClosed();
        }
    }

    private static void drip(Wire liar, int size) {
        while (!liar.sent.isEmpty()) {
            try {
                if (MetadataMessage.read(liar.sent.remove()) instanceof MetadataMessage.Request request) {
                    int piece = request.piece();
                    var head = "d8:msg_typei1e5:piecei" + piece + "e10:total_sizei" + size + "ee";
                    liar.session.onMessage(ByteBuffer.allocate(head.length() + MetadataMessage.length(size, piece))
                            .put(0, head.getBytes(UTF_8)));
                    return;
                }
            } catch (BencodeException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void whoNamesTwoSizesIsShutOut() {
        var wire = new Wire(ours, false);
        wire.session.onHandshake(size(100_000));
        wire.session.onHandshake(BDict.builder().build());
        assertThat(wire.rejected).isEmpty();
        wire.session.onHandshake(size(100_001));
        assertThat(wire.rejected).contains("100000 bytes, and then 100001");
    }

    @Test
    void garbageCostsTheConnection() {
        var wire = new Wire(ours, false);
        wire.session.onMessage(ByteBuffer.wrap("nonsense".getBytes(UTF_8)));
        assertThat(wire.rejected).contains("ut_metadata");
    }

    @Test
    void noMessageDoesMoreThanCostTheConnection() {
        var random = new Random(11);
        var valid = List.of(
                MetadataMessage.request(3),
                MetadataMessage.reject(3),
                MetadataMessage.data(0, ByteBuffer.wrap(random(40))));
        for (int i = 0; i < 20_000; i++) {
            var wire = new Wire(random.nextBoolean() ? ours : theirs, random.nextBoolean());
            wire.session.onHandshake(size(40));
            var bytes = valid.get(random.nextInt(3)).duplicate();
            var mutated = new byte[bytes.remaining()];
            bytes.get(mutated);
            for (int change = random.nextInt(4); change > 0; change--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            wire.session.onMessage(ByteBuffer.wrap(mutated, 0, random.nextInt(mutated.length + 1)));
            wire.session.onClosed();
        }
    }

    @Test
    void thoseWhoAskForALotWaitForTheRest() {
        var seeder = new Wire(theirs, true);
        for (int i = 0; i < 1000; i++) {
            seeder.session.onMessage(MetadataMessage.request(i % 7));
        }
        int atOnce = seeder.sent.size();
        assertThat(atOnce).isLessThan(200);
        seeder.session.onTick();
        assertThat(seeder.sent).hasSizeGreaterThan(atOnce);
    }
}
