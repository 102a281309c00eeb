package net.shoal.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The content of one torrent in its final files. */
final class TorrentFiles implements PieceStore {
    private static final Logger LOG = LoggerFactory.getLogger(TorrentFiles.class);
    private static final byte[] ZEROS = new byte[1 << 12];

    private final Info info;
    private final Tree tree;
    private final boolean readOnly;
    private final PieceSpace space;
    private final List<StoredFile> files;
    private final BitSet wasThere;
    private final Set<StoredFile> unsynced = ConcurrentHashMap.newKeySet();
    private final Set<Path> foldersToSync = ConcurrentHashMap.newKeySet();
    private final List<Path> chosenFolders;
    private final ParallelSync syncing;

    /** @param names of each file on disk, as {@link DiskNames} gives them */
    TorrentFiles(
            Info info, List<List<String>> names, Tree tree, boolean readOnly, ChannelPool pool, ParallelSync syncing)
            throws IOException {
        this.info = info;
        this.tree = tree;
        this.readOnly = readOnly;
        this.space = new PieceSpace(info);
        this.files = files(info, names, tree, pool);
        this.wasThere = readOnly ? new BitSet() : new FoundFiles(info, files, tree).check();
        this.syncing = syncing;
        this.chosenFolders = foldersToMake(tree.path(List.of()));
    }

    /** The folder above one, and if that is to be made, the one above it, and so on: those whose entries change. */
    private static List<Path> foldersToMake(Path folder) {
        var above = new ArrayList<Path>();
        for (var next = folder.toAbsolutePath().getParent(); next != null; next = next.getParent()) {
            above.add(next);
            if (Files.isDirectory(next)) {
                break;
            }
        }
        return above;
    }

    private static List<StoredFile> files(Info info, List<List<String>> names, Tree tree, ChannelPool pool) {
        var files = new ArrayList<StoredFile>(names.size());
        for (int i = 0; i < names.size(); i++) {
            var entry = info.files().get(i);
            boolean executable = entry.attributes().contains(FileEntry.Attribute.EXECUTABLE);
            files.add(new StoredFile(tree, names.get(i), entry.length(), executable, pool));
        }
        return files;
    }

    @Override
    public int read(int piece, int offset, ByteBuffer into) throws IOException {
        long at = space.offsetOf(piece, offset);
        int asked = into.remaining();
        int limit = into.limit();
        for (int span = space.spanAt(at); into.hasRemaining() && space.holds(span, at); span++) {
            int part = (int) Math.min(into.remaining(), space.end(span) - at);
            into.limit(into.position() + part);
            int read = readSpan(span, at, into);
            into.limit(limit);
            at += read;
            if (read < part) {
                break;
            }
        }
        return asked - into.remaining();
    }

    private int readSpan(int span, long at, ByteBuffer into) throws IOException {
        int file = space.file(span);
        if (file != PieceSpace.VIRTUAL) {
            return files.get(file).read(into, at - space.start(span));
        }
        int count = into.remaining();
        while (into.hasRemaining()) {
            into.put(ZEROS, 0, Math.min(ZEROS.length, into.remaining()));
        }
        return count;
    }

    @Override
    public void write(int piece, int offset, ByteBuffer from) throws IOException {
        if (readOnly) {
            throw new IOException(rootPath() + " is shared in place and never written to");
        }
        long at = space.offsetOf(piece, offset);
        if (at + from.remaining() > space.endOf(piece)) {
            throw new IndexOutOfBoundsException(
                    from.remaining() + " bytes do not fit into piece " + piece + " at " + offset);
        }
        int first = space.spanAt(at);
        if (space.end(first) - at >= from.remaining()) {
            writeSpan(first, at, from);
            return;
        }
        var stay = tree.stay();
        try {
            writeSpans(first, at, from);
        } finally {
            stay.close();
        }
    }

    private void writeSpans(int first, long start, ByteBuffer from) throws IOException {
        long at = start;
        int limit = from.limit();
        for (int span = first; from.hasRemaining() && space.holds(span, at); span++) {
            int part = (int) Math.min(from.remaining(), space.end(span) - at);
            from.limit(from.position() + part);
            writeSpan(span, at, from);
            from.limit(limit);
            at += part;
        }
    }

