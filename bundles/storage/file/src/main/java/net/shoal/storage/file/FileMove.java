package net.shoal.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import net.shoal.api.transfer.StorageException;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;

/**
 * Takes the files of a torrent from one place to another, one by one: renamed where both lie on one file system, else copied. It can be
 * broken off at any instant and begun again, since each file is whole at one of the two places at any time:
 *
 * <pre>
 *   rename:  original — (an empty file keeps the place) — renamed over it
 *   copy:    original — part, under a name of its own, given the original's time and brought to the disk — named like the file —
 *            the folder brought to the disk — original deleted
 * </pre>
 *
 * So where a file is at both places, the new one is a copy if it has the size and the time of the old one, which then goes; it is a kept
 * place if it is empty; or else it is somebody's, and nothing is moved at all.
 */
final class FileMove {
    private static final int BUFFER = 1 << 20;

    /** What is not there yet of a download takes no room: runs of so many zeros are left out again. */
    private static final int HOLE = 1 << 16;

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(HOLE).asReadOnlyBuffer();

    private final Info info;
    private final Place here;
    private final Place there;
    private final String temporary;
    private final List<String> part;
    private final LongConsumer progress;
    private long moved;

    /** @param names of each file from the tree's folder down; empty for padding */
    record Place(Tree tree, List<List<String>> names) {
        Optional<BasicFileAttributes> look(int file) throws IOException {
            return tree.look(names.get(file));
        }
    }

    /**
     * @param temporary a name, unlike any other, for what is made for a while
     * @param progress hears of the bytes that have arrived; first of 0, once nothing stands in the way. It may throw to break off.
     */
    FileMove(Info info, Place here, Place there, String temporary, LongConsumer progress) {
        this.info = info;
        this.here = here;
        this.there = there;
        this.temporary = temporary;
        this.part = List.of(temporary + ".part");
        this.progress = progress;
    }

    void run() throws IOException {
        for (int i = 0; i < info.files().size(); i++) {
            if (isToMove(i)) {
                check(i);
            }
        }
        progress.accept(0);
        for (int i = 0; i < info.files().size(); i++) {
            if (isToMove(i)) {
                move(i);
            }
        }
        deletePart();
        EmptyFolders.delete(there.tree, List.of(), temporary);
        EmptyFolders.delete(here.tree, here.names, temporary);
    }

    private boolean isToMove(int file) {
        var from = here.names.get(file);
        return !from.isEmpty() && !here.tree.path(from).equals(there.tree.path(there.names.get(file)));
    }

    private void check(int file) throws IOException {
        var path = there.tree.path(there.names.get(file));
        try {
            var original = here.look(file);
            var present = there.look(file);
            boolean clash = original.isPresent()
                    && FileStorage.isOurs(info.files().get(file), original.get())
                    && present.isPresent()
                    && !isCopy(original.get(), present.get())
                    && !isKeptPlace(present.get())
                    && !isSame(file, original.get(), present.get());
            if (clash) {
                throw new StorageException(
                        StorageException.Trouble.REFUSED,
                        path + " exists already",
                        "move it away or choose another folder");
            }
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw DiskTrouble.cannotWrite(path, e);
        }
    }

    private static boolean isCopy(BasicFileAttributes original, BasicFileAttributes present) {
        if (original.isSymbolicLink()) {
            return present.isSymbolicLink();
        }
        return present.isRegularFile()
                && present.size() == original.size()
                && present.lastModifiedTime().toMillis()
                        == original.lastModifiedTime().toMillis();
    }

    private static boolean isKeptPlace(BasicFileAttributes present) {
        return present.isRegularFile() && present.size() == 0;
    }

    /** Where case does not count, a file may be at both places at once. */
    private boolean isSame(int file, BasicFileAttributes original, BasicFileAttributes present) throws IOException {
        if (original.fileKey() != null) {
            return original.fileKey().equals(present.fileKey());
        }
        return original.isRegularFile()
                && Files.isSameFile(here.tree.path(here.names.get(file)), there.tree.path(there.names.get(file)));
    }

    private void move(int file) throws IOException {
        var from = here.names.get(file);
        var to = there.names.get(file);
        var entry = info.files().get(file);
        var original = look(here, from).filter(attributes -> FileStorage.isOurs(entry, attributes));
        var present = look(there, to);
        if (original.isEmpty()) {
            moved += present.map(BasicFileAttributes::size).orElse(0L);
        } else if (present.isEmpty() || !isSame(file, original.get(), present.get())) {
            moveOver(entry, original.get(), from, present, to);
            moved += original.get().size();
        }
        progress.accept(moved);
    }

