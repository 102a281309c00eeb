package net.shoal.engine.choker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class AutoSlotsTest {
    private static final int ROUND = (int) Choker.ROUND.toSeconds();

    private final AutoSlots auto = new AutoSlots();
    private long sent;
    private int seconds;
    private int most;

    /** @param rateOf of each of so many peers, bytes a second */
    private void run(int count, LongUnaryOperator rateOf) {
        most = 0;
        for (int i = 0; i < count; i++) {
            second(rateOf.applyAsLong(auto.slots()), true);
        }
    }

    private void second(long rate, boolean crowded) {
        sent += rate * auto.slots();
        auto.tick(sent, crowded);
        if (++seconds % ROUND == 0) {
            var rates = new long[auto.slots()];
            Arrays.fill(rates, rate);
            auto.round(rates);
        }
        most = Math.max(most, auto.slots());
    }

    @Test
    void aLineThatIsFullAlreadyKeepsItsSlots() {
        run(30, peers -> 2_000_000L / peers);
        assertThat(auto.slots()).isEqualTo(AutoSlots.LEAST);
        run(2_000, peers -> 2_000_000L / peers);
        assertThat(most).as("one is tried now and then").isEqualTo(AutoSlots.LEAST + 1);
        assertThat(auto.slots()).isLessThanOrEqualTo(AutoSlots.LEAST + 1);
    }

    @Test
    void slotsGrowUntilTheLineIsFull() {
        run(60, peers -> Math.min(1_000_000L, 20_000_000L / peers));
        assertThat(auto.slots()).as("20 peers fill it").isBetween(16, 27);
        run(600, peers -> Math.min(1_000_000L, 20_000_000L / peers));
        assertThat(auto.slots()).isBetween(18, 27);
    }

    @Test
    void aFastLineAmongSlowOnesIsInFullUseWithinHalfAMinute() {
        run(30, peers -> 1_000_000L);
        assertThat(auto.slots()).isEqualTo(AutoSlots.MOST);
    }

    @Test
    void thereAreNoMoreThanTheMost() {
        run(1_000, peers -> 1_000_000L);
        assertThat(most).isEqualTo(AutoSlots.MOST);
    }

    @Test
    void theyShrinkWithWhatThereIsToGive() {
        run(100, peers -> 1_000_000L);
        run(600, peers -> 20_000L / peers);
        assertThat(auto.slots()).isEqualTo(AutoSlots.LEAST);
    }

    @Test
    void aLimitThatLeavesLittleForEachLeavesFewSlots() {
        run(100, peers -> 1_000_000L);
        auto.limit(200_000);
        assertThat(auto.slots()).isEqualTo(10);
        auto.limit(5_000);
        assertThat(auto.slots()).isEqualTo(AutoSlots.LEAST);
    }

    @Test
    void nothingIsTriedWhileWhatGoesOutStillRisesByItself() {
        for (int i = 1; i < 30; i++) {
            second((long) (1_000 * Math.pow(1.2, i)), true);
            assertThat(auto.slots()).isEqualTo(AutoSlots.LEAST);
        }
    }

    @Test
    void whereMuchLessGoesOutThanTheLineCarriesMoreAreTriedAtOnce() {
        run(30, peers -> 2_000_000L / peers);
        run(12, peers -> 200_000L);
        assertThat(auto.slots()).isGreaterThan(AutoSlots.LEAST);
    }

    @Test
    void nobodyIsTriedWhereNobodyWaits() {
        for (int i = 0; i < 500; i++) {
            second(1_000_000, false);
            assertThat(auto.slots()).isEqualTo(AutoSlots.LEAST);
        }
    }
}
