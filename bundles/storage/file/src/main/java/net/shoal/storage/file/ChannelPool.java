package net.shoal.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Bounds the files that are open over all transfers. The lock is taken to open and close only: whoever finds its file open passes by. When
 * all are in use at once there may be more than the limit for that moment, by the number of disk and sync threads at most.
 */
final class ChannelPool {
    private final LongSupplier nanoTime;
    /** Oldest first; those in use since they came here come to the end when it is their turn to go. */
    private final Set<OpenChannel> open = new LinkedHashSet<>();

    private int limit;
    private volatile boolean crowded;

    ChannelPool(int limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Opens a file. */
    @FunctionalInterface
    interface Opener {
        FileChannel open() throws IOException;
    }

    OpenChannel open(Opener opener, boolean writable) throws IOException {
        makeRoom();
        var channel = new OpenChannel(openOrMakeRoom(opener), writable, this);
        synchronized (this) {
            open.add(channel);
            crowded = open.size() > limit;
        }
        return channel;
    }

    /** Connections need descriptors too, and may have taken the last. */
    private FileChannel openOrMakeRoom(Opener opener) throws IOException {
        try {
            return opener.open();
        } catch (IOException e) {
            if (!DiskTrouble.isForWantOfDescriptors(e)) {
                throw e;
            }
            closeUnusedSince(Long.MAX_VALUE);
            return opener.open();
        }
    }

    synchronized void limit(int files) {
        limit = files;
        crowded = open.size() > limit;
    }

    /** True while more are open than should be: whoever is done with one closes it. */
    boolean isCrowded() {
        return crowded;
    }

    synchronized int size() {
        return open.size();
    }

    /** Closes what has not been used for so long. */
    void closeIdle(long nanos) throws IOException {
        closeUnusedSince(now() - nanos);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    synchronized void forget(OpenChannel channel) {
        open.remove(channel);
        crowded = open.size() > limit;
    }

    private void closeUnusedSince(long time) throws IOException {
        for (var channel : snapshot()) {
            if (time == Long.MAX_VALUE || channel.lastUsed() - time < 0) {
                channel.retireIfIdle();
            }
        }
    }

    private void makeRoom() throws IOException {
        var victim = unused();
        while (victim.isPresent()) {
            victim.get().retireIfIdle();
            victim = unused();
        }
    }

    /** One that was not used for a while; nothing while there is room, or all are in use. */
    private synchronized Optional<OpenChannel> unused() {
        for (int tries = 2 * open.size(); tries > 0 && open.size() >= limit; tries--) {
            var oldest = open.iterator().next();
            if (oldest.isIdle() && !oldest.wasUsed()) {
                return Optional.of(oldest);
            }
            open.remove(oldest);
            open.add(oldest);
        }
        return Optional.empty();
    }

    private synchronized List<OpenChannel> snapshot() {
        return List.copyOf(open);
    }
}
