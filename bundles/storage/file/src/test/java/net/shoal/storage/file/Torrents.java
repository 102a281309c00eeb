package net.shoal.storage.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.FileEntry.Attribute;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;

/** Makes info dictionaries without files, hashes or checks: also such as no parser lets through. */
final class Torrents {
    static final int PIECE = 1 << 14;

    private final String name;
    private final List<FileEntry> files = new ArrayList<>();
    private long end;

    private Torrents(String name) {
        this.name = name;
    }

    static Torrents named(String name) {
        return new Torrents(name);
    }

    static Info single(String name, long length) {
        var torrent = named(name).file(length, name);
        return torrent.info(true, PieceLayout.contiguous(length, PIECE), Optional.empty());
    }

    Torrents file(long length, String... path) {
        return add(length, Set.of(), Optional.empty(), path);
    }

    Torrents program(long length, String... path) {
        return add(length, Set.of(Attribute.EXECUTABLE), Optional.empty(), path);
    }

    Torrents pad(long length) {
        return add(length, Set.of(Attribute.PAD), Optional.empty(), ".pad", Long.toString(length));
    }

    Torrents link(List<String> target, String... path) {
        return add(0, Set.of(Attribute.SYMLINK), Optional.of(target), path);
    }

    private Torrents add(long length, Set<Attribute> attributes, Optional<List<String>> target, String... path) {
        files.add(new FileEntry(List.of(path), end, length, attributes, Optional.empty(), target));
        end += length;
        return this;
    }

    Info v1() {
        return info(false, PieceLayout.contiguous(end, PIECE), Optional.empty());
    }

    /** Each file begins a piece of its own (BEP 52). */
    Info v2() {
        var aligned = new ArrayList<FileEntry>();
        long offset = 0;
        for (var file : files) {
            aligned.add(new FileEntry(
                    file.path(), offset, file.length(), file.attributes(), Optional.empty(), file.symlinkTarget()));
            offset += (file.length() + PIECE - 1) / PIECE * PIECE;
        }
        files.clear();
        files.addAll(aligned);
        var lengths = files.stream().map(FileEntry::length).toList();
        return info(false, PieceLayout.aligned(lengths, PIECE), Optional.of(Sha256Hash.ZERO));
    }

    private Info info(boolean single, PieceLayout layout, Optional<Sha256Hash> v2) {
        var random = new Random(name.hashCode() * 31L + files.size());
        var v1 = new InfoHash.V1(new Sha1Hash(random.nextLong(), random.nextLong(), random.nextInt()));
        return new Info(
                ByteBuffer.allocate(0),
                new InfoHashes(Optional.of(v1), v2.map(InfoHash.V2::new)),
                name,
                single,
                files,
                layout,
                Optional.empty(),
                false,
                Optional.empty());
    }
}
