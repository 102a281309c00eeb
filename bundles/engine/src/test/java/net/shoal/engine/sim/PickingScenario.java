package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Bitfield;
import net.shoal.base.wire.Message;
import org.junit.jupiter.api.Test;

/** What is fetched when, and from whom. */
class PickingScenario {
    @Test
    void rarePiecesAreFetchedFirst() {
        var sim = swarm(11).content(Format.V1, 64 * KIB, 8 * MIB);
        var rare = Set.of(17, 60, 99);
        var common = new Bitfield(sim.content().layout().pieceCount());
        common.setAll();
        rare.forEach(common::clear);
        // they have all but the rare pieces, and cannot get those: nobody tells them of the seed
        for (int i = 0; i < 4; i++) {
            sim.leecherWith(common);
        }
        sim.seed();
        var newcomer = sim.rates(MIB, MIB / 2).leecher();
        sim.until(() -> newcomer.verified().containsAll(rare), Duration.ofMinutes(2));
        assertThat(newcomer.verified().size())
                .as("verified when it had the rare ones, out of 128")
                .isLessThan(45);
        sim.untilComplete(Duration.ofMinutes(2));
        sim.close();
    }

    /** What rarest first is for: leechers fetch from the seed what they cannot have from each other. */
    @Test
    void theSeedMayGoBeforeItHasGivenTwoCopies() {
        var sim = swarm(12)
                .content(Format.V1, 64 * KIB, 12 * MIB)
                .rates(MIB / 2, 4 * MIB)
                .seeds(1)
                .leechers(6);
        var seed = sim.seed(0);
        int pieces = sim.content().layout().pieceCount();
        sim.until(
                () -> sim.leechers().stream()
                                .flatMap(leecher -> leecher.verified().stream())
                                .distinct()
                                .count()
                        == pieces,
                Duration.ofMinutes(3));
        assertThat(sim.network().bytesFrom(seed)).as("of 12 MiB").isLessThan(18L * MIB);
        sim.remove(seed);
        sim.untilComplete(Duration.ofMinutes(3));
        sim.close();
    }

    @Test
    void aPeerThatNeverAnswersDoesNotHoldUpTheEnd() {
        var sim = swarm(13).content(Format.V1, 256 * KIB, 6 * MIB).rates(MIB, 4 * MIB);
        var silent = sim.fakePeer(0).seeds();
        var mute = sim.fakePeer(0).greet((peer, session) -> {
            var all = new Bitfield(sim.content().layout().pieceCount());
            all.setAll();
            session.send(new Message.BitfieldBytes(ByteBuffer.wrap(all.toWire())));
            session.send(Message.UNCHOKE);
        });
        sim.leecher();
        sim.untilComplete(Duration.ofSeconds(12));
        assertThat(mute.heard(Message.Request.class)).as("it was asked").isNotEmpty();
        assertThat(silent.heard(Message.Cancel.class).size()
                        + mute.heard(Message.Cancel.class).size())
                .as("and told that it is not needed any more")
                .isPositive();
        sim.close();
    }

    /** With two slow and one fast peer: the last blocks are not left to the slow ones. */
    @Test
    void theEndIsNotLeftToTheSlowest() {
        var sim = swarm(14).content(Format.V1, 256 * KIB, 8 * MIB);
        sim.rates(8 * KIB, MIB).seeds(2);
        sim.rates(MIB, 4 * MIB).seeds(1).leechers(1);
        sim.untilComplete(Duration.ofSeconds(14));
        assertThat(sim.network().bytesTo(sim.leecher(0))).isLessThan(9L * MIB);
        sim.close();
    }

    @Test
    void whatASnubbingPeerWasAskedForIsFetchedFromOthers() {
        var sim = swarm(15).content(Format.V1, 64 * KIB, 4 * MIB);
        int[] sent = {0};
        var tired = sim.fakePeer(0)
                .greet((peer, session) -> {
                    var all = new Bitfield(sim.content().layout().pieceCount());
                    all.setAll();
                    session.send(new Message.BitfieldBytes(ByteBuffer.wrap(all.toWire())));
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, (session, request) -> {
                    if (sent[0]++ < 40) {
                        session.sendBlock(request);
                    }
                });
        var leecher = sim.leecher();
        sim.runFor(Duration.ofSeconds(10));
        assertThat(sent[0]).isGreaterThan(40);
        sim.rates(64 * KIB, MIB).seed();
        leecher.swarm().found(List.of(sim.seed(0).address()));
        sim.untilComplete(Duration.ofMinutes(2));
        assertThat(sim.network().bytes(sim.seed(0), leecher)).isGreaterThan(3L * MIB);
        assertThat(tired.heard(Message.Request.class)).isNotEmpty();
        sim.close();
    }
}
