package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.swarm;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Bitfield;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** Swarms of any shape complete and leave nothing behind. What fails says which seed it was. */
class RandomSwarmsScenario {
    private static final Format[] FORMATS = {Format.V1, Format.V2, Format.HYBRID};

    @Test
    void everySwarmWithASeedCompletes() {
        for (long seed = 1_000; seed < 1_025; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        var random = new Random(seed);
        var sim = shape(swarm(seed), random);
        if (random.nextInt(3) == 0) {
            spoilingEvery(7, sim, random);
        }
        if (random.nextInt(3) == 0) {
            forgettingEvery(5, sim, random);
        }
        for (int i = random.nextInt(8); i >= 0; i--) {
            if (random.nextInt(3) == 0) {
                sim.magnetLeecher();
            } else {
                sim.leecher();
            }
            sim.runFor(Duration.ofMillis(random.nextInt(2_000)));
        }
        disturb(sim, random);
        sim.untilComplete(Duration.ofMinutes(15));
        sim.close();
    }

    private static Simulation shape(Simulation sim, Random random) {
        int[] files = random.ints(1L + random.nextInt(6), 1, random.nextBoolean() ? 100_000 : 1_500_000)
                .toArray();
        int pieceLength = (16 << random.nextInt(5)) * KIB;
        return sim.content(FORMATS[random.nextInt(FORMATS.length)], pieceLength, files)
                .extension(new MetadataByHand())
                .rates((long) (32 << random.nextInt(6)) * KIB, (long) (512 << random.nextInt(4)) * KIB)
                .latency(Duration.ofMillis(1 + random.nextInt(150)))
                .slots(random.nextInt(4))
                .seeds(1 + random.nextInt(2));
    }

    private static void spoilingEvery(int nth, Simulation sim, Random random) {
        int[] asked = {0};
        seedLike(sim, random).on(Message.Request.class, (session, request) -> {
            if (++asked[0] % nth == 0) {
                session.sendBadBlock(request);
            } else {
                session.sendBlock(request);
            }
        });
    }

    private static void forgettingEvery(int nth, Simulation sim, Random random) {
        int[] asked = {0};
        seedLike(sim, random).on(Message.Request.class, (session, request) -> {
            if (++asked[0] % nth != 0) {
                session.sendBlock(request);
            }
        });
    }

    private static FakePeer seedLike(Simulation sim, Random random) {
        return sim.fakePeer(random.nextBoolean() ? Handshake.FAST : 0).greet((peer, session) -> {
            var all = new Bitfield(sim.content().layout().pieceCount());
            all.setAll();
            session.send(new Message.BitfieldBytes(ByteBuffer.wrap(all.toWire())));
            session.send(Message.UNCHOKE);
        });
    }

    private static void disturb(Simulation sim, Random random) {
        for (int i = random.nextInt(6); i > 0; i--) {
            sim.runFor(Duration.ofMillis(random.nextInt(4_000)));
            var leecher = sim.leecher(random.nextInt(sim.leechers().size()));
            if (random.nextBoolean() && sim.leechers().size() > 1) {
                sim.remove(leecher);
            } else {
                sim.network().cut(sim.seed(0), leecher);
            }
        }
    }
}
