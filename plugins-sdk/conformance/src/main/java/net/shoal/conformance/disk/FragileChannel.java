package net.shoal.conformance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import net.shoal.conformance.disk.FragileDisk.Call;

/** An open file, or folder: that can be synced only. */
final class FragileChannel extends FileChannel {
    private final FragilePath path;
    private final FragileDisk disk;
    private final Inode node;
    private long position;

    FragileChannel(FragilePath path, Inode node) {
        this.path = path;
        this.disk = path.getFileSystem().disk();
        this.node = node;
    }

    private <T> T call(Call call, FragileDisk.Action<T> action) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        return disk.call(path, call, action);
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        return call(Call.READ, () -> node.read(into, at));
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        return call(Call.WRITE, () -> {
            disk.reserve(path, Math.max(0, at + from.remaining() - node.size()));
            return node.write(from, at);
        });
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = read(into, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = write(from, position);
        position += count;
        return count;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            int count = read(into[i]);
            if (count < 0) {
                return all == 0 ? -1 : all;
            }
            all += count;
        }
        return all;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            all += write(from[i]);
        }
        return all;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        return call(Call.LOOK, () -> (long) node.size());
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        return call(Call.TRUNCATE, () -> {
            if (size < node.size()) {
                node.resize((int) size);
            }
            return this;
        });
    }

    @Override
    public void force(boolean metaData) throws IOException {
        try {
            call(Call.SYNC, () -> {
                if (node.isFolder) {
                    disk.syncFolder(node);
                } else {
                    node.sync();
                }
                return this;
            });
        } catch (IOException e) {
            synchronized (disk) {
                node.syncFails();
            }
            throw e;
        }
    }

    @Override
    public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
        int read = read(bytes, at);
        return read <= 0 ? 0 : target.write(bytes.flip());
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
        int read = source.read(bytes);
        return read <= 0 ? 0 : write(bytes.flip(), at);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseChannel() {}
}
