package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** Who keeps a place in a swarm that has no more (BEP 40), and what beginners get (BEP 6). */
class FullSwarmScenario {
    @Test
    void idleConnectionsDoNotKeepOthersOut() {
        var sim = swarm(111).content(Format.V1, 64 * KIB, 2 * MIB).maxPeers(10);
        var node = sim.leecher();
        var idle = IntStream.range(0, 10).mapToObj(i -> sim.fakePeer()).toList();
        idle.forEach(peer -> peer.dial(node));
        sim.runFor(Duration.ofSeconds(5));
        assertThat(idle).allMatch(peer -> peer.sessions().size() == 1);
        var early = sim.fakePeer();
        early.dial(node);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(early.sessions()).as("newcomers have time to be of use").isEmpty();
        sim.runFor(Duration.ofSeconds(20));
        // of so many some have a higher priority than some of the ten
        var more = IntStream.range(0, 20).mapToObj(i -> sim.fakePeer()).toList();
        more.forEach(peer -> peer.dial(node));
        sim.runFor(Duration.ofSeconds(5));
        long in = more.stream().filter(peer -> !peer.sessions().isEmpty()).count();
        assertThat(in).isBetween(1L, 10L);
        assertThat(node.swarm().report().peers()).isEqualTo(10);
        sim.close();
    }

    @Test
    void thoseOfNoUseMakeWayForThoseNotTriedYet() {
        var sim = swarm(115).content(Format.V1, 64 * KIB, 2 * MIB).maxPeers(10);
        var node = sim.leecher();
        var silent = IntStream.range(0, 30).mapToObj(i -> sim.fakePeer()).toList();
        node.swarm().found(silent.stream().map(FakePeer::address).toList());
        sim.runFor(Duration.ofSeconds(10));
        assertThat(node.swarm().report().peers()).isEqualTo(10);
        var good = sim.fakePeer().seeds();
        node.swarm().found(List.of(good.address()));
        sim.runFor(Duration.ofSeconds(110));
        assertThat(node.swarm().report().isFinished()).isTrue();
        sim.close();
    }

    @Test
    void thoseOfNoUseStayWhereNobodyWaits() {
        var sim = swarm(116).content(Format.V1, 64 * KIB, 2 * MIB).maxPeers(10);
        var node = sim.leecher();
        var silent = IntStream.range(0, 10).mapToObj(i -> sim.fakePeer()).toList();
        node.swarm().found(silent.stream().map(FakePeer::address).toList());
        sim.runFor(Duration.ofSeconds(100));
        assertThat(silent).allMatch(peer -> peer.sessions().size() == 1);
        sim.close();
    }

    @Test
    void whoIsOfUseKeepsItsPlace() {
        var sim = swarm(112).content(Format.V1, 64 * KIB, 32 * MIB).maxPeers(2).rates(64 * KIB, MIB);
        var seeds = List.of(sim.seed(), sim.seed());
        var node = sim.leecher();
        sim.runFor(Duration.ofSeconds(40));
        var others = IntStream.range(0, 30).mapToObj(i -> sim.fakePeer()).toList();
        others.forEach(peer -> peer.dial(node));
        sim.runFor(Duration.ofSeconds(5));
        assertThat(others).allMatch(peer -> peer.sessions().isEmpty());
        assertThat(seeds).allMatch(seed -> sim.network().bytes(seed, node) > MIB);
        sim.close();
    }

    /** All slots are taken; the newcomer still gets something to trade with, and no more. */
    @Test
    void aBeginnerGetsItsAllowedFastPiecesWhileItIsChoked() {
        var sim = swarm(113).content(Format.V1, 16 * KIB, 4 * MIB).slots(1).rates(64 * KIB, MIB);
        var seed = sim.seed();
        sim.leechers(4);
        sim.runFor(Duration.ofSeconds(2));
        var beginner = sim.fakePeer();
        beginner.greet((peer, session) -> {
                    session.send(Message.HAVE_NONE);
                    session.send(Message.INTERESTED);
                })
                .on(Message.AllowedFast.class, (session, allowed) -> {
                    for (int i = 0; i < 5; i++) {
                        session.send(new Message.Request(allowed.piece(), 0, 16 * KIB));
                    }
                })
                .on(Message.HaveAll.class, (session, all) -> session.send(new Message.Request(0, 0, 16 * KIB)));
        beginner.dial(seed);
        sim.runFor(Duration.ofSeconds(8));
        var allowed = beginner.heard(Message.AllowedFast.class);
        assertThat(beginner.heard(Message.Unchoke.class)).isEmpty();
        assertThat(allowed).hasSize(5);
        assertThat(sim.network().bytes(seed, beginner))
                .as("each twice at most, however often it is asked for")
                .isBetween(5L * 16 * KIB, 10L * 16 * KIB);
        sim.close();
    }

    @Test
    void onlyBeginnersGetThem() {
        var sim = swarm(114).content(Format.V1, 16 * KIB, 4 * MIB).slots(1).rates(64 * KIB, MIB);
        var seed = sim.seed();
        sim.leechers(4);
        sim.runFor(Duration.ofSeconds(2));
        var advanced = sim.fakePeer();
        advanced.greet((peer, session) -> {
            session.send(new Message.BitfieldBytes(ByteBuffer.allocate(32).put(0, (byte) -1)));
            session.send(Message.INTERESTED);
        });
        advanced.dial(seed);
        sim.runFor(Duration.ofSeconds(8));
        assertThat(advanced.sessions()).hasSize(1);
        assertThat(advanced.heard(Message.AllowedFast.class)).isEmpty();
        sim.close();
    }
}
