package net.shoal.discovery.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;

class AnnouncePlanTest {
    private static final int PORT = 6881;

    private final AnnouncePlan plan = new AnnouncePlan(0);
    private final Map<Sha1Hash, List<Long>> said = new HashMap<>();
    private final List<Long> packets = new ArrayList<>();

    @Test
    void aNewSwarmIsAnnouncedAtOnceAndOnceMore() {
        plan.add(hash(1), PORT);
        run(0, 20_000);
        assertThat(said.get(hash(1))).containsExactly(0L, 2_000L);
    }

    @Test
    void andThenEveryFiveMinutes() {
        plan.add(hash(1), PORT);
        run(0, 1_000_000);
        assertThat(said.get(hash(1))).containsExactly(0L, 2_000L, 302_000L, 602_000L, 902_000L);
    }

    @Test
    void severalShareAPacketAndAPacketAMinuteIsAllInTheLongRun() {
        for (int i = 0; i < 1_000; i++) {
            plan.add(hash(i), PORT);
        }
        run(0, 7_200_000);
        assertThat(said).hasSize(1_000);
        assertThat(said.values()).allSatisfy(times -> {
            assertThat(times.get(0)).as("the first time").isLessThan(60_000L);
            assertThat(times).hasSizeGreaterThanOrEqualTo(3);
        });
        var late = packets.stream().filter(at -> at > 1_000_000).toList();
        for (int i = 1; i < late.size(); i++) {
            assertThat(late.get(i) - late.get(i - 1)).isGreaterThanOrEqualTo(AnnouncePlan.BETWEEN);
        }
        assertThat(packets.stream().filter(at -> at < 10_000)).hasSizeLessThanOrEqualTo(AnnouncePlan.BURST + 20);
    }

    @Test
    void newOnesGoBeforeRepetitions() {
        for (int i = 0; i < 200; i++) {
            plan.add(hash(i), PORT);
        }
        run(0, 5_000);
        plan.add(hash(7_000), PORT);
        run(5_000, 30_000);
        assertThat(said.get(hash(7_000)).get(0)).isLessThanOrEqualTo(6_000L);
    }

    @Test
    void aPlaceThatIsNewHearsOfAll() {
        plan.add(hash(1), PORT);
        run(0, 10_000);
        plan.startAnew();
        run(10_000, 20_000);
        assertThat(said.get(hash(1))).containsExactly(0L, 2_000L, 10_000L, 12_000L);
    }

    @Test
    void whatIsLeftIsNotAnnouncedAnyMore() {
        plan.add(hash(1), PORT);
        plan.add(hash(2), PORT);
        plan.remove(hash(1));
        run(0, 10_000);
        assertThat(said).containsOnlyKeys(hash(2));
        plan.remove(hash(2));
        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void aPacketHasOnePort() {
        plan.add(hash(1), PORT);
        plan.add(hash(2), 7_000);
        assertThat(plan.due(0))
                .containsExactly(
                        new AnnouncePlan.Packet(PORT, List.of(hash(1))),
                        new AnnouncePlan.Packet(7_000, List.of(hash(2))));
    }

    private void run(long from, long to) {
        for (long now = from; now < to; now += 1_000) {
            for (var packet : plan.due(now)) {
                assertThat(packet.hashes()).hasSizeLessThanOrEqualTo(LsdMessage.MOST_SENT);
                packets.add(now);
                for (var hash : packet.hashes()) {
                    said.computeIfAbsent(hash, key -> new ArrayList<>()).add(now);
                }
            }
        }
    }

    private static Sha1Hash hash(int i) {
        return new Sha1Hash(i, 0, 0);
    }
}
