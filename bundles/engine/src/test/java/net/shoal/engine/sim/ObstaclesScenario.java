package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.shoal.api.transfer.Obstacle;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import net.shoal.engine.limits.Night;
import net.shoal.engine.limits.Rates;
import net.shoal.engine.limits.Schedule;
import org.junit.jupiter.api.Test;

/** Why is this slow? Each cause is named while it is there, with its figures, and not any more once it is gone. */
class ObstaclesScenario {
    private static final int PIECE = 64 * KIB;
    private static final int PIECES = 64;

    private final Simulation sim = swarm(61).content(Format.V1, PIECE, PIECES * PIECE);

    private static List<Obstacle> obstacles(SimNode node) {
        return node.swarm().report().obstacles();
    }

    private void run(int seconds) {
        sim.runFor(Duration.ofSeconds(seconds));
    }

    private static void find(SimNode node, PeerAddress... addresses) {
        node.swarm().found(List.of(addresses));
    }

    /** Of many bytes a second, and so soon that nobody would ask. */
    private SimNode fastSeed() {
        return sim.rates(4 * MIB, 4 * MIB).seed();
    }

    private static Bitfield pieces(int from, int to) {
        var some = new Bitfield(PIECES);
        for (int piece = from; piece < to; piece++) {
            some.set(piece);
        }
        return some;
    }

    @Test
    void nobodyHasBeenFound() {
        sim.strangers();
        var lonely = sim.leecher();
        run(5);
        assertThat(obstacles(lonely)).containsExactly(new Obstacle.NoPeers());
        find(lonely, fastSeed().address());
        run(1);
        assertThat(obstacles(lonely)).isEmpty();
        sim.close();
    }

    @Test
    void nobodyAnswers() {
        sim.strangers();
        var lonely = sim.leecher();
        find(lonely, PeerAddress.ip(lonely.address().inet().orElseThrow().getAddress(), 9));
        find(lonely, sim.network().nextAddress(), sim.network().nextAddress());
        run(5);
        assertThat(obstacles(lonely)).containsExactly(new Obstacle.NobodyAnswers(3));
        find(lonely, fastSeed().address());
        run(1);
        assertThat(obstacles(lonely)).isEmpty();
        sim.close();
    }

    @Test
    void nobodyTellsWhatIsInIt() {
        sim.strangers();
        var curious = sim.magnetLeecher();
        sim.otherExtensions().extension(new MetadataByHand());
        find(curious, sim.magnetLeecher().address());
        run(5);
        assertThat(obstacles(curious)).containsExactly(new Obstacle.NoMetadata(1));
        sim.close();
    }

    @Test
    void nobodyHasSomePieces() {
        sim.rates(40 * KIB, 4 * MIB).leecherWith(pieces(0, 60));
        var wanting = sim.leecherWith(pieces(0, 4));
        run(5);
        assertThat(obstacles(wanting))
                .contains(new Obstacle.MissingPieces(
                        4, wanting.swarm().report().missing().cardinality(), 60.0 / 64));
        fastSeed().swarm().found(List.of(wanting.address()));
        run(1);
        assertThat(obstacles(wanting)).noneMatch(Obstacle.MissingPieces.class::isInstance);
        sim.close();
    }

    @Test
    void nobodyHasAnythingNew() {
        sim.leecherWith(pieces(0, 10));
        sim.leecherWith(pieces(0, 16));
        var most = sim.leecherWith(pieces(0, 16));
        run(20);
        assertThat(obstacles(most)).containsExactly(new Obstacle.NothingNew(2, 48, 0.25));
        fastSeed();
        run(1);
        assertThat(obstacles(most)).isEmpty();
        sim.close();
    }

    @Test
    void allServeOthersFirst() {
        var busy = busySeed();
        var waiting = sim.leecher();
        run(7);
        assertThat(obstacles(waiting)).containsExactly(new Obstacle.Choked(1));
        busy.sessions().forEach(session -> session.send(Message.UNCHOKE));
        run(2);
        assertThat(obstacles(waiting)).noneMatch(Obstacle.Choked.class::isInstance);
        sim.close();
    }

