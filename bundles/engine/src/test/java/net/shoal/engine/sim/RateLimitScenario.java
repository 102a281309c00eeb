package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import net.shoal.api.transfer.Obstacle;
import net.shoal.api.transfer.Obstacle.RateLimit;
import net.shoal.api.transfer.Obstacle.RateLimit.By;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Block;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.WireReader;
import net.shoal.engine.limits.Night;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.limits.Rates;
import net.shoal.engine.limits.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of payload a second: they hold within 5 % (or two blocks) over 10 s, and are shared. */
class RateLimitScenario {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final Simulation sim =
            swarm(41).content(Format.V1, 256 * KIB, 16 * MIB).rates(512 * KIB, 4 * MIB);
    /** Each is a transfer of the node under test. */
    private final List<SimNode> transfers = new ArrayList<>();

    private final NodeLimits node = sim.newLimits();

    /** Transfers that download, each from so many seeds that serve it alone. */
    private void downloads(int... seeds) {
        for (int count : seeds) {
            transfer(() -> sim.leecher(), () -> sim.seed(), count);
        }
    }

    private void uploads(int... leechers) {
        for (int count : leechers) {
            transfer(() -> sim.seed(), () -> sim.leecher(), count);
        }
    }

    private void transfer(Supplier<SimNode> ours, Supplier<SimNode> other, int count) {
        sim.sharing(node);
        transfers.add(alone(ours.get()));
        sim.sharing(null);
        for (int i = 0; i < count; i++) {
            alone(other.get(), transfers.get(transfers.size() - 1));
        }
    }

    /** It meets nobody but these. */
    private SimNode alone(SimNode one, SimNode... but) {
        sim.nodes().stream()
                .filter(there -> there != one && !List.of(but).contains(there))
                .forEach(there -> sim.network().forbid(one, there));
        return one;
    }

    private void down(long rate) {
        node.down().limit(rate);
        transfers.forEach(transfer -> transfer.swarm().limitsChanged());
    }

    private void up(long rate) {
        node.up().limit(rate);
        transfers.forEach(transfer -> transfer.swarm().limitsChanged());
    }

    private void own(SimNode transfer, long down, long up) {
        transfer.swarm().limit(new TransferLimits(down, up, 0, OptionalDouble.empty(), Optional.empty()));
    }

    /** Bytes a second of each transfer, over ten seconds. */
    private List<Long> rates(ToLongFunction<SimNode> bytes) {
        var before = transfers.stream().map(bytes::applyAsLong).toList();
        sim.runFor(WINDOW);
        var rates = new ArrayList<Long>();
        for (int i = 0; i < transfers.size(); i++) {
            rates.add((bytes.applyAsLong(transfers.get(i)) - before.get(i)) / WINDOW.toSeconds());
        }
        return rates;
    }

    private List<Long> downRates() {
        return rates(sim.network()::bytesTo);
    }

    private List<Long> upRates() {
        return rates(sim.network()::bytesFrom);
    }

    private static void assertRate(List<Long> rates, long limit) {
        assertRate(rates, limit, 2 * Block.SIZE);
    }

    /** @param slack bytes more or less in the whole window, where that is more than a twentieth */
    private static void assertRate(List<Long> rates, long limit, long slack) {
        long sum = rates.stream().mapToLong(Long::longValue).sum();
        assertThat(sum).as(rates.toString()).isCloseTo(limit, within(Math.max(limit / 20, slack / WINDOW.toSeconds())));
    }

    private static void assertEven(List<Long> rates) {
        double mean = rates.stream().mapToLong(Long::longValue).average().orElseThrow();
        assertThat(rates).allSatisfy(rate -> assertThat((double) rate).isCloseTo(mean, within(mean / 10)));
    }

    @Test
    void theLimitThatHoldsATransferBackIsNamed() {
        downloads(1, 2);
        sim.runFor(Duration.ofSeconds(2));
        assertThat(heldBack(0)).isEmpty();
        down(60 * KIB);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(heldBack(0)).containsExactly(new RateLimit(false, 60 * KIB, By.NODE));
        own(transfers.get(0), 20 * KIB, 0);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(heldBack(0)).containsExactly(new RateLimit(false, 20 * KIB, By.TRANSFER));
        assertThat(heldBack(1)).containsExactly(new RateLimit(false, 60 * KIB, By.NODE));
        own(transfers.get(0), 0, 0);
        down(100 * MIB);
        sim.runFor(Duration.ofSeconds(5));
        assertThat(heldBack(0)).as("the line is slower than the limit").isEmpty();
        sim.close();
    }

