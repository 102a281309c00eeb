package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.stream.IntStream;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.wire.ExtendedHandshake;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** Lines on which much is under way at once: what has been asked for is what fills them. */
class LongPathScenario {
    private static final int BLOCK = 16 * KIB;
    private static final long MEGABIT = 1_000_000 / 8;

    @Test
    void oneSeedFillsALongFatLine() {
        assertThat(shareOfLine(151, 150 * MEGABIT, Duration.ofMillis(40), 48 * MIB))
                .as("of 150 Mbit/s with 80 ms there and back")
                .isGreaterThan(0.9);
    }

    /** 25 MB are under way at once, more than three seconds of what comes at first. */
    @Test
    void oneSeedFillsALineAroundTheWorld() {
        assertThat(shareOfLine(152, 1_000 * MEGABIT, Duration.ofMillis(100), 256 * MIB))
                .as("of 1 Gbit/s with 200 ms there and back, its start included")
                .isGreaterThan(0.6);
    }

    /** From the first block to the last. */
    private static double shareOfLine(long seed, long rate, Duration oneWay, int length) {
        var sim = swarm(seed)
                .content(Format.V1, MIB, length)
                .rates(rate, rate)
                .latency(oneWay)
                .seeds(1)
                .leechers(1);
        sim.until(() -> sim.network().bytesFrom(sim.seed(0)) > 0, Duration.ofSeconds(5));
        var from = sim.time().elapsed();
        sim.untilComplete(Duration.ofMinutes(1));
        var took = sim.leecher(0).completedAt().minus(from);
        sim.close();
        return length / (rate * (took.toNanos() / 1e9));
    }

    @Test
    void whoTakesManyRequestsIsAskedForMany() {
        assertThat(mostAskedFor(153, 2_000)).isBetween(1_900, 2_000);
    }

    @Test
    void whoTakesFewIsNotAskedForMore() {
        assertThat(mostAskedFor(154, 100)).isBetween(90, 100);
    }

    /** At once, of a seed that sends 40 MB a second and says that it keeps so many. */
    private static int mostAskedFor(long seed, int requestQueue) {
        var sim = swarm(seed).content(Format.V1, MIB, 80 * MIB).rates(200 * MIB, 200 * MIB);
        sim.latency(Duration.ofMillis(1));
        var asked = new ArrayDeque<Message.Request>();
        int[] most = {0};
        sim.fakePeer()
                .greet((self, session) -> {
                    var says = BDict.builder().put("reqq", requestQueue).build();
                    session.send(new Message.Extended(ExtendedHandshake.MESSAGE_ID, says.encoded()));
                    session.send(Message.HAVE_ALL);
                    session.send(Message.UNCHOKE);
                    answer(sim, session, asked);
                })
                .on(Message.Request.class, (session, request) -> {
                    asked.add(request);
                    most[0] = Math.max(most[0], asked.size());
                });
        sim.leechers(1);
        sim.untilComplete(Duration.ofMinutes(1));
        sim.close();
        return most[0];
    }

    private static void answer(Simulation sim, FakePeer.Session session, ArrayDeque<Message.Request> asked) {
        sim.time().after(Duration.ofMillis(10), () -> {
            IntStream.range(0, Math.min(25, asked.size())).forEach(i -> session.sendBlock(asked.remove()));
            if (session.isOpen()) {
                answer(sim, session, asked);
            }
        });
    }

    @Test
    void asManyRequestsAsWeSayWeTakeAreAnswered() {
        var sim = swarm(155).content(Format.V1, MIB, 64 * MIB).rates(200 * MIB, 200 * MIB);
        var seed = sim.seed();
        int[] told = {0};
        var greedy = sim.fakePeer()
                .greet((self, session) -> session.send(Message.INTERESTED))
                .on(Message.Extended.class, (session, said) -> told[0] = told[0] == 0 ? requestQueue(said) : told[0])
                .on(Message.Unchoke.class, (session, unchoked) -> IntStream.range(0, told[0])
                        .forEach(i -> session.send(new Message.Request(i / 64, i % 64 * BLOCK, BLOCK))));
        greedy.dial(seed);
        sim.runFor(Duration.ofSeconds(10));
        assertThat(told[0]).isGreaterThanOrEqualTo(2_000);
        assertThat(greedy.heard(Message.Piece.class)).hasSize(told[0]);
        assertThat(greedy.heard(Message.RejectRequest.class)).isEmpty();
        sim.close();
    }

    private static int requestQueue(Message.Extended said) {
        try {
            var dict = BencodeReader.LENIENT.readDict(
                    ByteBuffer.allocate(said.payload().remaining())
                            .put(said.payload().duplicate())
                            .flip());
            return ExtendedHandshake.of(dict).requestQueue().orElseThrow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
