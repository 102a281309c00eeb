package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that send something else than they should. */
class BadPeersScenario {
    private static final int BLOCK = 16 * KIB;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void aPeerThatCorruptsBlocksIsFoundAndTheDownloadCompletes(Format format) {
        var sim = swarm(51).content(format, 128 * KIB, 6 * MIB).rates(256 * KIB, 2 * MIB);
        int[] asked = {0};
        var honest = sim.fakePeer(reservedOf(format)).seeds();
        var corrupt = sim.fakePeer(reservedOf(format));
        corrupt.greet((peer, session) -> {
                    session.send(Message.HAVE_ALL);
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, (session, request) -> {
                    if (asked[0]++ % 16 == 5) {
                        session.sendBadBlock(request);
                    } else {
                        session.sendBlock(request);
                    }
                });
        sim.seeds(1);
        sim.leecher();
        sim.untilComplete(Duration.ofMinutes(3));
        assertThat(asked[0]).as("it had its chance").isGreaterThan(5);
        assertThat(corrupt.sessions()).as("it was shut out").isEmpty();
        assertThat(honest.sessions()).as("who sends what it should was not").hasSize(1);
        sim.close();
    }

    private static long reservedOf(Format format) {
        long bits = Handshake.FAST;
        return format == Format.HYBRID ? bits | Handshake.V2 : bits;
    }

    /** v2: the leaves are asked for, and only the bad block is fetched again. */
    @Test
    void oneBadBlockCostsOneBlock() {
        var sim = swarm(52).content(Format.V2, 1 * MIB, 5 * MIB).rates(512 * KIB, 2 * MIB);
        int[] bad = {0};
        var corrupt = sim.fakePeer();
        corrupt.greet((peer, session) -> {
                    session.send(Message.HAVE_ALL);
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, (session, request) -> {
                    if (bad[0]++ == 3) {
                        session.sendBadBlock(request);
                    } else {
                        session.sendBlock(request);
                    }
                });
        var seed = sim.seed();
        var leecher = sim.leecher();
        sim.untilComplete(Duration.ofMinutes(3));
        assertThat(corrupt.sessions()).isEmpty();
        long got = sim.network().bytesTo(leecher);
        assertThat(got - 5L * MIB)
                .as("fetched in excess, of which " + sim.network().bytes(seed, leecher) + " from the seed")
                .isLessThan(40L * BLOCK);
        sim.close();
    }

    @Test
    void badPeersDoNotMakeARunDifferFromItsRepetition() {
        assertThat(traceOfABadPeer()).isEqualTo(traceOfABadPeer());
    }

    private static long traceOfABadPeer() {
        var sim = swarm(54).content(Format.V1, 256 * KIB, 2 * MIB);
        for (int i = 0; i < 4; i++) {
            sim.fakePeer(0).seeds();
        }
        int[] asked = {0};
        sim.fakePeer()
                .greet((peer, session) -> {
                    session.send(Message.HAVE_ALL);
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, (session, request) -> {
                    if (asked[0]++ % 4 == 0) {
                        session.sendBadBlock(request);
                    } else {
                        session.sendBlock(request);
                    }
                });
        sim.leechers(2);
        sim.untilComplete(Duration.ofMinutes(3));
        return sim.time().trace();
    }

    /** A small question can be a large answer, or much reading. */
    @Test
    void whoAsksForHashesAllTheTimeIsGivenSomeAndThenShutOut() {
        var sim = swarm(55).content(Format.V2, MIB, 8 * MIB).rates(4 * MIB, 4 * MIB);
        var seed = sim.seed();
        var root = sim.content().metainfo().info().files().get(0).piecesRoot().orElseThrow();
        var leaves = new Message.HashRequest(root, 0, 0, 512, 0);
        var curious = sim.fakePeer().greet((peer, session) -> {
            for (int i = 0; i < 400; i++) {
                sim.time().after(Duration.ofMillis(20L * i), () -> session.send(leaves));
            }
        });
        curious.dial(seed);
        sim.runFor(Duration.ofSeconds(9));
        assertThat(curious.heard(Message.Hashes.class)).hasSizeBetween(1, 10);
        assertThat(curious.heard(Message.HashReject.class)).hasSizeGreaterThan(380);
        assertThat(curious.sessions()).as("it may stay").hasSize(1);
        var shameless = sim.fakePeer().greet((peer, session) -> {
            for (int i = 0; i < 1_100; i++) {
                session.send(leaves);
            }
        });
        shameless.dial(seed);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(shameless.sessions()).isEmpty();
        sim.close();
    }

    @Test
    void hashesThatProveNothingBanWhoSentThem() {
        var sim = swarm(53).content(Format.V2, 32 * KIB, 3 * MIB).extension(new MetadataByHand());
        var liar = sim.fakePeer(Handshake.FAST);
        liar.greet((peer, session) -> session.send(Message.HAVE_ALL)).on(Message.HashRequest.class, (session, r) -> {
            var lies = Collections.nCopies(
                    r.length() + Math.max(0, r.proofLayers() - Integer.numberOfTrailingZeros(r.length()) + 1),
                    Sha256Hash.ZERO);
            session.send(
                    new Message.Hashes(r.piecesRoot(), r.baseLayer(), r.index(), r.length(), r.proofLayers(), lies));
        });
        var leecher = sim.magnetLeecher();
        sim.runFor(Duration.ofSeconds(2));
        sim.seed();
        leecher.swarm().found(List.of(sim.seed(0).address()));
        sim.untilComplete(Duration.ofMinutes(2));
        assertThat(liar.heard(Message.HashRequest.class)).isNotEmpty();
        assertThat(liar.sessions()).isEmpty();
        sim.close();
    }
}
