package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialGateTest {
    private final DialGate gate = new DialGate(2);
    private final List<Integer> out = new ArrayList<>();

    @Test
    void letsOutNoMoreThanItsLimitInOrder() {
        for (int i = 0; i < 4; i++) {
            int dial = i;
            assertThat(gate.enter(() -> out.add(dial))).isTrue();
        }
        assertThat(out).containsExactly(0, 1);
        gate.leave();
        assertThat(out).containsExactly(0, 1, 2);
        gate.leave();
        gate.leave();
        gate.leave();
        assertThat(out).containsExactly(0, 1, 2, 3);
        assertThat(gate.out()).isZero();
    }

    @Test
    void boundsWhatWaits() {
        for (int i = 0; i < DialGate.MOST_WAITING + 2; i++) {
            assertThat(gate.enter(() -> {})).isTrue();
        }
        assertThat(gate.enter(() -> {})).isFalse();
        assertThat(gate.waiting()).isEqualTo(DialGate.MOST_WAITING);
    }

    @Test
    void aWiderLimitHoldsAtOnce() {
        for (int i = 0; i < 4; i++) {
            int dial = i;
            gate.enter(() -> out.add(dial));
        }
        gate.limit(4);
        assertThat(out).hasSize(4);
    }

    @Test
    void outlastsManyThatEndAtOnce() {
        for (int i = 0; i < DialGate.MOST_WAITING; i++) {
            gate.enter(gate::leave);
        }
        assertThat(gate.out()).isZero();
    }
}
