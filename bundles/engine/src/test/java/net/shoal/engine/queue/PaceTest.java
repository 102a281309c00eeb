package net.shoal.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    private final Pace pace = new Pace(0);
    private long now;

    private boolean after(int seconds, long rate) {
        boolean slow = false;
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            slow = pace.update(rate, now);
        }
        return slow;
    }

    @Test
    void aMinuteOfNextToNothingIsSlow() {
        assertThat(after(59, 2047)).isFalse();
        assertThat(after(1, 2047)).isTrue();
    }

    @Test
    void aShortPauseIsNot() {
        assertThat(after(50, 0)).isFalse();
        assertThat(after(1, 5000)).isFalse();
        assertThat(after(50, 0)).isFalse();
    }

    @Test
    void itTakesAMinuteToBeTakenForFastAgain() {
        assertThat(after(60, 0)).isTrue();
        assertThat(after(59, 5000)).isTrue();
        assertThat(after(1, 5000)).isFalse();
    }
}