    private List<Obstacle> heldBack(int transfer) {
        return transfers.get(transfer).swarm().report().obstacles().stream()
                .filter(RateLimit.class::isInstance)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {60 * KIB, 600 * KIB})
    void transfersShareWhatTheNodeMayReceiveEvenly(int limit) {
        downloads(1, 2, 5);
        down(limit);
        sim.runFor(Duration.ofSeconds(8));
        for (int i = 0; i < 2; i++) {
            var rates = downRates();
            assertRate(rates, limit);
            assertEven(rates);
        }
        sim.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {60 * KIB, 600 * KIB})
    void transfersShareWhatTheNodeMaySendEvenly(int limit) {
        uploads(1, 2, 5);
        up(limit);
        sim.runFor(Duration.ofSeconds(8));
        for (int i = 0; i < 2; i++) {
            var rates = upRates();
            assertRate(rates, limit);
            assertEven(rates);
        }
        sim.close();
    }

    @Test
    void whatOneTransferDoesNotUseTheOthersGet() {
        sim.rates(20 * KIB, 4 * MIB);
        downloads(1);
        sim.rates(512 * KIB, 4 * MIB);
        downloads(1, 1);
        down(400 * KIB);
        sim.runFor(Duration.ofSeconds(10));
        var rates = downRates();
        assertRate(rates, 400 * KIB);
        assertThat(rates.get(0)).isGreaterThan(18 * KIB);
        assertEven(rates.subList(1, 3));
        sim.close();
    }

    @Test
    void peersOfATransferGetTheSame() {
        uploads(5);
        own(transfers.get(0), 0, 200 * KIB);
        sim.runFor(Duration.ofSeconds(20));
        var before = sim.leechers().stream().map(sim.network()::bytesTo).toList();
        sim.runFor(Duration.ofSeconds(40));
        var got = new ArrayList<Long>();
        for (int i = 0; i < before.size(); i++) {
            got.add(sim.network().bytesTo(sim.leecher(i)) - before.get(i));
        }
        assertRate(got, 40 * 200 * KIB);
        assertEven(got);
        sim.close();
    }

    @Test
    void aTransferKeepsWithinItsOwnLimitsAndTheOthersHaveTheRest() {
        downloads(2, 2);
        down(500 * KIB);
        own(transfers.get(0), 100 * KIB, 0);
        sim.runFor(Duration.ofSeconds(5));
        var rates = downRates();
        assertRate(rates.subList(0, 1), 100 * KIB);
        assertRate(rates, 500 * KIB);
        sim.close();
    }

    @Test
    void receivingFollowsTheLimitAtOnceUpAndDown() {
        sim.content(Format.V1, 256 * KIB, 48 * MIB);
        downloads(3);
        sim.runFor(Duration.ofSeconds(4));
        assertThat(downRates().get(0)).as("unlimited").isGreaterThan(1_400 * KIB);
        for (int limit : new int[] {500 * KIB, 50 * KIB, 200 * KIB}) {
            down(limit);
            // what was asked for before comes all the same: a request for many blocks to its end
            assertRate(downRates(), limit, WireReader.MAX_BLOCK);
        }
        down(0);
        sim.runFor(Duration.ofSeconds(3));
        assertThat(downRates().get(0)).as("unlimited again").isGreaterThan(1_400 * KIB);
        sim.close();
    }

    @Test
    void peersThatCannotBeToldToForgetRequestsAreHeldUp() {
        for (int i = 0; i < 3; i++) {
            sim.fakePeer(0).seeds();
        }
        sim.sharing(node);
        transfers.add(sim.leecher());
        sim.runFor(Duration.ofSeconds(4));
        down(100 * KIB);
        assertRate(downRates(), 100 * KIB);
        sim.close();
    }

    @Test
    void peersAreToldToForgetWhatIsTooMuchNow() {
        var peer = sim.fakePeer().seeds();
        sim.sharing(node);
        transfers.add(sim.leecher());
        sim.runFor(Duration.ofSeconds(4));
        assertThat(peer.heard(Message.Cancel.class)).isEmpty();
        down(10 * KIB);
        sim.runFor(Duration.ofSeconds(1));
        assertThat(peer.heard(Message.Cancel.class)).hasSizeGreaterThan(50);
        sim.close();
    }

