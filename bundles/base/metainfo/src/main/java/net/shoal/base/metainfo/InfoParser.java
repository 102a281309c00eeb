package net.shoal.base.metainfo;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Block;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;

/** Makes an {@link Info} of one dictionary: decides which versions it speaks, reads each, and for a hybrid checks that both say the same. */
final class InfoParser {
    /** 512 MiB, about where other clients end too; a piece has to fit into memory. */
    private static final long MAX_PIECE_LENGTH = 1 << 29;

    private final ByteBuffer raw;
    private final BDict dict;
    private final MetainfoReader.Limits limits;
    private final int pieceLength;
    private final boolean v1;
    private final boolean v2;

    InfoParser(BDict source, MetainfoReader.Limits limits) throws MetainfoException {
        this.raw = source.encoded();
        // decoded once, since one look-up in what was read passes over all the rest
        this.dict = new BDict(source.entries());
        this.limits = limits;
        long version = dict.integer("meta version").orElse(1);
        if (version > 2) {
            throw new MetainfoException("The torrent is of version " + version
                    + " of the BitTorrent protocol, and this program speaks 1 and 2.");
        }
        this.v2 = version == 2;
        this.v1 = dict.get("pieces").isPresent();
        if (!v1 && !v2) {
            throw new MetainfoException("The torrent has neither piece hashes (v1) nor a meta version of 2.");
        }
        this.pieceLength = pieceLength();
    }

    private int pieceLength() throws MetainfoException {
        long length = dict.integer("piece length").orElse(0);
        if (length <= 0 || length > MAX_PIECE_LENGTH) {
            throw new MetainfoException("The torrent has a piece length of " + length + "; it has to be from 1 to "
                    + MAX_PIECE_LENGTH + " bytes.");
        }
        if (v2 && (length < Block.SIZE || Long.bitCount(length) != 1)) {
            throw new MetainfoException("The torrent has a piece length of " + length
                    + "; in v2 it has to be a power of two from 16 KiB on.");
        }
        return (int) length;
    }

    Info parse() throws MetainfoException {
        var hashes = hashes();
        var name = name(hashes);
        boolean single = v1 ? dict.get("files").isEmpty() : isSingleFileTree();
        var bounds = new FileBounds(pieceLength, limits);
        List<FileEntry> files;
        if (v1) {
            var ofV1 = V1Files.read(dict, name, bounds);
            files = v2 ? Hybrid.merge(ofV1, tree(), pieceLength) : ofV1;
        } else {
            files = tree();
        }
        Names.checkDistinct(files);
        var layout = layout(files);
        if (layout.totalLength() == 0) {
            throw new MetainfoException("The torrent holds no data: all of its files are empty.");
        }
        return new Info(
                raw,
                hashes,
                name,
                single,
                files,
                layout,
                v1 ? Optional.of(pieceHashes(layout)) : Optional.empty(),
                dict.integer("private").orElse(0) == 1,
                dict.string("source").map(Names::decode));
    }

    private List<FileEntry> tree() throws MetainfoException {
        return FileTree.read(dict, new FileBounds(pieceLength, limits));
    }

    private PieceLayout layout(List<FileEntry> files) {
        return v1
                ? PieceLayout.contiguous(
                        files.stream().mapToLong(FileEntry::length).sum(), pieceLength)
                : PieceLayout.aligned(files.stream().map(FileEntry::length).toList(), pieceLength);
    }

    private PieceHashes pieceHashes(PieceLayout layout) throws MetainfoException {
        var pieces = dict.string("pieces").orElse(BString.of(""));
        if (pieces.length() != (long) layout.pieceCount() * Sha1Hash.LENGTH) {
            throw new MetainfoException("The torrent has " + layout.pieceCount() + " pieces, and " + pieces.length()
                    + " bytes of piece hashes where " + (long) layout.pieceCount() * Sha1Hash.LENGTH + " belong.");
        }
        return new PieceHashes(pieces.buffer());
    }

    /** A single file in v2 is a tree of one file that is named like the torrent. */
    private boolean isSingleFileTree() {
        var tree = dict.dict("file tree").orElse(BDict.EMPTY).iterator();
        if (!tree.hasNext()) {
            return false;
        }
        var first = tree.next();
        return !tree.hasNext()
                && first.getValue() instanceof BDict child
                && child.dict("").isPresent()
                && dict.string("name").filter(first.getKey()::equals).isPresent();
    }

    private String name(InfoHashes hashes) throws MetainfoException {
        var name = dict.string("name.utf-8")
                .filter(utf8 -> utf8.utf8().isPresent() && !v2)
                .or(() -> dict.string("name"))
                .orElseThrow(() -> new MetainfoException("The torrent has no name."));
        var element = Names.element(Names.decode(name));
        return element.isEmpty() || element.equals(".") ? hashes.hex() : element;
    }

    private InfoHashes hashes() {
        return new InfoHashes(
                v1 ? Optional.of(new InfoHash.V1(Sha1Hash.ofContent(raw.duplicate()))) : Optional.empty(),
                v2 ? Optional.of(new InfoHash.V2(Sha256Hash.ofContent(raw.duplicate()))) : Optional.empty());
    }
}
