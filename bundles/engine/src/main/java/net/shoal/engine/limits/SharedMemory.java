package net.shoal.engine.limits;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for content that the transfers of a node share. One that is alone may use all of it; with others it goes by equal shares of those who
 * use any, and half a share each has at all times, so that none waits for another's disk.
 *
 * <p>With a limit of L, whoever has half its share asks for no more once L is used, and from 3/2 L on does not even take from the network what
 * it has asked for. So no more than 2 L is used, but for what has been read from sockets already and the rest of a span of each transfer.
 */
public final class SharedMemory {
    private final AtomicLong used = new AtomicLong();
    /** Transfers that use any. */
    private final AtomicInteger active = new AtomicInteger();

    private volatile long limit;

    SharedMemory(long limit) {
        this.limit = limit;
    }

    void limit(long bytes) {
        limit = bytes;
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }

    /** What one transfer uses of it. On its loop; the counts behind it are shared. */
    public final class Share {
        private long held;

        public void take(long bytes) {
            if (held == 0) {
                active.incrementAndGet();
            }
            held += bytes;
            used.addAndGet(bytes);
        }

        public void giveBack(long bytes) {
            held -= bytes;
            used.addAndGet(-bytes);
            if (held == 0) {
                active.decrementAndGet();
            }
        }

        public long held() {
            return held;
        }

        /** An equal share of all there is. */
        public long fair() {
            int others = active.get() - (held > 0 ? 1 : 0);
            return limit / (1 + Math.max(0, others));
        }

        /** It may use more. */
        public boolean hasRoom() {
            return used.get() < limit || held < fair() / 2;
        }

        /** So much is more than half of what it may have, while more than half of all is used. */
        public boolean isMuch(long bytes) {
            return used.get() > limit / 2 && bytes > fair() / 2;
        }

        /** Not even what was asked for should come now. */
        public boolean isFlooded() {
            return used.get() > limit + limit / 2 && held > fair() / 2;
        }

        /** With so much more it would use what is meant for others. */
        public boolean isOver(long more) {
            return used.get() + more > limit && held + more > fair();
        }
    }
}
