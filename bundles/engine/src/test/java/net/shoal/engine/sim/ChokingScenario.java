package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.IntSupplier;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Bitfield;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** Who is served: tit for tat. */
class ChokingScenario {
    @Test
    void aFreeRiderGetsLessThanThoseWhoGive() {
        var sim = swarm(21).content(Format.V1, 64 * KIB, 16 * MIB).slots(2);
        sim.rates(256 * KIB, 4 * MIB).seeds(1).leechers(6);
        var rider = sim.rates(KIB, 4 * MIB).leecher();
        sim.until(() -> sim.leechers().stream().anyMatch(SimNode::isComplete), Duration.ofMinutes(10));
        var givers = sim.leechers().stream()
                .filter(leecher -> leecher != rider)
                .mapToLong(sim.network()::bytesTo)
                .summaryStatistics();
        assertThat(sim.network().bytesTo(rider)).as("others got " + givers).isLessThan((long)
                (givers.getAverage() * 0.6));
        sim.close();
    }

    @Test
    void whoStopsGivingLosesItsSlotToOneWhoGives() {
        var sim = swarm(22).content(Format.V1, 256 * KIB, 64 * MIB).slots(1);
        long[] stopAt = {Duration.ofSeconds(40).toNanos()};
        var fickle = giver(sim, () -> sim.time().elapsed().toNanos() < stopAt[0] ? 24 : 0);
        var steady = giver(sim, () -> 6);
        giver(sim, () -> 3);
        sim.rates(64 * KIB, MIB).leecher();
        sim.runFor(Duration.ofSeconds(38));
        assertThat(lastWord(fickle)).as("gives most").isInstanceOf(Message.Unchoke.class);
        sim.runFor(Duration.ofSeconds(90));
        assertThat(lastWord(steady)).isInstanceOf(Message.Unchoke.class);
        assertThat(fickle.heard(Message.Choke.class)).isNotEmpty();
        sim.close();
    }

    /** Has everything but the last piece, so that it can be interested, and sends so many blocks a second. */
    private static FakePeer giver(Simulation sim, IntSupplier blocksPerSecond) {
        var requests = new ArrayDeque<Message.Request>();
        var peer = sim.fakePeer(0);
        peer.greet((self, session) -> {
                    int pieces = sim.content().layout().pieceCount();
                    var most = new Bitfield(pieces);
                    most.setAll();
                    most.clear(pieces - 1);
                    session.send(new Message.BitfieldBytes(ByteBuffer.wrap(most.toWire())));
                    session.send(Message.UNCHOKE);
                    session.send(Message.INTERESTED);
                    everySecond(sim, () -> {
                        for (int i = blocksPerSecond.getAsInt(); i > 0 && !requests.isEmpty(); i--) {
                            session.sendBlock(requests.poll());
                        }
                    });
                })
                .on(Message.Request.class, (session, request) -> requests.add(request));
        return peer;
    }

    private static void everySecond(Simulation sim, Runnable task) {
        sim.time().after(Duration.ofSeconds(1), () -> {
            task.run();
            everySecond(sim, task);
        });
    }

    private static Message lastWord(FakePeer peer) {
        return peer.heard().stream()
                .filter(message -> message instanceof Message.Choke || message instanceof Message.Unchoke)
                .reduce((first, second) -> second)
                .orElse(Message.CHOKE);
    }

    @Test
    void everyLeecherOfABusySeedGetsItsTurn() {
        var sim = swarm(23).content(Format.V1, 256 * KIB, 48 * MIB).slots(2);
        sim.rates(MIB, 4 * MIB).seed();
        // they cannot reach each other: each knows the seed alone
        for (int i = 0; i < 8; i++) {
            var leecher = sim.rates(KIB, 4 * MIB).leecher();
            sim.leechers().stream().filter(other -> other != leecher).forEach(other -> sim.network()
                    .forbid(leecher, other));
        }
        sim.runFor(Duration.ofMinutes(4));
        var got = sim.leechers().stream().mapToLong(sim.network()::bytesTo).summaryStatistics();
        assertThat(got.getMin()).as(got.toString()).isGreaterThan((long) (got.getAverage() / 4));
        assertThat(got.getSum()).as("the line is kept busy").isGreaterThan(220L * MIB);
        sim.close();
    }
}
