package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** The first seed of a torrent sends as little as can be twice (BEP 16). */
class SuperSeedingScenario {
    private static final int SIZE = 16 * MIB;
    private static final int LEECHERS = 10;

    private record Run(double sent, Duration firstCopy, Duration all) {}

    /** Content that a seed with a bounded line sent until somebody else had all of it, and how long that took. */
    private static Run run(long seed, boolean superSeeding) {
        var sim = swarm(seed).content(Format.V1, 128 * KIB, SIZE).rates(256 * KIB, 4 * MIB);
        var first = sim.seed();
        first.swarm().superSeed(superSeeding);
        sim.rates(512 * KIB, 4 * MIB).leechers(LEECHERS);
        sim.until(() -> sim.leechers().stream().anyMatch(SimNode::isComplete), Duration.ofMinutes(30));
        var firstCopy = sim.time().elapsed();
        double sent = (double) sim.network().bytesFrom(first) / SIZE;
        sim.untilComplete(Duration.ofMinutes(30));
        var result = new Run(sent, firstCopy, sim.time().elapsed());
        sim.close();
        return result;
    }

    @Test
    void sendsHardlyMoreThanTheContentOnce() {
        for (long seed = 90; seed < 93; seed++) {
            var normal = run(seed, false);
            var superSeeding = run(seed, true);
            assertThat(superSeeding.sent)
                    .as("copies sent, seed %d; normal seeding: %s, super-seeding: %s", seed, normal, superSeeding)
                    .isLessThan(1.1)
                    .isLessThan(normal.sent);
            assertThat(superSeeding.all.toSeconds())
                    .as("and all have it sooner: %s, %s", normal, superSeeding)
                    .isLessThan(normal.all.toSeconds());
        }
    }

    @Test
    void aloneWithOnePeerItGivesAllItHas() {
        var sim = swarm(95).content(Format.HYBRID, 64 * KIB, 4 * MIB, 100_000).rates(MIB, 4 * MIB);
        sim.seed().swarm().superSeed(true);
        sim.leecher();
        sim.untilComplete(Duration.ofSeconds(30));
        sim.close();
    }

    @Test
    void toANewPeerItLooksLikeOneThatHasNothingAndTellsOfOnePieceAtATime() {
        var sim = swarm(96).content(Format.V1, 64 * KIB, 4 * MIB);
        var seed = sim.seed();
        seed.swarm().superSeed(true);
        var curious = sim.fakePeer();
        curious.greet((peer, session) -> {
            session.send(Message.HAVE_NONE);
            session.send(Message.INTERESTED);
            session.send(new Message.Request(0, 0, 16 * KIB));
            session.send(new Message.Request(63, 0, 16 * KIB));
        });
        curious.dial(seed);
        sim.runFor(Duration.ofSeconds(20));
        assertThat(curious.heard(Message.HaveNone.class)).hasSize(1);
        assertThat(curious.heard(Message.HaveAll.class)).isEmpty();
        assertThat(curious.heard(Message.Have.class)).hasSize(1);
        assertThat(curious.heard(Message.RejectRequest.class))
                .as("what it was not told of is not there")
                .hasSizeGreaterThanOrEqualTo(1);
        sim.close();
    }

    /** A peer that takes and gives nothing. */
    @Test
    void whoPassesNothingOnGetsLittle() {
        var sim = swarm(97).content(Format.V1, 64 * KIB, 8 * MIB).rates(MIB, 4 * MIB);
        var seed = sim.seed();
        seed.swarm().superSeed(true);
        var greedy = sim.fakePeer();
        greedy.greet((peer, session) -> {
                    session.send(Message.HAVE_NONE);
                    session.send(Message.INTERESTED);
                })
                .on(Message.Have.class, (session, have) -> {
                    for (int offset = 0; offset < 64 * KIB; offset += 16 * KIB) {
                        session.send(new Message.Request(have.piece(), offset, 16 * KIB));
                    }
                })
                .on(Message.Piece.class, (session, piece) -> {
                    if (piece.offset() == 48 * KIB) {
                        session.send(new Message.Have(piece.piece()));
                    }
                });
        greedy.dial(seed);
        sim.fakePeer().greet((peer, session) -> session.send(Message.HAVE_NONE)).dial(seed);
        sim.runFor(Duration.ofSeconds(55));
        assertThat(sim.network().bytesTo(greedy)).isBetween(64L * KIB, 6 * 64L * KIB);
        sim.close();
    }

    @Test
    void itRestsWhenAnotherSeedIsThereAndEndsWhenTheUserSaysSo() {
        var sim = swarm(98).content(Format.V1, 64 * KIB, 4 * MIB);
        var seed = sim.seed();
        seed.swarm().superSeed(true);
        var first = sim.fakePeer();
        first.dial(seed);
        sim.runFor(Duration.ofSeconds(3));
        assertThat(first.heard(Message.Have.class)).hasSize(1);
        var other = sim.fakePeer().greet((peer, session) -> session.send(Message.HAVE_ALL));
        other.dial(seed);
        sim.runFor(Duration.ofSeconds(3));
        assertThat(first.heard(Message.Have.class)).as("now of all").hasSize(64);
        var second = sim.fakePeer();
        second.dial(seed);
        sim.runFor(Duration.ofSeconds(3));
        assertThat(second.heard(Message.HaveAll.class)).hasSize(1);
        seed.swarm().superSeed(false);
        sim.runFor(Duration.ofSeconds(3));
        assertThat(first.heard(Message.Have.class)).hasSize(64);
        sim.close();
    }

    @Test
    void switchedOnLaterThoseWhoKnowComeAgain() {
        var sim = swarm(99).content(Format.V1, 128 * KIB, 8 * MIB).rates(128 * KIB, 4 * MIB);
        var seed = sim.seed();
        sim.leechers(4);
        sim.runFor(Duration.ofSeconds(10));
        seed.swarm().superSeed(true);
        sim.runFor(Duration.ofSeconds(1));
        sim.untilComplete(Duration.ofMinutes(10));
        sim.close();
    }
}
