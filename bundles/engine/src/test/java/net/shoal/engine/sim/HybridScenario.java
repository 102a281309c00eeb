package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hybrid torrent has two swarms, of v1 and of v2; who knows both joins them (BEP 52). */
class HybridScenario {
    private static final int[] FILES = {700 * KIB + 3, 64 * KIB, MIB};

    private static Simulation hybrid(long seed) {
        return swarm(seed).content(Format.HYBRID, 64 * KIB, FILES).strangers();
    }

    private static Sha1Hash wire(Simulation sim, boolean v2) {
        var hashes = sim.content().metainfo().info().hashes();
        return (v2 ? hashes.v2().map(InfoHash::wire) : hashes.v1().map(InfoHash::wire)).orElseThrow();
    }

    /** Fetches all it can, one piece after the other as they come. */
    private static Set<Integer> fetches(FakePeer peer, Simulation sim) {
        var got = new HashSet<Integer>();
        peer.on(Message.Have.class, (session, have) -> ask(session, sim, have.piece()))
                .on(Message.HaveAll.class, (session, all) -> {
                    for (int piece = 0; piece < sim.content().layout().pieceCount(); piece++) {
                        ask(session, sim, piece);
                    }
                })
                .on(Message.Piece.class, (session, block) -> got.add(block.piece()))
                .greet((self, session) -> session.send(Message.INTERESTED));
        return got;
    }

    private static void ask(FakePeer.Session session, Simulation sim, int piece) {
        sim.time().after(Duration.ofSeconds(1), () -> {
            var block = sim.content().layout().block(piece, 0);
            session.send(new Message.Request(piece, 0, block.length()));
        });
    }

    /** Content goes from a peer that knows one version, by way of a hybrid one, to a peer that knows the other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void piecesGoFromOneSwarmToTheOther(boolean fromV2) {
        var sim = hybrid(131);
        var source = sim.fakePeer(Handshake.FAST, wire(sim, fromV2)).seeds();
        var drain = sim.fakePeer(Handshake.FAST, wire(sim, !fromV2));
        var got = fetches(drain, sim);
        var bridge = sim.leecher();
        drain.dial(bridge);
        bridge.swarm().found(List.of(source.address()));
        sim.untilComplete(Duration.ofMinutes(2));
        sim.until(() -> got.size() == sim.content().layout().pieceCount(), Duration.ofMinutes(2));
        assertThat(source.sessions()).as("neither wants anything any more").isEmpty();
        assertThat(source.goodbyes()).allMatch(reason -> reason.contains("neither wants anything"));
        sim.close();
    }

    @Test
    void aPeerThatKnowsV2IsAnsweredInV2() {
        var sim = hybrid(132);
        var node = sim.seed();
        var upgrading = sim.fakePeer(Handshake.FAST | Handshake.V2, wire(sim, false));
        var old = sim.fakePeer(Handshake.FAST, wire(sim, false));
        var modern = sim.fakePeer(Handshake.FAST, wire(sim, true));
        for (var peer : List.of(upgrading, old, modern)) {
            peer.dial(node);
        }
        sim.runFor(Duration.ofSeconds(2));
        assertThat(upgrading.answered()).containsExactly(wire(sim, true));
        assertThat(old.answered()).containsExactly(wire(sim, false));
        assertThat(modern.answered()).containsExactly(wire(sim, true));
        sim.close();
    }

    /** From the v1 handshake of a magnet link on; hashes come over the connection that was upgraded. */
    @Test
    void hashesAreAskedForWhereAConnectionWasUpgraded() {
        var sim = hybrid(133);
        var node = sim.hashlessLeecher();
        var upgrading = sim.fakePeer(Handshake.FAST | Handshake.V2, wire(sim, false));
        upgrading.greet((peer, session) -> session.send(Message.HAVE_ALL));
        var old = sim.fakePeer(Handshake.FAST, wire(sim, false));
        old.greet((peer, session) -> session.send(Message.HAVE_ALL));
        upgrading.dial(node);
        old.dial(node);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(upgrading.heard(Message.HashRequest.class)).isNotEmpty();
        assertThat(old.heard(Message.HashRequest.class)).isEmpty();
        sim.close();
    }
}
