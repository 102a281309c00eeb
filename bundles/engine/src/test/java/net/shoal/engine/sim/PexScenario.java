package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** A swarm without trackers grows together by what its peers tell each other (BEP 11). */
class PexScenario {
    private static Simulation chain(long seed) {
        return swarm(seed).content(Format.V1, 64 * KIB, 2 * MIB).strangers();
    }

    private static void meet(SimNode one, SimHost other) {
        one.swarm().found(List.of(other.address()));
    }

    @Test
    void whoKnowsOneFindsTheOthers() {
        var sim = chain(81).pex().rates(32 * KIB, 4 * MIB);
        var middle = sim.leecher();
        var seed = sim.seed();
        var last = sim.leecher();
        meet(middle, seed);
        meet(last, middle);
        sim.until(() -> sim.network().bytes(seed, last) > 0, Duration.ofMinutes(2));
        sim.untilComplete(Duration.ofMinutes(2));
        sim.close();
    }

    @Test
    void withoutItTheyDoNot() {
        var sim = chain(81).rates(32 * KIB, 4 * MIB);
        var middle = sim.leecher();
        var seed = sim.seed();
        var last = sim.leecher();
        meet(middle, seed);
        meet(last, middle);
        sim.untilComplete(Duration.ofMinutes(5));
        assertThat(sim.network().bytes(seed, last)).isZero();
        sim.close();
    }

    /** Thirty peers in a row, each of which knows the one before it. */
    @Test
    void aLongChainBecomesASwarm() {
        var sim = swarm(82).content(Format.V2, 64 * KIB, 8 * MIB).strangers().pex();
        SimNode before = sim.rates(256 * KIB, 4 * MIB).seed();
        for (int i = 0; i < 30; i++) {
            var next = sim.leecher();
            meet(next, before);
            before = next;
        }
        sim.runFor(Duration.ofMinutes(5));
        var last = sim.leecher(29);
        assertThat(last.swarm().report().known())
                .as("addresses that the last one knows")
                .isGreaterThan(15);
        sim.untilComplete(Duration.ofMinutes(20));
        sim.close();
    }

    @Test
    void ofAPrivateTorrentNothingIsToldAndNothingTaken() {
        var sim = swarm(83)
                .ofPrivateTorrents()
                .content(Format.V1, 64 * KIB, MIB)
                .strangers()
                .pex();
        var victim = sim.fakePeer();
        var gossip = sim.fakePeer();
        gossip.greet((peer, session) -> {
            session.send(extendedHandshake());
            for (int id = 8; id < 20; id++) {
                session.send(new Message.Extended(id, pexMessage(victim)));
            }
        });
        var node = sim.leecher();
        gossip.dial(node);
        sim.runFor(Duration.ofMinutes(2));
        assertThat(gossip.sessions()).hasSize(1);
        assertThat(gossip.heard(Message.Extended.class))
                .as("the handshake alone")
                .hasSize(1);
        assertThat(advertised(gossip)).doesNotContain("ut_pex");
        assertThat(victim.heard()).isEmpty();
        sim.close();
    }

    @Test
    void itComesAndGoesAtRuntime() {
        var sim = chain(84);
        var peer = sim.fakePeer();
        var node = sim.leecher();
        peer.dial(node);
        sim.runFor(Duration.ofSeconds(3));
        assertThat(advertised(peer)).doesNotContain("ut_pex");
        sim.pex();
        node.swarm().extensionsChanged();
        sim.runFor(Duration.ofSeconds(3));
        assertThat(advertised(peer)).contains("6:ut_pexi8e");
        sim.extensions().remove(sim.extensions().all().get(0));
        node.swarm().extensionsChanged();
        sim.runFor(Duration.ofSeconds(3));
        assertThat(advertised(peer)).as("gone (BEP 10)").contains("6:ut_pexi0e");
        sim.close();
    }

    /** Three hundred addresses that lead nowhere, from one peer; the others are dialled all the same, and soon. */
    @Test
    void aPoisonerDoesNotKeepUsFromOthers() {
        var sim = chain(85).pex();
        var poisoner = sim.fakePeer();
        poisoner.greet((peer, session) -> {
            session.send(extendedHandshake());
            session.send(new Message.Extended(8, deadAddresses(300)));
        });
        var node = sim.leecher();
        poisoner.dial(node);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(node.swarm().report().known())
                .as("what one peer may name, and the peer itself")
                .isBetween(90, 101);
        var seed = sim.seed();
        meet(node, seed);
        sim.untilComplete(Duration.ofSeconds(60));
        sim.close();
    }

    private static Message extendedHandshake() {
        var dict = BDict.builder()
                .put("m", BDict.builder().put("ut_pex", 1).build())
                .build();
        return new Message.Extended(0, ByteBuffer.wrap(BencodeWriter.write(dict)));
    }

    private static ByteBuffer pexMessage(SimHost named) {
        var inet = named.address().inet().orElseThrow();
        var compact = ByteBuffer.allocate(6).put(inet.getAddress().getAddress()).putShort((short) inet.getPort());
        return added(compact.array());
    }

    private static ByteBuffer deadAddresses(int count) {
        var compact = ByteBuffer.allocate(6 * count);
        for (int i = 0; i < count; i++) {
            compact.put((byte) 10).put((byte) 99).putShort((short) (i + 1)).putShort((short) 6881);
        }
        return added(compact.array());
    }

    private static ByteBuffer added(byte[] compact) {
        return ByteBuffer.wrap(BencodeWriter.write(
                BDict.builder().put("added", BString.of(compact)).build()));
    }

    /** What it was last told of our extensions, as bencode. */
    private static String advertised(FakePeer peer) {
        var handshakes = peer.heard(Message.Extended.class).stream()
                .filter(message -> message.id() == 0)
                .toList();
        try {
            var last = BencodeReader.LENIENT.readDict(
                    handshakes.get(handshakes.size() - 1).payload().duplicate());
            return new String(
                    BencodeWriter.write(last.dict("m").orElseThrow()), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (net.shoal.base.bencode.BencodeException e) {
            throw new AssertionError(e);
        }
    }
}
