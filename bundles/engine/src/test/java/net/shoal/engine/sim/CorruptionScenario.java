package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Random;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import net.shoal.engine.testing.Campaign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many who send something else than they should: they are found by what they sent, and nobody else is (rows R7, R8 and S4 of the targets). */
class CorruptionScenario {
    private static final int PIECE = 256 * KIB;
    private static final int BLOCK = 16 * KIB;
    /** Where a piece has more than 32 blocks nobody can be found sooner than by the first; the second is for who shared that with another. */
    private static final int PIECES = 2;
    /** What comes of one peer at most until the leaves of its piece have come: 1 or 2 as a rule, 6 in the worst of 100 rounds. */
    private static final int BEFORE_LEAVES = 8;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void whereThirtyPercentSpoilWhatTheySendEachIsFoundAndNobodyElse(Format format) {
        for (int pieceLength : new int[] {32 * KIB, 256 * KIB, 1 * MIB}) {
            int worst = 0;
            for (int round = 0; round < Campaign.rounds(100, 3); round++) {
                worst = Math.max(worst, thirtyPercent(format, pieceLength, 5100 + round));
            }
            System.out.printf(
                    "R7, %s, pieces of %d KiB: %d bad blocks taken of one peer at most%n",
                    format, pieceLength / KIB, worst);
        }
    }

    /** @return how many bad blocks a leecher took from one peer at most */
    private static int thirtyPercent(Format format, int pieceLength, long seed) {
        var random = new Random(seed);
        var sim = swarm(seed).content(format, pieceLength, 12 * MIB);
        var bad = new ArrayList<FakePeer>();
        for (int i = 0; i < 10; i++) {
            sim.rates((64 + random.nextInt(960)) * (long) KIB, 4 * MIB);
            if (i % 10 < 3) {
                bad.add(spoiler(sim, format, random.nextInt(4), new Random(seed + i)));
            } else {
                sim.seed();
            }
        }
        sim.leechers(3);
        sim.untilComplete(Duration.ofMinutes(5));
        int worst = 0;
        for (var leecher : sim.leechers()) {
            for (var good : sim.nodes()) {
                assertThat(leecher.swarm().isBanned(good.address()))
                        .as("banned: " + good + "; " + sim)
                        .isFalse();
            }
            for (var peer : bad) {
                int blocks = sim.network().badBlocks(peer, leecher);
                worst = Math.max(worst, blocks);
                assertThat(blocks)
                        .as("bad blocks taken of " + peer.address() + "; " + sim)
                        .isLessThanOrEqualTo(most(format, pieceLength / BLOCK));
                if (blocks > 1) {
                    assertThat(leecher.swarm().isBanned(peer.address()))
                            .as("found after " + blocks + "; " + sim)
                            .isTrue();
                }
            }
        }
        sim.close();
        return worst;
    }

    /** v2 can tell of the first block, unless the piece is whole before it is known what should be in it. */
    private static int most(Format format, int blocks) {
        return format == Format.V1 ? Math.max(32, PIECES * blocks) : BEFORE_LEAVES;
    }

