package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Bitfield;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** The messages of BEP 6, both ways. */
class FastExtensionScenario {
    private static Simulation small(long seed) {
        return swarm(seed).content(Format.V1, 64 * KIB, 2 * MIB);
    }

    @Test
    void fetchesAllowedFastPiecesWhileChoked() {
        var sim = small(61);
        var peer = sim.fakePeer();
        peer.greet((self, session) -> {
                    session.send(Message.HAVE_ALL);
                    session.send(new Message.AllowedFast(3));
                    session.send(new Message.AllowedFast(7));
                })
                .on(Message.Request.class, FakePeer.Session::sendBlock);
        var leecher = sim.leecher();
        sim.runFor(Duration.ofSeconds(20));
        assertThat(leecher.verified()).containsExactlyInAnyOrder(3, 7);
        assertThat(peer.heard(Message.Request.class)).allMatch(request -> request.piece() == 3 || request.piece() == 7);
        sim.close();
    }

    /** As aria2 does where it is shorter than many haves. */
    @Test
    void aLaterBitfieldAddsToWhatAPeerHas() {
        var sim = small(66);
        var peer = sim.fakePeer();
        var first = new Bitfield(32);
        first.set(5);
        var second = new Bitfield(32);
        second.setAll();
        second.clear(5);
        peer.greet((self, session) -> {
                    session.send(Message.HAVE_NONE);
                    session.send(new Message.BitfieldBytes(ByteBuffer.wrap(first.toWire())));
                    session.send(new Message.BitfieldBytes(ByteBuffer.wrap(second.toWire())));
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, FakePeer.Session::sendBlock);
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        sim.close();
    }

    @Test
    void suggestedPiecesComeFirst() {
        var sim = small(62);
        var peer = sim.fakePeer();
        peer.greet((self, session) -> {
                    session.send(Message.HAVE_ALL);
                    session.send(new Message.SuggestPiece(11));
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, FakePeer.Session::sendBlock);
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(peer.heard(Message.Request.class).get(0).piece()).isEqualTo(11);
        sim.close();
    }

    @Test
    void whatOnePeerRejectsIsFetchedFromAnother() {
        var sim = small(63);
        var rejecting = sim.fakePeer();
        rejecting
                .greet((self, session) -> {
                    session.send(Message.HAVE_ALL);
                    session.send(Message.UNCHOKE);
                })
                .on(
                        Message.Request.class,
                        (session, r) -> session.send(new Message.RejectRequest(r.piece(), r.offset(), r.length())));
        sim.fakePeer().seeds();
        sim.leecher();
        sim.untilComplete(Duration.ofSeconds(30));
        var rejected = rejecting.heard(Message.Request.class);
        assertThat(rejected.size())
                .as("a piece that was rejected is not asked for again")
                .isBetween(1, 128);
        assertThat(new HashSet<>(rejected)).hasSameSizeAs(rejected);
        sim.close();
    }

    @Test
    void chokingRejectsWhatWasAskedForAndItIsAskedForAgain() {
        var sim = small(64);
        var waiting = new ArrayList<Message.Request>();
        boolean[] choked = {false};
        var moody = sim.fakePeer();
        moody.greet((self, session) -> {
                    session.send(Message.HAVE_ALL);
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, (session, request) -> {
                    if (choked[0]) {
                        session.sendBlock(request);
                        return;
                    }
                    waiting.add(request);
                    if (waiting.size() == 3) {
                        choked[0] = true;
                        session.send(Message.CHOKE);
                        waiting.forEach(
                                r -> session.send(new Message.RejectRequest(r.piece(), r.offset(), r.length())));
                        sim.time().after(Duration.ofSeconds(5), () -> session.send(Message.UNCHOKE));
                    }
                });
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        sim.close();
    }

    @Test
    void saysHaveNoneAndHaveAllAndRejectsWhatItDoesNotServe() {
        var sim = small(65);
        var curious = sim.fakePeer();
        curious.greet((self, session) -> {
            session.send(Message.HAVE_NONE);
            session.send(new Message.Request(1, 0, 16 * KIB));
        });
        var seed = sim.seed();
        var leecher = sim.leecher();
        curious.dial(seed);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(curious.heard(Message.HaveAll.class)).isNotEmpty();
        assertThat(curious.heard(Message.HaveNone.class)).isNotEmpty();
        assertThat(curious.heard(Message.RejectRequest.class)).contains(new Message.RejectRequest(1, 0, 16 * KIB));
        assertThat(leecher.diskFailure()).isNull();
        sim.close();
    }

    @Test
    void aPeerWithoutTheExtensionIsToldWithABitfield() {
        var sim = small(66);
        var old = sim.fakePeer(0);
        old.greet((self, session) -> {
            var one = new Bitfield(sim.content().layout().pieceCount());
            one.set(0);
            session.send(new Message.BitfieldBytes(ByteBuffer.wrap(one.toWire())));
        });
        sim.seed();
        sim.runFor(Duration.ofSeconds(5));
        assertThat(old.heard(Message.BitfieldBytes.class)).hasSize(1);
        assertThat(old.heard(Message.HaveAll.class)).isEmpty();
        sim.close();
    }
}
