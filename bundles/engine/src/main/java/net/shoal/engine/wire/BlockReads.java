package net.shoal.engine.wire;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import net.shoal.base.wire.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a channel reads into, where nothing lies between it and the reader of messages: the rest of a large block goes straight to
 * its piece, which saves copying it. What comes between two such blocks is read in small portions, so that most of the next is not copied
 * either.
 */
final class BlockReads extends AbstractByteBufAllocator {
    /** Bytes. For less, a copy costs less than a call of the system. */
    private static final int WORTH_IT = 32 << 10;

    private static final int BETWEEN = 4 << 10;

    private final PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
    private final WireReader reader;
    private @Nullable ByteBuf rest;
    private boolean between;

    BlockReads(WireReader reader) {
        super(true);
        this.reader = reader;
    }

    /** True if what was read lies where it belongs. */
    @SuppressWarnings("ReferenceEquality") // buffers of the same content are equal
    boolean isRest(ByteBuf bytes) {
        return bytes == rest;
    }

    /** Asked for before each read of the channel, and by nobody else. */
    @Override
    public ByteBuf ioBuffer(int initialCapacity) {
        var memory = reader.rest();
        if (memory != null && memory.isDirect() && memory.remaining() >= WORTH_IT) {
            var target = Unpooled.wrappedBuffer(memory).clear();
            rest = target;
            between = true;
            return target;
        }
        rest = null;
        int size = between ? BETWEEN + (memory == null ? 0 : memory.remaining()) : initialCapacity;
        between &= memory != null; // else another block has to show that they go on
        return directBuffer(size);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return pool.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return pool.directBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return pool.isDirectBufferPooled();
    }
}
