package net.shoal.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A channel that several threads may be using while others want it closed. In use, idle, then retired; closed by whoever is the last to
 * let go of it.
 */
final class OpenChannel {
    /** A bit above every count of users. */
    private static final int RETIRED = 1 << 30;

    private final FileChannel channel;
    private final boolean writable;
    private final ChannelPool pool;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile long lastUsed;
    private volatile boolean used;

    /** Born with one user: whoever opened it. */
    OpenChannel(FileChannel channel, boolean writable, ChannelPool pool) {
        this.channel = channel;
        this.writable = writable;
        this.pool = pool;
        this.lastUsed = pool.now();
    }

    FileChannel channel() {
        return channel;
    }

    boolean isWritable() {
        return writable;
    }

    long lastUsed() {
        return lastUsed;
    }

    /** False once it is retired. */
    boolean acquire() {
        int count = users.get();
        while (count < RETIRED) {
            if (users.compareAndSet(count, count + 1)) {
                used = true;
                return true;
            }
            count = users.get();
        }
        return false;
    }

    void release() throws IOException {
        lastUsed = pool.now();
        int left = users.decrementAndGet();
        if (left == RETIRED) {
            close();
        } else if (left == 0 && pool.isCrowded()) {
            retireIfIdle();
        }
    }

    /** No one new may use it. */
    void retire() throws IOException {
        int count = users.get();
        while (count < RETIRED && !users.compareAndSet(count, count + RETIRED)) {
            count = users.get();
        }
        if (count == 0) {
            close();
        }
    }

    /** Retires it if no one is using it just now. */
    boolean retireIfIdle() throws IOException {
        if (!users.compareAndSet(0, RETIRED)) {
            return false;
        }
        close();
        return true;
    }

    /** True if it was since this was last asked, or it was opened. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    boolean isIdle() {
        return users.get() == 0;
    }

    private void close() throws IOException {
        pool.forget(this);
        channel.close();
    }
}
