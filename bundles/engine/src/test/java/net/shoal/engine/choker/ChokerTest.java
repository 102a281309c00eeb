package net.shoal.engine.choker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChokerTest {
    /** With the fewest automatic slots. */
    private static final int TRIED = 2;

    private final List<FakePeer> peers = new ArrayList<>();
    private long now = Duration.ofHours(1).toNanos();

    private static final class FakePeer implements ChokerPeer {
        boolean interested = true;
        boolean choked = true;
        boolean snubbed;
        boolean idle;
        long downRate;
        long upRate;
        long sent;
        long unchokedAt;
        boolean hasLittle;

        @Override
        public boolean interested() {
            return interested;
        }

        @Override
        public boolean choked() {
            return choked;
        }

        @Override
        public boolean snubbed() {
            return snubbed;
        }

        @Override
        public boolean idle() {
            return idle;
        }

        @Override
        public long downRate() {
            return downRate;
        }

        @Override
        public long upRate() {
            return upRate;
        }

        @Override
        public long sentSinceUnchoke() {
            return sent;
        }

        @Override
        public long unchokedAt() {
            return unchokedAt;
        }

        @Override
        public boolean hasLittle() {
            return hasLittle;
        }
    }

    private FakePeer peer(long downRate) {
        var peer = new FakePeer();
        peer.downRate = downRate;
        peers.add(peer);
        return peer;
    }

    private Choker<FakePeer> choker(int slots) {
        return new Choker<>(slots, new SplittableRandom(4));
    }

    private void round(Choker<FakePeer> choker, boolean seeding) {
        now += Choker.ROUND.toNanos();
        var verdict = choker.round(peers, seeding, now);
        assertThat(verdict.choke()).allMatch(peer -> !peer.choked);
        assertThat(verdict.unchoke()).allMatch(peer -> peer.choked && peer.interested);
        verdict.choke().forEach(peer -> peer.choked = true);
        verdict.unchoke().forEach(peer -> {
            peer.choked = false;
            peer.unchokedAt = now;
            peer.sent = 0;
        });
    }

    private long unchoked() {
        return peers.stream().filter(peer -> !peer.choked).count();
    }

    @Test
    void unchokesThoseThatGiveMostAndOneMore() {
        for (int i = 0; i < 20; i++) {
            peer(i * 1000L);
        }
        var choker = choker(4);
        round(choker, false);
        assertThat(peers.subList(16, 20)).allMatch(peer -> !peer.choked);
        assertThat(unchoked()).isEqualTo(5);
    }

    @Test
    void everybodyGetsTheOptimisticSlotInTheEnd() {
        for (int i = 0; i < 12; i++) {
            peer(i < 4 ? 10_000 : 0);
        }
        var choker = choker(4);
        var turns = new HashMap<FakePeer, Integer>();
        for (int i = 0; i < 300; i++) {
            round(choker, false);
            assertThat(unchoked()).isEqualTo(5);
            peers.subList(4, 12).stream()
                    .filter(peer -> !peer.choked)
                    .forEach(peer -> turns.merge(peer, 1, Integer::sum));
        }
        assertThat(turns).hasSize(8);
        assertThat(turns.values()).allMatch(rounds -> rounds % 3 == 0, "the slot lasts three rounds");
    }

    @Test
    void withAutomaticSlotsSeveralAreTriedAndEachForItsTime() {
        for (int i = 0; i < 20; i++) {
            peer(i < 4 ? 10_000 : 0);
        }
        var choker = choker(0);
        var turns = new HashMap<FakePeer, Integer>();
        for (int i = 0; i < 600; i++) {
            round(choker, false);
            assertThat(peers.subList(0, 4)).allMatch(peer -> !peer.choked);
            assertThat(unchoked()).isEqualTo(AutoSlots.LEAST + TRIED);
            peers.subList(4, 20).stream()
                    .filter(peer -> !peer.choked)
                    .forEach(peer -> turns.merge(peer, 1, Integer::sum));
        }
        assertThat(turns).hasSize(16);
        assertThat(turns.values()).allMatch(rounds -> rounds % 3 == 0, "a try lasts three rounds");
    }

    @Test
    void whoHasLittleIsThreeTimesAsLikely() {
        int chosen = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            peers.clear();
            peer(10_000);
            for (int i = 0; i < 6; i++) {
                peer(0).hasLittle = i < 3;
            }
            var verdict = new Choker<FakePeer>(1, new SplittableRandom(seed)).round(peers, false, now);
            assertThat(verdict.unchoke()).hasSize(2);
            chosen += verdict.unchoke().stream().anyMatch(peer -> peer.hasLittle) ? 1 : 0;
        }
        assertThat(chosen).isBetween(2_150, 2_350);
    }

    @Test
    void whoSnubsUsGetsNoRegularSlot() {
        peer(0).snubbed = true;
        peer(0).snubbed = true;
        peer(5);
        var choker = choker(4);
        round(choker, false);
        assertThat(peers.get(2).choked).isFalse();
        assertThat(unchoked()).as("one of the others optimistically").isEqualTo(2);
    }

    @Test
    void whoWantsNothingIsChoked() {
        var peer = peer(99_999);
        peer.choked = false;
        peer.interested = false;
        round(choker(4), false);
        assertThat(peer.choked).isTrue();
    }

    @Test
    void equalsKeepTheirSlots() {
        for (int i = 0; i < 10; i++) {
            peer(0);
        }
        var choker = choker(3);
        round(choker, false);
        var before = peers.stream().filter(peer -> !peer.choked).toList();
        round(choker, false);
        assertThat(peers.stream().filter(peer -> !peer.choked).toList()).isEqualTo(before);
    }

    @Test
    void aSeedGivesEveryoneTheSameShare() {
        Map<FakePeer, Long> got = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            peer(0);
        }
        var choker = choker(4);
        for (int i = 0; i < 600; i++) {
            round(choker, true);
            for (int p = 0; p < peers.size(); p++) {
                var peer = peers.get(p);
                if (!peer.choked) {
                    long bytes = (p < 3 ? 20L : 2L) << 20;
                    peer.sent += bytes;
                    got.merge(peer, bytes, Long::sum);
                }
            }
        }
        assertThat(got).hasSize(20);
        var slow = peers.subList(3, 20).stream().mapToLong(got::get).summaryStatistics();
        assertThat((double) slow.getMax() / slow.getMin()).isLessThan(1.7);
        var fast = peers.subList(0, 3).stream().mapToLong(got::get).summaryStatistics();
        assertThat((double) fast.getMax() / slow.getMin())
                .as("ten times as fast, which gives by far not ten times as much")
                .isLessThan(7);
    }

    @Test
    void aPeerKeepsItsSlotForItsTurn() {
        for (int i = 0; i < 10; i++) {
            peer(0);
        }
        var choker = choker(2);
        round(choker, true);
        var first = peers.stream().filter(peer -> !peer.choked).toList();
        round(choker, true);
        assertThat(first)
                .as("two regular ones and the optimistic one")
                .hasSize(3)
                .allMatch(peer -> !peer.choked);
    }

    @Test
    void newcomersAreLetInWhileThereIsASlot() {
        var choker = choker(2);
        var newcomer = peer(0);
        assertThat(choker.admits(newcomer, peers)).isTrue();
        peer(0).choked = false;
        assertThat(choker.admits(newcomer, peers)).isTrue();
        peer(0).choked = false;
        assertThat(choker.admits(newcomer, peers)).isFalse();
    }

    @Test
    void whoMakesNoUseOfItsSlotMakesRoomForAnother() {
        for (int i = 0; i < 20; i++) {
            peer(0);
        }
        var choker = choker(0);
        round(choker, true);
        assertThat(unchoked()).isEqualTo(AutoSlots.LEAST + TRIED);
        assertThat(choker.spare(peers, true, now)).as("all are busy").isEmpty();

        var first = peers.stream().filter(peer -> !peer.choked).toList();
        first.subList(0, 2).forEach(peer -> peer.idle = true);
        for (int i = 0; i < 2; i++) {
            var spare = choker.spare(peers, true, now).orElseThrow();
            assertThat(spare.choked).isTrue();
            spare.choked = false;
            spare.unchokedAt = now;
        }
        assertThat(choker.spare(peers, true, now))
                .as("as many are busy as may be")
                .isEmpty();
        round(choker, true);
        assertThat(unchoked()).as("nobody was choked for it").isEqualTo(AutoSlots.LEAST + TRIED + 2);

        first.forEach(peer -> peer.idle = false);
        round(choker, true);
        assertThat(unchoked()).isEqualTo(AutoSlots.LEAST + TRIED);
    }

    @Test
    void theSpareSlotGoesToWhoGivesMost() {
        for (int i = 0; i < 20; i++) {
            peer(i * 1000L);
        }
        var choker = choker(0);
        round(choker, false);
        peers.stream().filter(peer -> !peer.choked).forEach(peer -> peer.idle = true);
        assertThat(choker.spare(peers, false, now).orElseThrow().downRate)
                .isGreaterThanOrEqualTo(14_000)
                .isLessThan(16_000);
    }

    @Test
    void slotsThatAreFixedAreNotExceeded() {
        for (int i = 0; i < 20; i++) {
            peer(0);
        }
        var choker = choker(3);
        round(choker, true);
        peers.stream().filter(peer -> !peer.choked).forEach(peer -> peer.idle = true);
        assertThat(choker.spare(peers, true, now)).isEmpty();
        round(choker, true);
        assertThat(unchoked()).isEqualTo(4);
    }

    @Test
    void rateMeterForgetsWhatIsOlderThanItsWindow() {
        long second = Duration.ofSeconds(1).toNanos();
        var meter = new RateMeter(now);
        assertThat(meter.rate(now)).isZero();
        for (int i = 0; i < 100; i++) {
            meter.add(500, now + i * second);
            meter.add(500, now + i * second + second / 2);
        }
        assertThat(meter.rate(now + 100 * second - 1)).isBetween(980L, 1020L);
        assertThat(meter.rate(now + 110 * second)).isBetween(450L, 550L);
        assertThat(meter.rate(now + 130 * second)).isZero();
        assertThat(meter.rate(now + 100_000 * second)).isZero();
    }
}
