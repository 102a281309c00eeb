package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Bitfield;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** Peers that unchoke us and then send nothing. */
class SnubbingScenario {
    /** Sends blocks of what it is asked for while it is told to; has all but the last piece, and wants that. */
    private static final class Moody {
        final FakePeer peer;
        final ArrayDeque<Message.Request> asked = new ArrayDeque<>();
        boolean sends = true;

        Moody(Simulation sim, int blocksPerSecond) {
            peer = sim.fakePeer(0);
            peer.greet((self, session) -> {
                        int pieces = sim.content().layout().pieceCount();
                        var most = new Bitfield(pieces);
                        most.setAll();
                        most.clear(pieces - 1);
                        session.send(new Message.BitfieldBytes(ByteBuffer.wrap(most.toWire())));
                        session.send(Message.UNCHOKE);
                        session.send(Message.INTERESTED);
                        everySecond(sim, session, blocksPerSecond);
                    })
                    .on(Message.Request.class, (session, request) -> asked.add(request));
        }

        private void everySecond(Simulation sim, FakePeer.Session session, int blocks) {
            sim.time().after(Duration.ofSeconds(1), () -> {
                for (int i = blocks; sends && i > 0 && !asked.isEmpty(); i--) {
                    session.sendBlock(asked.poll());
                }
                everySecond(sim, session, blocks);
            });
        }

        Message lastWord() {
            return peer.heard().stream()
                    .filter(message -> message instanceof Message.Choke || message instanceof Message.Unchoke)
                    .reduce((before, last) -> last)
                    .orElseThrow();
        }
    }

    private static Simulation large(long seed) {
        return swarm(seed).content(Format.V1, 256 * KIB, 64 * MIB).slots(1);
    }

    @Test
    void whoSnubsUsIsChokedAndAskedForLittleUntilItSendsAgain() {
        var sim = large(141);
        var moody = new Moody(sim, 24);
        var steady = new Moody(sim, 4);
        var third = new Moody(sim, 2);
        sim.leecher();
        sim.runFor(Duration.ofSeconds(40));
        assertThat(moody.lastWord()).as("gives most").isInstanceOf(Message.Unchoke.class);

        moody.sends = false;
        sim.runFor(Duration.ofSeconds(90));
        int askedWhileSnubbing = moody.peer.heard(Message.Request.class).size();
        assertThat(steady.lastWord()).isInstanceOf(Message.Unchoke.class);
        assertThat(moody.peer.heard(Message.Choke.class)).isNotEmpty();
        sim.runFor(Duration.ofSeconds(30));
        assertThat(moody.peer.heard(Message.Request.class).size() - askedWhileSnubbing)
                .as("asked for more while it sends nothing")
                .isLessThan(4);
        assertThat(third.peer.sessions()).hasSize(1);

        moody.sends = true;
        sim.runFor(Duration.ofSeconds(60));
        assertThat(moody.lastWord()).as("gives most again").isInstanceOf(Message.Unchoke.class);
        sim.close();
    }

    /** Half of the seeds fall silent in the midst of it: the others finish as if those were not there. */
    @Test
    void silentPeersCostHardlyAnyTime() {
        var alone = finishedBy(142, 0);
        var withSilent = finishedBy(142, 6);
        assertThat(withSilent.toMillis())
                .as("with silent peers, where it takes %s without", alone)
                .isLessThan(alone.toMillis() + 25_000);
    }

    private static Duration finishedBy(long seed, int silent) {
        var sim = swarm(seed).content(Format.V2, 128 * KIB, 16 * MIB).rates(256 * KIB, 4 * MIB);
        for (int i = 0; i < silent; i++) {
            int[] sent = {0};
            sim.fakePeer()
                    .greet((peer, session) -> {
                        session.send(Message.HAVE_ALL);
                        session.send(Message.UNCHOKE);
                    })
                    .on(Message.Request.class, (session, request) -> {
                        if (sent[0]++ < 20) {
                            session.sendBlock(request);
                        }
                    });
        }
        sim.seeds(2);
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(10));
        var done = sim.leecher(0).completedAt();
        assertThat(List.of(sim.seed(0), sim.seed(1)))
                .allMatch(seedNode -> sim.network().bytesFrom(seedNode) > MIB);
        sim.close();
        return done;
    }
}