    @Test
    void sendingFollowsTheLimitAtOnceUpAndDown() {
        sim.content(Format.V1, 256 * KIB, 48 * MIB);
        sim.rates(1536 * KIB, 4 * MIB);
        uploads(3);
        sim.runFor(Duration.ofSeconds(4));
        assertThat(upRates().get(0)).as("unlimited").isGreaterThan(1_400 * KIB);
        for (int limit : new int[] {500 * KIB, 50 * KIB, 200 * KIB}) {
            up(limit);
            // what links hold already is on its way
            sim.runFor(Duration.ofSeconds(1));
            assertRate(upRates(), limit);
        }
        up(0);
        sim.runFor(Duration.ofSeconds(3));
        assertThat(upRates().get(0)).as("unlimited again").isGreaterThan(1_400 * KIB);
        sim.close();
    }

    @Test
    void otherLimitsHoldAtNight() {
        downloads(3);
        var night = Night.parse("23:00", "07:00", List.of());
        node.schedule(new Schedule(new Rates(100 * KIB, 0), new Rates(400 * KIB, 0), night));
        keepTime(LocalDateTime.parse("2026-03-06T22:59:40"));
        assertRate(downRates(), 100 * KIB);
        sim.runFor(Duration.ofSeconds(10));
        assertRate(downRates(), 400 * KIB);
        sim.close();
    }

    private void keepTime(LocalDateTime moment) {
        if (node.keepTime(moment)) {
            transfers.forEach(transfer -> transfer.swarm().limitsChanged());
        }
        sim.time().after(Duration.ofSeconds(1), () -> keepTime(moment.plusSeconds(1)));
    }

    @Test
    void ofTheLeastLimitsPeersAreNotLost() {
        downloads(6, 6);
        down(5 * KIB);
        sim.runFor(Duration.ofSeconds(10));
        long before = transfers.stream().mapToLong(sim.network()::bytesTo).sum();
        sim.runFor(Duration.ofMinutes(10));
        long got = transfers.stream().mapToLong(sim.network()::bytesTo).sum() - before;
        assertThat(got).isCloseTo(600L * 5 * KIB, within(600L * 5 * KIB / 20));
        assertThat(transfers).allSatisfy(transfer -> {
            assertThat(transfer.swarm().report().peers()).isEqualTo(6);
            assertThat(transfer.swarm().report().peerStatus())
                    .allSatisfy(peer -> assertThat(peer.flags()).doesNotContain("S"))
                    .allSatisfy(peer -> assertThat(peer.downloaded()).isPositive());
        });
        sim.close();
    }

    @Test
    void whoIsSentLittleIsNotLostEither() {
        uploads(3, 3);
        up(5 * KIB);
        sim.runFor(Duration.ofSeconds(10));
        long before = transfers.stream().mapToLong(sim.network()::bytesFrom).sum();
        sim.runFor(Duration.ofMinutes(10));
        long got = transfers.stream().mapToLong(sim.network()::bytesFrom).sum() - before;
        assertThat(got).isCloseTo(600L * 5 * KIB, within(600L * 5 * KIB / 20));
        assertThat(sim.leechers()).allSatisfy(leecher -> {
            assertThat(leecher.swarm().report().peers()).isEqualTo(1);
            assertThat(sim.network().bytesTo(leecher)).isPositive();
        });
        sim.close();
    }

    @Test
    void nothingIsFetchedTwice() {
        downloads(2);
        sim.runFor(Duration.ofSeconds(4));
        own(transfers.get(0), 200 * KIB, 0);
        sim.runFor(Duration.ofSeconds(10));
        own(transfers.get(0), 2 * MIB, 0);
        sim.runFor(Duration.ofSeconds(10));
        own(transfers.get(0), 20 * KIB, 0);
        sim.runFor(Duration.ofSeconds(10));
        own(transfers.get(0), 0, 0);
        sim.untilComplete(Duration.ofMinutes(3));
        assertThat(sim.network().bytesTo(transfers.get(0))).isLessThan(17L * MIB);
        sim.close();
    }
}