    /** Has everything, and unchokes nobody by itself. */
    private FakePeer busySeed() {
        return sim.fakePeer(Handshake.FAST)
                .greet((peer, session) -> session.send(new Message.BitfieldBytes(
                        ByteBuffer.wrap(pieces(0, PIECES).toWire()))))
                .on(Message.Request.class, FakePeer.Session::sendBlock);
    }

    @Test
    void peersGiveLittle() {
        sim.rates(30 * KIB, 4 * MIB).seed();
        var leecher = sim.leecher();
        run(10);
        assertThat(obstacles(leecher)).singleElement().satisfies(obstacle -> {
            var slow = (Obstacle.SlowPeers) obstacle;
            assertThat(slow.peers()).isEqualTo(1);
            assertThat(slow.rate()).isBetween(25L * KIB, 31L * KIB);
        });
        fastSeed();
        run(1);
        assertThat(obstacles(leecher)).isEmpty();
        sim.close();
    }

    @Test
    void theDiskIsBehind() {
        sim.memory(MIB, MIB);
        fastSeed();
        var leecher = sim.leecher();
        leecher.disk().stuck(true);
        run(2);
        assertThat(obstacles(leecher)).singleElement().satisfies(obstacle -> assertThat(
                        ((Obstacle.SlowDisk) obstacle).waiting())
                .isGreaterThanOrEqualTo(MIB));
        leecher.disk().stuck(false);
        sim.untilComplete(Duration.ofMinutes(1));
        assertThat(obstacles(leecher)).isEmpty();
        sim.close();
    }

    @Test
    void theDiskIsSlowFromPieceToPiece() {
        sim.memory(8 * PIECE, MIB);
        fastSeed();
        var leecher = sim.leecher();
        leecher.disk().slow(Duration.ofMillis(200));
        for (int i = 0; i < 4; i++) {
            run(2);
            assertThat(obstacles(leecher)).singleElement().isInstanceOf(Obstacle.SlowDisk.class);
        }
        leecher.disk().slow(Duration.ofMillis(1));
        run(4);
        assertThat(obstacles(leecher)).noneMatch(Obstacle.SlowDisk.class::isInstance);
        sim.close();
    }

    @Test
    void aLimitOfTheHourHolds() {
        var limits = sim.newLimits();
        var night = new Night(LocalTime.of(22, 0), LocalTime.of(6, 0), Set.of(java.time.DayOfWeek.values()));
        limits.schedule(new Schedule(Rates.UNLIMITED, new Rates(60 * KIB, 0), Optional.of(night)));
        fastSeed();
        limits.keepTime(LocalDateTime.of(2026, 1, 1, 23, 0));
        var leecher = sim.sharing(limits).leecher();
        run(3);
        assertThat(obstacles(leecher))
                .containsExactly(new Obstacle.RateLimit(false, 60 * KIB, Obstacle.RateLimit.By.SCHEDULE));
        limits.keepTime(LocalDateTime.of(2026, 1, 2, 8, 0));
        leecher.swarm().limitsChanged();
        run(2);
        assertThat(obstacles(leecher)).isEmpty();
        sim.close();
    }

    @Test
    void nobodyCanReachUs() {
        sim.strangers();
        var hidden = sim.leecher();
        var seed = sim.rates(30 * KIB, 4 * MIB).seed();
        find(hidden, seed.address());
        find(
                hidden,
                IntStream.range(0, 5).mapToObj(i -> sim.network().nextAddress()).toArray(PeerAddress[]::new));
        run(10);
        assertThat(obstacles(hidden)).contains(new Obstacle.Unreachable(1));
        find(sim.leecher(), hidden.address());
        run(2);
        assertThat(obstacles(hidden)).noneMatch(Obstacle.Unreachable.class::isInstance);
        sim.close();
    }
}
