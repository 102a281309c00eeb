package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Bitfield;
import net.shoal.base.wire.ExtendedHandshake;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** Peers that say that they only upload (BEP 21), or that they lost a piece (BEP 54), and that say so of us. */
class StateMessagesScenario {
    private static final int UPLOAD_ONLY = 3;
    private static final int DONT_HAVE = 7;
    private static final int PIECES = 32;

    private static Simulation small(long seed) {
        return swarm(seed).content(Format.V1, 64 * KIB, 2 * MIB);
    }

    private static Bitfield pieces(int... pieces) {
        var field = new Bitfield(PIECES);
        for (int piece : pieces) {
            field.set(piece);
        }
        return field;
    }

    private static void want(SimNode node, int... pieces) {
        var priorities = new byte[PIECES];
        for (int piece : pieces) {
            priorities[piece] = 4;
        }
        node.swarm().setPriorities(priorities);
    }

    private static Message handshake(boolean uploadOnly) {
        var dict = BDict.builder()
                .put(
                        "m",
                        BDict.builder()
                                .put("upload_only", 21)
                                .put("lt_donthave", 54)
                                .build());
        if (uploadOnly) {
            dict.put("upload_only", 1);
        }
        return new Message.Extended(0, ByteBuffer.wrap(BencodeWriter.write(dict.build())));
    }

    private static Message bitfield(Bitfield pieces) {
        return new Message.BitfieldBytes(ByteBuffer.wrap(pieces.toWire()));
    }

    private static Message dontHave(int id, int piece) {
        return new Message.Extended(id, ByteBuffer.allocate(4).putInt(piece).flip());
    }

    private static List<Boolean> saidUploadOnly(FakePeer peer) {
        return peer.heard(Message.Extended.class).stream()
                .filter(message -> message.id() == 0)
                .map(message -> {
                    try {
                        return ExtendedHandshake.of(BencodeReader.LENIENT.readDict(
                                        message.payload().duplicate()))
                                .uploadOnly();
                    } catch (BencodeException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void twoWhoWantNothingPart() {
        var sim = small(101);
        var partial = sim.leecherWith(pieces(0, 1, 2));
        want(partial, 0, 1, 2);
        var other = sim.fakePeer().greet((peer, session) -> {
            session.send(bitfield(pieces(7)));
            session.send(handshake(true));
        });
        var leecher = sim.fakePeer().greet((peer, session) -> session.send(handshake(false)));
        other.dial(partial);
        leecher.dial(partial);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(other.sessions()).isEmpty();
        assertThat(leecher.sessions()).hasSize(1);
        assertThat(saidUploadOnly(leecher)).containsExactly(true);
        sim.close();
    }

    @Test
    void aPartialSeedStaysWithThoseWhoWantSomethingAndIsCountedWithTheSeeds() {
        var sim = small(102);
        var node = sim.leecherWith(pieces(0, 1, 2));
        var partial = sim.fakePeer().greet((peer, session) -> {
            session.send(bitfield(pieces(7, 8)));
            session.send(handshake(true));
            session.send(Message.UNCHOKE);
        });
        partial.on(Message.Request.class, FakePeer.Session::sendBlock);
        partial.dial(node);
        sim.runFor(Duration.ofSeconds(10));
        assertThat(partial.sessions()).hasSize(1);
        assertThat(node.verified()).containsExactlyInAnyOrder(7, 8);
        assertThat(node.swarm().report().seeds()).isEqualTo(1);
        sim.close();
    }

    @Test
    void whoIsDoneSaysSoAndWhoWantsMoreTakesItBack() {
        var sim = small(103);
        var seed = sim.fakePeer().seeds();
        var node = sim.leecher();
        want(node, 4, 5);
        var watcher = sim.fakePeer().greet((peer, session) -> session.send(handshake(false)));
        watcher.dial(node);
        sim.runFor(Duration.ofSeconds(20));
        assertThat(node.verified()).containsExactlyInAnyOrder(4, 5);
        assertThat(saidUploadOnly(watcher)).contains(true);
        assertThat(seed.sessions()).as("neither wants anything").isEmpty();
        want(node, 4, 5, 6);
        sim.runFor(Duration.ofSeconds(20));
        assertThat(node.verified()).as("the seed is dialled again").contains(6);
        var changes = watcher.heard(Message.Extended.class).stream()
                .filter(message -> message.id() == 21)
                .map(message -> (int) message.payload().get(0))
                .toList();
        assertThat(changes).containsExactly(1, 0, 1);
        sim.close();
    }

    @Test
    void whatAPeerLostIsNotAskedOfIt() {
        var sim = small(104);
        var forgetful = sim.fakePeer().greet((peer, session) -> {
            session.send(Message.HAVE_ALL);
            session.send(handshake(false));
            session.send(dontHave(DONT_HAVE, 3));
            session.send(dontHave(DONT_HAVE, 9));
            session.send(Message.UNCHOKE);
        });
        forgetful.on(Message.Request.class, FakePeer.Session::sendBlock);
        var node = sim.leecher();
        sim.runFor(Duration.ofSeconds(20));
        assertThat(node.verified()).hasSize(PIECES - 2).doesNotContain(3, 9);
        assertThat(forgetful.heard(Message.Request.class)).noneMatch(request -> request.piece() == 3);
        sim.seed();
        node.swarm().found(List.of(sim.seed(0).address()));
        sim.untilComplete(Duration.ofMinutes(1));
        sim.close();
    }

    /** Without BEP 6 nobody says that a request will not be answered. */
    @Test
    void whatWasAskedOfAPeerThatThenLostItIsFetchedFromAnother() {
        var sim = small(105);
        var forgetful = sim.fakePeer(1L << 20).greet((peer, session) -> {
            var all = new Bitfield(PIECES);
            all.setAll();
            session.send(bitfield(all));
            session.send(handshake(false));
            session.send(Message.UNCHOKE);
        });
        boolean[] lost = {false};
        forgetful.on(Message.Request.class, (session, request) -> {
            if (!lost[0]) {
                lost[0] = true;
                for (int piece = 0; piece < PIECES; piece++) {
                    session.send(dontHave(DONT_HAVE, piece));
                }
            }
        });
        var node = sim.leecher();
        sim.runFor(Duration.ofSeconds(5));
        assertThat(lost[0]).isTrue();
        sim.seed();
        node.swarm().found(List.of(sim.seed(0).address()));
        sim.untilComplete(Duration.ofSeconds(15));
        sim.close();
    }

    @Test
    void shortMessagesMeanNothing() {
        var sim = small(107);
        var odd = sim.fakePeer().greet((peer, session) -> {
            session.send(Message.HAVE_ALL);
            session.send(new Message.Extended(UPLOAD_ONLY, ByteBuffer.allocate(0)));
            session.send(new Message.Extended(DONT_HAVE, ByteBuffer.allocate(3)));
        });
        sim.leecher();
        sim.runFor(Duration.ofSeconds(5));
        assertThat(odd.sessions()).hasSize(1);
        sim.close();
    }

    @Test
    void aPieceThatDoesNotExistCostsTheConnection() {
        var sim = small(108);
        var liar = sim.fakePeer().greet((peer, session) -> {
            session.send(Message.HAVE_ALL);
            session.send(dontHave(DONT_HAVE, PIECES));
        });
        sim.leecher();
        sim.runFor(Duration.ofSeconds(2));
        assertThat(liar.goodbyes()).anyMatch(reason -> reason.contains("piece 32 of 32"));
        sim.close();
    }
}