    /** Spoils all it sends, or half, or an eighth of it, or a single block. */
    private static FakePeer spoiler(Simulation sim, Format format, int kind, Random random) {
        long reserved = Handshake.FAST | (format == Format.HYBRID ? Handshake.V2 : 0);
        int[] sent = {0};
        int alone = random.nextInt(30);
        return sim.fakePeer(reserved)
                .greet((peer, session) -> {
                    session.send(Message.HAVE_ALL);
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, (session, request) -> {
                    boolean spoils =
                            switch (kind) {
                                case 0 -> true;
                                case 1 -> random.nextInt(2) == 0;
                                case 2 -> random.nextInt(8) == 0;
                                default -> sent[0] == alone;
                            };
                    sent[0]++;
                    if (spoils) {
                        session.sendBadBlock(request);
                    } else {
                        session.sendBlock(request);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void whereNinetyPercentSpoilItTheOneGoodSeedIsHardlySlowedDown(Format format) {
        double worst = Double.MAX_VALUE;
        for (int round = 0; round < Campaign.rounds(20, 2); round++) {
            var alone = ninetyPercent(format, 5300 + round, 0);
            var crowd = ninetyPercent(format, 5300 + round, 9);
            double speed = (double) alone.toMillis() / crowd.toMillis();
            worst = Math.min(worst, speed);
        }
        System.out.printf(Locale.ROOT, "R8, %s: %.3f of the speed of the good seed alone%n", format, worst);
        assertThat(worst).isGreaterThanOrEqualTo(0.9);
    }

    private static Duration ninetyPercent(Format format, long seed, int spoilers) {
        var random = new Random(seed);
        var sim = swarm(seed).content(format, PIECE, 48 * MIB).rates(MIB, 8 * MIB);
        sim.seed();
        for (int i = 0; i < spoilers; i++) {
            sim.rates((64 + random.nextInt(1984)) * (long) KIB, 4 * MIB);
            spoiler(sim, format, random.nextInt(3), new Random(seed + i));
        }
        sim.rates(MIB, 8 * MIB);
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(10));
        sim.close();
        return sim.leecher(0).completedAt();
    }

    /** What it costs to look at single blocks (BEP 52). */
    @Test
    void whereAllAreHonestOnlyThePiecesThatNewcomersBeginWithAreLookedAt() {
        var sim = swarm(5701).content(Format.V2, MIB, 48 * MIB).rates(MIB, 4 * MIB);
        sim.seeds(3);
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(sim.network().leafRequests()).as("for 48 pieces").isBetween(1, 12);
        sim.close();
    }

    @Test
    void whoIsAloneAndFastIsHardlyAskedWhatItsBlocksShouldBe() {
        var sim = swarm(5702).content(Format.V2, MIB, 16 * MIB).rates(8 * MIB, 16 * MIB);
        sim.seed();
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(sim.network().leafRequests()).as("for 16 pieces").isLessThanOrEqualTo(1);
        sim.close();
    }

    /** v1: who it was is known only when the piece has come again. */
    @Test
    void whoHasLeftBeforeItIsFoundIsNotLetInAgain() {
        var sim = swarm(5501).content(Format.V1, PIECE, 4 * MIB).rates(256 * KIB, 4 * MIB);
        sim.seeds(2);
        int[] asked = {0};
        var fleeting = sim.fakePeer().greet((peer, session) -> {
            session.send(Message.HAVE_ALL);
            session.send(Message.UNCHOKE);
        });
        fleeting.on(Message.Request.class, (session, request) -> {
            if (asked[0]++ == 0) {
                session.sendBadBlock(request);
                sim.time().after(Duration.ofSeconds(1), session::leave);
            }
        });
        var leecher = sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(sim.network().badBlocks(fleeting, leecher)).isEqualTo(1);
        assertThat(leecher.swarm().isBanned(fleeting.address())).isTrue();
        sim.close();
    }

    /** A torrent that nobody can deliver: who made it so is not among the peers. */
    @Test
    void aHybridWhoseHashesContradictEachOtherCostsNobodyAnything() {
        var sim = swarm(5601).content(Format.HYBRID, PIECE, 4 * MIB, 300_000).contradicting(7);
        sim.seeds(3);
        var leecher = sim.leecher();
        sim.until(() -> leecher.contradiction() != null, Duration.ofMinutes(1));
        assertThat(leecher.contradiction()).isEqualTo(7);
        sim.runFor(Duration.ofMinutes(2));
        assertThat(sim.network().bytesTo(leecher))
                .as("it is not fetched again and again")
                .isLessThan(6L * MIB);
        for (var node : sim.nodes()) {
            assertThat(leecher.swarm().isBanned(node.address())).isFalse();
        }
        sim.close();
    }

    /** What is behind the end of a file is zeros for everybody. */
    @Test
    void junkInPaddingContradictsNothing() {
        var sim = swarm(5602).content(Format.HYBRID, PIECE, 300_001, 300_001);
        var junk = sim.fakePeer(Handshake.FAST | Handshake.V2).greet((peer, session) -> {
            session.send(Message.HAVE_ALL);
            session.send(Message.UNCHOKE);
        });
        junk.on(Message.Request.class, (session, request) -> {
            long begin = (long) request.piece() * PIECE + request.offset();
            session.sendBlock(
                    request, begin + request.length() > 300_001 && begin <= 300_001 ? 300_001 - begin : BLOCK);
        });
        var leecher = sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(sim.network().badBlocks(junk, leecher)).isEqualTo(1);
        assertThat(leecher.contradiction()).isNull();
        sim.close();
    }
}
