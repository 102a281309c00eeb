package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class NoLeaksTest {
    @Test
    void noticesABufferThatNobodyReleased() {
        assertThatThrownBy(() -> {
                    var check = new NoLeaks();
                    check.beforeAll(null);
                    for (int i = 0; i < 100; i++) {
                        PooledByteBufAllocator.DEFAULT.directBuffer(64);
                    }
                    check.afterAll(null);
                })
                .isInstanceOf(AssertionError.class);
    }
}
