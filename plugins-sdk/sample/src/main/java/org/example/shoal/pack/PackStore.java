package org.example.shoal.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongSupplier;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.FileEntry.Attribute;
import net.shoal.base.metainfo.Info;

/**
 * One content in its pack. Several threads read and write at once: the channel takes that, and it is opened and closed under a lock. Padding
 * lies nowhere and reads as zeros.
 */
final class PackStore implements PieceStore {
    private static final byte[] ZEROS = new byte[4096];

    private final Info info;
    private final Path path;
    private final boolean readOnly;
    private final LongSupplier leaveFree;
    private final long contentStart;
    /** Those with content, in the order of piece space. */
    private final List<FileEntry> files;

    private volatile FileChannel channel;
    private volatile boolean isDirty;
    private boolean isClosed;

    PackStore(Info info, Path path, boolean readOnly, LongSupplier leaveFree) {
        this.info = info;
        this.path = path;
        this.readOnly = readOnly;
        this.leaveFree = leaveFree;
        this.contentStart = Pack.contentStart(info);
        this.files = info.files().stream().filter(file -> file.length() > 0).toList();
    }

    @Override
    public int read(int piece, int offset, ByteBuffer into) throws IOException {
        int begin = into.position();
        int limit = into.limit();
        long at = positionOf(piece, offset);
        try {
            for (var file : from(at)) {
                if (at < file.offset() || into.position() == limit) {
                    break; // a gap, as v2 leaves after a file
                }
                into.limit((int) Math.min(limit, into.position() + file.offset() + file.length() - at));
                at += isNowhere(file) ? zeros(into) : readFrom(at, into);
                boolean isShort = into.hasRemaining();
                into.limit(limit);
                if (isShort) {
                    break;
                }
            }
            return into.position() - begin;
        } catch (IOException e) {
            into.limit(limit);
            throw Troubles.of(path, e);
        }
    }

    private int readFrom(long at, ByteBuffer into) throws IOException {
        if (!Files.exists(path) && channel == null) {
            return 0;
        }
        int begin = into.position();
        while (into.hasRemaining()) {
            if (channel(false).read(into, contentStart + at + into.position() - begin) < 0) {
                break;
            }
        }
        return into.position() - begin;
    }

    private static int zeros(ByteBuffer into) {
        int count = into.remaining();
        while (into.hasRemaining()) {
            into.put(ZEROS, 0, Math.min(ZEROS.length, into.remaining()));
        }
        return count;
    }

    @Override
    public void write(int piece, int offset, ByteBuffer from) throws IOException {
        if (readOnly) {
            throw new IOException(path + " is shared in place and never written to");
        }
        long at = positionOf(piece, offset);
        long end = at + from.remaining();
        if (offset + from.remaining() > info.layout().lengthOf(piece)) {
            throw new IndexOutOfBoundsException(from.remaining() + " bytes at " + offset + " of piece " + piece);
        }
        try {
            checkRoom(from.remaining());
            for (var file : from(at)) {
                if (at >= end) {
                    break;
                }
                int part = (int) (Math.min(end, file.offset() + file.length()) - at);
                var bytes = from.slice(from.position(), part);
                if (!isNowhere(file)) {
                    Pack.writeFully(channel(true), bytes, contentStart + at);
                    isDirty = true;
                }
                from.position(from.position() + part);
                at += part;
            }
        } catch (IOException e) {
            throw Troubles.of(path, e);
        }
    }

    private void checkRoom(int bytes) throws IOException {
        var folder = path.getParent();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        if (Files.getFileStore(folder).getUsableSpace() - bytes < leaveFree.getAsLong()) {
            throw new StorageException(
                    Trouble.DISK_FULL,
                    "the disk of " + path + " has no more than " + (leaveFree.getAsLong() >> 20) + " MiB left",
                    "make room, or let packs leave less free: `config set org.example.shoal.pack:leaveFree MIB`");
        }
    }

    @Override
    public boolean mayHold(int piece) {
        long start = positionOf(piece, 0);
        long end = start + info.layout().lengthOf(piece);
        long last = files.stream()
                .filter(file -> !isNowhere(file) && file.offset() < end && file.offset() + file.length() > start)
                .mapToLong(file -> Math.min(end, file.offset() + file.length()))
                .max()
                .orElse(0);
        try {
            return Files.size(path) >= contentStart + last;
        } catch (IOException e) {
            return false;
        }
    }

    /** They all lie in the pack. */
    @Override
    public Path pathOf(int index) {
        return path;
    }

    @Override
    public void complete() throws IOException {
        if (!readOnly) {
            try {
                channel(true);
            } catch (IOException e) {
                throw Troubles.of(path, e);
            }
        }
    }

    @Override
    public void sync() throws IOException {
        if (isDirty) {
            isDirty = false;
            try {
                channel(true).force(true);
            } catch (IOException e) {
                isDirty = true;
                throw Troubles.of(path, e);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        if (channel != null) {
            channel.close();
        }
    }

    /** A thread that is interrupted closes the channel it uses, and the next one opens another. */
    private synchronized FileChannel channel(boolean toWrite) throws IOException {
        if (isClosed) {
            throw new ClosedByInterruptException();
        }
        if (channel == null || !channel.isOpen()) {
            if (toWrite && !Files.exists(path)) {
                Pack.create(info, path);
            }
            channel = readOnly
                    ? FileChannel.open(path, StandardOpenOption.READ)
                    : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        return channel;
    }

    private long positionOf(int piece, int offset) {
        if (piece < 0
                || piece >= info.layout().pieceCount()
                || offset < 0
                || offset > info.layout().lengthOf(piece)) {
            throw new IndexOutOfBoundsException("offset " + offset + " of piece " + piece);
        }
        return info.layout().offsetOf(piece) + offset;
    }

    /** The file with this byte of piece space, and all that follow. */
    private List<FileEntry> from(long position) {
        int low = 0;
        int high = files.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (files.get(middle).offset() + files.get(middle).length() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return files.subList(low, files.size());
    }

    private static boolean isNowhere(FileEntry file) {
        return file.isPad() || file.attributes().contains(Attribute.SYMLINK);
    }
}
