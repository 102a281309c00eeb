package net.shoal.discovery.dht.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private static final long QUARTER_HOUR = 15 * 60_000L;

    private final Random random = new Random(1);
    private final RoutingTable table = new RoutingTable(Ids.random(random));

    private Endpoint address(int block) {
        return Endpoint.v4(20 << 24 | block << 8 | 1, 6881);
    }

    /** An id with so many first bits in common with ours that the address allows. */
    private Sha1Hash secureId(Endpoint endpoint) {
        return SecureId.of(endpoint, random);
    }

    private List<Contact> fill(int count) {
        for (int i = 0; i < count; i++) {
            table.answered(secureId(address(i)), address(i), 0);
        }
        return table.closest(table.self(), count, false);
    }

    @Test
    void closestAreThoseThatSortingAllWouldGive() {
        var all = new ArrayList<>(fill(2_000));
        for (int round = 0; round < 200; round++) {
            var target = round % 2 == 0 ? Ids.random(random) : Ids.randomWith(table.self(), round / 10, random);
            all.sort((a, b) -> Ids.compare(target, a.id, b.id));

            assertThat(table.closest(target, 8, false)).isEqualTo(all.subList(0, 8));
        }
        assertThat(table.size()).isEqualTo(all.size()).isBetween(100, 400);
    }

    @Test
    void manyNodesOfOneBlockTakeOnePlaceABucket() {
        for (int i = 0; i < 1_000; i++) {
            var sybil = Endpoint.v4(30 << 24 | i % 250 + 1, 1_000 + i);
            table.answered(secureId(sybil), sybil, 0);
        }

        assertThat(table.size()).isLessThanOrEqualTo(table.depth() + 1);
    }

    @Test
    void anAddressHasOnePlaceWhateverIdsItClaims() {
        for (int i = 0; i < 100; i++) {
            table.answered(Ids.random(random), address(1).withPort(1_000 + i), 0);
        }

        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void whoFailsTwiceGoes() {
        table.answered(secureId(address(1)), address(1), 0);
        table.failed(address(1));
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.usable()).isZero();

        table.failed(address(1));

        assertThat(table.size()).isZero();
    }

    /** A question may be refused, or never leave: nobody is told. */
    @Test
    void whoWasAskedAndNeitherAnsweredNorFailedIsAskedAgain() {
        table.answered(secureId(address(1)), address(1), 0);
        assertThat(table.stalest(QUARTER_HOUR)).isNotNull();
        assertThat(table.stalest(QUARTER_HOUR + 1)).isNull();

        assertThat(table.stalest(QUARTER_HOUR + 60_000)).isNotNull();
    }

    @Test
    void aSpareTakesThePlaceOfOneThatDoesNotAnswerAPing() {
        fill(3_000);
        int before = table.size();
        var late = table.toReplace(1);
        assertThat(late).isNull();

        var asked = table.toReplace(QUARTER_HOUR);
        assertThat(asked).isNotNull();
        table.failed(asked.endpoint);

        assertThat(table.size()).isEqualTo(before);
        assertThat(table.closest(asked.id, 1, false)).isNotEmpty().doesNotContain(asked);
    }

    @Test
    void whoAnswersAPingStays() {
        fill(3_000);
        var asked = table.toReplace(QUARTER_HOUR);
        table.answered(asked.id, asked.endpoint, QUARTER_HOUR);

        assertThat(table.closest(asked.id, 1, false)).contains(asked);
        assertThat(table.toReplace(QUARTER_HOUR)).isNotEqualTo(asked);
    }

    @Test
    void idsThatAddressesDoNotAllowGiveWayToThoseThatTheyDo() {
        for (int i = 0; i < 3_000; i++) {
            table.answered(Ids.random(random), address(i), 0);
        }
        assertThat(table.closest(table.self(), 8, true)).hasSizeLessThan(8);

        for (int i = 3_000; i < 9_000; i++) {
            table.answered(secureId(address(i)), address(i), 0);
        }

        assertThat(table.closest(table.self(), 8, true)).hasSize(8);
        assertThat(table.contacts().stream().filter(Contact::fits).count()).isGreaterThan(table.size() * 9L / 10);
    }

    @Test
    void ourselvesWeDoNotKnow() {
        table.answered(table.self(), address(1), 0);

        assertThat(table.size()).isZero();
    }
}