    private void writeSpan(int span, long at, ByteBuffer from) throws IOException {
        int index = space.file(span);
        if (index == PieceSpace.VIRTUAL) {
            from.position(from.limit());
            return;
        }
        var file = files.get(index);
        file.write(from, at - space.start(span));
        unsynced.add(file); // after the write, so that a sync that misses the mark has not missed the bytes
    }

    @Override
    public boolean mayHold(int piece) {
        long at = space.offsetOf(piece, 0);
        long end = space.endOf(piece);
        for (int span = space.spanAt(at); at < end && space.holds(span, at); span++) {
            long until = Math.min(end, space.end(span));
            int file = space.file(span);
            if (file != PieceSpace.VIRTUAL && files.get(file).size() < until - space.start(span)) {
                return false;
            }
            at = until;
        }
        return true;
    }

    @Override
    public boolean wasThere(int index) {
        return wasThere.get(index);
    }

    /** Padding lies nowhere; it is said to be where the content is. */
    @Override
    public Path pathOf(int index) {
        var file = files.get(index);
        return file.names().isEmpty() ? rootPath() : file.path();
    }

    @Override
    public void mayBeUnsynced(int piece) {
        long at = space.offsetOf(piece, 0);
        long end = space.endOf(piece);
        for (int span = space.spanAt(at); !readOnly && at < end && space.holds(span, at); span++) {
            int index = space.file(span);
            if (index != PieceSpace.VIRTUAL && !files.get(index).isNew()) {
                unsynced.add(files.get(index));
                foldersToSync.addAll(foldersAbove(files.get(index)));
            }
            at = space.end(span);
        }
    }

    @Override
    public void sync() throws IOException {
        syncing.each(unsynced, this::syncFile);
        syncing.each(foldersToSync, TorrentFiles::syncFolder);
    }

    private void syncFile(StoredFile file) throws IOException {
        if (file.sync()) {
            foldersToSync.addAll(foldersAbove(file));
        }
    }

    /** Empty files and links (BEP 47); those that are there stay as they are. */
    @Override
    public void complete() throws IOException {
        if (readOnly) {
            return;
        }
        for (int i = 0; i < files.size(); i++) {
            var entry = info.files().get(i);
            var file = files.get(i);
            if (entry.attributes().contains(FileEntry.Attribute.SYMLINK)) {
                link(entry, file);
            } else if (entry.length() == 0 && !entry.isPad()) {
                file.touch();
                unsynced.add(file);
            }
        }
    }

    /** From where the link lies up to the torrent's root, and down from there: it cannot lead out. */
    private void link(FileEntry entry, StoredFile file) {
        if (info.isSingleFile() || entry.symlinkTarget().stream().anyMatch(names -> names.contains(".."))) {
            return;
        }
        var system = rootPath().getFileSystem();
        var rules = NameRules.of(rootPath());
        var target = system.getPath("");
        for (int up = 2; up < file.names().size(); up++) {
            target = target.resolve("..");
        }
        for (var name : entry.symlinkTarget().orElse(List.of())) {
            target = target.resolve(DiskName.of(name, rules, system));
        }
        try {
            if (tree.look(file.names()).isEmpty()) {
                tree.link(file.names(), target);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("The link {} could not be made", file.path(), e);
        }
    }

    private List<Path> foldersAbove(StoredFile file) {
        var folders = new ArrayList<>(chosenFolders);
        for (int depth = 0; depth < file.names().size(); depth++) {
            folders.add(tree.path(file.names().subList(0, depth)));
        }
        return folders;
    }

    /** A new file outlives a power cut only if its folder is synced too. Windows does not let folders be opened, and needs no such thing. */
    static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            LOG.debug("The folder {} cannot be synced", folder, e);
        } catch (IOException e) {
            throw DiskTrouble.cannotWrite(folder, e);
        }
    }

    private Path rootPath() {
        return files.stream()
                .filter(file -> !file.names().isEmpty())
                .findFirst()
                .map(file -> tree.path(file.names().subList(0, 1)))
                .orElseGet(() -> tree.path(List.of()));
    }

    @Override
    public void close() throws IOException {
        for (var file : files) {
            file.close();
        }
    }
}
