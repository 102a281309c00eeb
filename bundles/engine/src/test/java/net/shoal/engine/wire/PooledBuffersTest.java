package net.shoal.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import net.shoal.engine.swarm.SharedBuffer;
import org.junit.jupiter.api.Test;

class PooledBuffersTest {
    private static final int SIZE = 1 << 20;

    private final PooledBuffers buffers = new PooledBuffers();

    private static ByteBuf bytes(SharedBuffer buffer) {
        return ((PooledBuffers.Pooled) buffer).bytes();
    }

    private static int references(SharedBuffer buffer) {
        return bytes(buffer).refCnt();
    }

    @Test
    void whatWasGivenBackIsUsedAgain() {
        var first = buffers.allocate(SIZE);
        first.release();
        assertThat(bytes(buffers.allocate(SIZE / 2))).isNotSameAs(bytes(first));
        assertThat(bytes(buffers.allocate(SIZE))).isSameAs(bytes(first));
    }

    @Test
    void whatIsInUseIsNobodyElses() {
        var first = buffers.allocate(SIZE);
        first.retain(); // such as by a channel that has still to send it
        first.release();
        var second = buffers.allocate(SIZE);
        second.view().put(0, (byte) 1);
        first.view().put(0, (byte) 2);
        assertThat(second.view().get(0)).isEqualTo((byte) 1);
    }

    @Test
    void whatIsNotUsedForAWhileGoes() {
        var buffer = buffers.allocate(SIZE);
        buffers.tidy();
        buffers.tidy();
        assertThat(references(buffer)).as("in use").isEqualTo(2);
        buffer.release();
        buffers.tidy();
        assertThat(references(buffer)).as("used lately").isEqualTo(1);
        buffers.tidy();
        assertThat(references(buffer)).isZero();
    }

    @Test
    void keepsNoMoreThanItMay() {
        List<SharedBuffer> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(buffers.allocate(SIZE));
        }
        many.forEach(SharedBuffer::release);
        assertThat(many.stream().filter(buffer -> references(buffer) > 0)).hasSize(24);
    }

    @Test
    void nothingIsKeptInTheEnd() {
        var free = buffers.allocate(SIZE);
        var used = buffers.allocate(SIZE);
        free.release();
        buffers.close();
        assertThat(references(free)).isZero();
        assertThat(references(used)).isEqualTo(1);
        used.release();
        var late = buffers.allocate(SIZE);
        assertThat(references(late)).isEqualTo(1);
        late.release();
    }
}
