package net.shoal.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import net.shoal.engine.swarm.Buffers;
import net.shoal.engine.swarm.SharedBuffer;

/** Memory for content from Netty's pool, outside the heap. */
public final class PooledBuffers implements Buffers {
    @Override
    public SharedBuffer allocate(int size) {
        return new Pooled(PooledByteBufAllocator.DEFAULT.directBuffer(size, size));
    }

    /** One of them. */
    record Pooled(ByteBuf bytes) implements SharedBuffer {
        @Override
        public ByteBuffer view() {
            return bytes.nioBuffer(0, bytes.capacity());
        }

        @Override
        public void retain() {
            bytes.retain();
        }

        @Override
        public void release() {
            bytes.release();
        }
    }
}
