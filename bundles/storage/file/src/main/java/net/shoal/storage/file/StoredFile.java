package net.shoal.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import net.shoal.storage.file.Tree.Access;
import org.jspecify.annotations.Nullable;

/**
 * One file of a torrent on disk, opened as it is needed. Reads run side by side with all else; opening takes the file's lock, and a write
 * waits for the one before. A file that was not there is made by the first write, and only if it still is not there then.
 */
final class StoredFile {
    /**
     * Bytes in one call. Linux (6.18, ext4) finds memory for all of a call in one stretch if it can, and long ones are dear: a GiB takes three
     * times as long, and twice the processor time, in calls of 1 MiB.
     */
    private static final int AT_ONCE = 64 << 10;

    private final Tree tree;
    private final List<String> names;
    private final long length;
    private final Access creation;
    private final ChannelPool pool;
    private volatile @Nullable OpenChannel open;
    private volatile boolean exists;
    /** It was made, and its folder not synced since. */
    private final AtomicBoolean newInFolder = new AtomicBoolean();

    /** The system lets one write at a time in, and has the others spin for it. */
    private final Lock writing = new ReentrantLock();

    private volatile boolean closed;

    StoredFile(Tree tree, List<String> names, long length, boolean executable, ChannelPool pool) {
        this.tree = tree;
        this.names = names;
        this.length = length;
        this.creation = executable ? Access.CREATE_EXECUTABLE : Access.CREATE;
        this.pool = pool;
    }

    List<String> names() {
        return names;
    }

    long length() {
        return length;
    }

    Path path() {
        return tree.path(names);
    }

    void foundThere() {
        exists = true;
    }

    /** True if a write would make it. */
    boolean isNew() {
        return !exists;
    }

    /** Bytes that are there; 0 for a file that is not. Quicker than asking the tree, and nothing depends on its safety. */
    long size() {
        var path = path();
        if (path.getFileSystem() == FileSystems.getDefault()) {
            return path.toFile().length();
        }
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Reads at a place.
     *
     * @return bytes read; fewer than asked for where the file is shorter or not there
     */
    int read(ByteBuffer into, long at) throws IOException {
        int start = into.position();
        try {
            attempt(false, channel -> {
                int now = 0;
                while (into.hasRemaining() && now >= 0) {
                    now = channel.read(into, at + into.position() - start);
                }
            });
            return into.position() - start;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw DiskTrouble.cannotRead(path(), e);
        }
    }

    void write(ByteBuffer from, long at) throws IOException {
        int start = from.position();
        try {
            attempt(true, channel -> {
                writing.lock();
                try {
                    write(channel, from, at - start);
                } finally {
                    writing.unlock();
                }
            });
        } catch (IOException e) {
            throw DiskTrouble.cannotWrite(path(), e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer from, long atZero) throws IOException {
        int end = from.limit();
        try {
            while (from.position() < end) {
                from.limit(Math.min(end, from.position() + AT_ONCE));
                channel.write(from, atZero + from.position());
            }
        } finally {
            from.limit(end);
        }
    }

    /**
     * Also its size and its time, by which it is known again.
     *
     * @return true if its folder has to be synced too
     */
    boolean sync() throws IOException {
        boolean isNew = newInFolder.getAndSet(false);
        try {
            attempt(true, channel -> channel.force(true));
            return isNew;
        } catch (IOException e) {
            newInFolder.compareAndSet(false, isNew);
            throw DiskTrouble.cannotWrite(path(), e);
        }
    }

    /** Makes an empty file of the torrent. */
    void touch() throws IOException {
        if (!exists) {
            try {
                attempt(true, channel -> {});
            } catch (IOException e) {
                throw DiskTrouble.cannotWrite(path(), e);
            }
        }
    }

    void close() throws IOException {
        closed = true;
        synchronized (this) {
            if (open != null) {
                open.retire();
                open = null;
            }
        }
    }

    private interface Use {
        void with(FileChannel channel) throws IOException;
    }

    /** An interrupted thread closes the channel under everyone (a rule of NIO): the others open it again and repeat, which is harmless. */
    private void attempt(boolean write, Use use) throws IOException {
        while (true) {
            var channel = acquire(write);
            try {
                use.with(channel.channel());
                return;
            } catch (ClosedByInterruptException e) {
                channel.retire();
                throw e;
            } catch (ClosedChannelException e) {
                channel.retire();
            } finally {
                channel.release();
            }
        }
    }

    private OpenChannel acquire(boolean write) throws IOException {
        var channel = open;
        if (channel != null && (!write || channel.isWritable()) && channel.acquire()) {
            return channel;
        }
        return openAnew(write);
    }

    private synchronized OpenChannel openAnew(boolean write) throws IOException {
        var before = open;
        if (before != null && (!write || before.isWritable()) && before.acquire()) {
            return before;
        }
        if (closed) {
            throw new IOException("the transfer has been closed");
        }
        if (before != null) {
            before.retire();
        }
        boolean mustCreate = write && !exists;
        var access = mustCreate ? creation : write ? Access.WRITE : Access.READ;
        var channel = pool.open(() -> tree.open(names, access), write);
        if (!mustCreate && channel.channel().size() > length && write) {
            long there = channel.channel().size();
            channel.retire();
            channel.release();
            throw DiskTrouble.isLonger(path(), there, length);
        }
        if (mustCreate) {
            newInFolder.set(true);
        }
        exists = true;
        open = channel;
        return channel;
    }
}
