package net.shoal.engine.testing;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Memory of a connection: some of it cannot be had, and all of it is counted. */
final class FaultyAllocator extends AbstractByteBufAllocator {
    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final NthFault fault;

    FaultyAllocator(NthFault fault) {
        super(true);
        this.fault = fault;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initial, int most) {
        check();
        return memory.directBuffer(initial, most);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initial, int most) {
        check();
        return memory.heapBuffer(initial, most);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    private void check() {
        if (fault.isNext("memory of a connection")) {
            throw new OutOfMemoryError("injected");
        }
    }

    /** Bytes that were not given back. */
    long held() {
        return memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory();
    }
}
