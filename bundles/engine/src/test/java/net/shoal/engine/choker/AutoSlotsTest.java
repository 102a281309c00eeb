package net.shoal.engine.choker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class AutoSlotsTest {
    private final AutoSlots auto = new AutoSlots();

    /** @param rateOf of each of so many peers, bytes a second */
    private int rounds(int count, LongUnaryOperator rateOf) {
        int most = 0;
        for (int i = 0; i < count; i++) {
            var rates = new long[auto.slots()];
            Arrays.fill(rates, rateOf.applyAsLong(rates.length));
            most = Math.max(most, auto.round(rates));
        }
        return most;
    }

    @Test
    void aLineThatIsFullAlreadyGetsNoMoreThanOneToTry() {
        assertThat(rounds(200, peers -> 2_000_000L / peers)).isEqualTo(AutoSlots.LEAST + 1);
        assertThat(auto.slots()).isLessThanOrEqualTo(AutoSlots.LEAST + 1);
    }

    @Test
    void slotsGrowUntilTheLineIsFull() {
        rounds(60, peers -> Math.min(1_000_000L, 20_000_000L / peers));
        assertThat(auto.slots()).as("20 peers fill it").isBetween(18, 27);
    }

    @Test
    void thereAreNoMoreThanTheMost() {
        rounds(100, peers -> 1_000_000L);
        assertThat(auto.slots()).isEqualTo(AutoSlots.MOST);
    }

    @Test
    void theyShrinkWithWhatThereIsToGive() {
        rounds(100, peers -> 1_000_000L);
        rounds(50, peers -> 20_000L / peers);
        assertThat(auto.slots()).isEqualTo(AutoSlots.LEAST);
    }

    @Test
    void aLimitThatLeavesLittleForEachLeavesFewSlots() {
        rounds(100, peers -> 1_000_000L);
        auto.limit(200_000);
        assertThat(auto.slots()).isEqualTo(10);
        auto.limit(5_000);
        assertThat(auto.slots()).isEqualTo(AutoSlots.LEAST);
    }

    @Test
    void nobodyIsTriedWhereNobodyWaits() {
        for (int i = 0; i < 50; i++) {
            assertThat(auto.round(new long[] {1_000_000, 1_000_000})).isEqualTo(AutoSlots.LEAST);
        }
    }
}