    private void moveOver(
            FileEntry entry,
            BasicFileAttributes original,
            List<String> from,
            Optional<BasicFileAttributes> present,
            List<String> to)
            throws IOException {
        if (present.isPresent() && present.get().size() > 0) {
            deleteOriginal(from); // a copy: see check
            return;
        }
        if (present.isPresent()) {
            there.tree.deleteFile(to);
        }
        take(entry, original, from, to);
    }

    private static Optional<BasicFileAttributes> look(Place place, List<String> names) throws IOException {
        try {
            return place.tree.look(names);
        } catch (IOException e) {
            throw DiskTrouble.cannotRead(place.tree.path(names), e);
        }
    }

    private void take(FileEntry entry, BasicFileAttributes original, List<String> from, List<String> to)
            throws IOException {
        try {
            there.tree.take(here.tree, from, to);
        } catch (AtomicMoveNotSupportedException e) {
            if (original.isSymbolicLink()) {
                there.tree.link(to, Files.readSymbolicLink(here.tree.path(from)));
            } else {
                copy(entry, original, from, to);
            }
            deleteOriginal(from);
        } catch (IOException e) {
            throw DiskTrouble.cannotWrite(there.tree.path(to), e);
        }
    }

    private void copy(FileEntry entry, BasicFileAttributes original, List<String> from, List<String> to)
            throws IOException {
        boolean executable = entry.attributes().contains(FileEntry.Attribute.EXECUTABLE);
        deletePart();
        try {
            try (var out = there.tree.open(part, executable ? Tree.Access.CREATE_EXECUTABLE : Tree.Access.CREATE)) {
                copy(from, original.size(), out);
                there.tree.modified(part, original.lastModifiedTime());
                out.force(true);
            }
            there.tree.take(there.tree, part, to);
            syncFolderOf(to);
        } catch (IOException e) {
            deletePart();
            throw DiskTrouble.cannotWrite(there.tree.path(to), e);
        } catch (RuntimeException e) {
            deletePart();
            throw e;
        }
    }

    private void copy(List<String> from, long size, FileChannel out) throws IOException {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        try (var in = here.tree.open(from, Tree.Access.READ)) {
            for (long at = 0; at < size; at += buffer.limit()) {
                buffer.clear().limit((int) Math.min(BUFFER, size - at));
                read(in, from, buffer, at);
                write(out, buffer.flip(), at, size);
                progress.accept(moved + at + buffer.limit());
            }
        }
    }

    private void read(FileChannel in, List<String> from, ByteBuffer buffer, long at) throws IOException {
        try {
            while (buffer.hasRemaining()) {
                if (in.read(buffer, at + buffer.position()) < 0) {
                    throw new IOException("it has become shorter while it was copied");
                }
            }
        } catch (IOException e) {
            throw DiskTrouble.cannotRead(here.tree.path(from), e);
        }
    }

    /** The last bytes are always written: they make the length. */
    private static void write(FileChannel out, ByteBuffer buffer, long at, long size) throws IOException {
        int end = buffer.limit();
        for (int start = 0; start < end; start += HOLE) {
            buffer.limit(Math.min(end, start + HOLE)).position(start);
            if (at + buffer.limit() == size || !isZeros(buffer)) {
                while (buffer.hasRemaining()) {
                    out.write(buffer, at + buffer.position());
                }
            }
        }
        buffer.limit(end);
    }

    private static boolean isZeros(ByteBuffer buffer) {
        int mismatch = buffer.mismatch(ZEROS.duplicate());
        return mismatch < 0 || mismatch == buffer.remaining();
    }

    private void syncFolderOf(List<String> names) throws IOException {
        TorrentFiles.syncFolder(there.tree.path(names.subList(0, names.size() - 1)));
    }

    private void deleteOriginal(List<String> from) throws IOException {
        try {
            here.tree.deleteFile(from);
        } catch (IOException e) {
            throw DiskTrouble.cannotDelete(here.tree.path(from), e);
        }
    }

    private void deletePart() throws IOException {
        if (there.tree.look(part).isPresent()) {
            there.tree.deleteFile(part);
        }
    }
}
