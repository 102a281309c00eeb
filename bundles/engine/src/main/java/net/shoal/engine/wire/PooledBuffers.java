package net.shoal.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.shoal.engine.swarm.Buffers;
import net.shoal.engine.swarm.SharedBuffer;

/**
 * Memory for content from Netty's pool, outside the heap. What is given back is kept for a while: the pool would return it to the system at
 * once, which then clears each page of it again for the next, a tenth of the time of a fast download.
 */
public final class PooledBuffers implements Buffers {
    /** Bytes of the smallest that are worth it. */
    private static final int LARGE = 64 << 10;
    /** Bytes kept at most. */
    private static final long MOST_KEPT = 24 << 20;

    /** With a reference of their own: who has no other is free. The first are taken first, so that few are used, and often. */
    private final List<Kept> kept = new ArrayList<>();

    private long keptBytes;

    /** One of those kept. */
    private static final class Kept {
        final ByteBuf bytes;
        boolean wasUsed = true;

        Kept(ByteBuf bytes) {
            this.bytes = bytes;
        }

        boolean isFree() {
            return bytes.refCnt() == 1;
        }
    }

    @Override
    public SharedBuffer allocate(int size) {
        return new Pooled(size < LARGE ? fresh(size) : large(size));
    }

    private static ByteBuf fresh(int size) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
    }

    private synchronized ByteBuf large(int size) {
        for (var one : kept) {
            if (one.bytes.capacity() == size && one.isFree()) {
                one.wasUsed = true;
                return one.bytes.retain();
            }
        }
        var bytes = fresh(size);
        if (keptBytes + size <= MOST_KEPT) {
            kept.add(new Kept(bytes.retain()));
            keptBytes += size;
        }
        return bytes;
    }

    /** From time to time: what was not used since the last call is given back. */
    public synchronized void tidy() {
        kept.removeIf(one -> {
            boolean goes = one.isFree() && !one.wasUsed;
            one.wasUsed = !one.isFree();
            if (goes) {
                keptBytes -= one.bytes.capacity();
                one.bytes.release();
            }
            return goes;
        });
    }

    /** Nothing more is asked for. What is still in use goes when it is given back. */
    public synchronized void close() {
        kept.forEach(one -> one.bytes.release());
        kept.clear();
        keptBytes = MOST_KEPT;
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
