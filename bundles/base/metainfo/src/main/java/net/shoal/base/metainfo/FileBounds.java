package net.shoal.base.metainfo;

import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;

/** Counts files and bytes while they are read, and ends where a bound is broken: before anything is made of them. */
final class FileBounds {
    private final int pieceLength;
    private final MetainfoReader.Limits limits;
    private int files;
    private long bytes;

    FileBounds(int pieceLength, MetainfoReader.Limits limits) {
        this.pieceLength = pieceLength;
        this.limits = limits;
    }

    int pieceLength() {
        return pieceLength;
    }

    /** The length of one more file, and where it begins: files follow each other without gaps. */
    long add(OptionalLong length) throws MetainfoException {
        if (length.isEmpty() || length.getAsLong() < 0) {
            throw new MetainfoException("A file of the torrent has no length, or a negative one.");
        }
        if (++files > limits.files()) {
            throw new MetainfoException("The torrent has more than " + limits.files() + " files.");
        }
        long offset = bytes;
        if (length.getAsLong() > (long) limits.pieces() * pieceLength - bytes) {
            throw new MetainfoException(
                    "The torrent has more than " + limits.pieces() + " pieces of " + pieceLength + " bytes.");
        }
        bytes += length.getAsLong();
        return offset;
    }

    /** v2: what comes next begins with a piece of its own. */
    void align() {
        bytes = (bytes + pieceLength - 1) / pieceLength * pieceLength;
    }

    /** BEP 47; letters nobody knows mean nothing. */
    static Set<FileEntry.Attribute> attributes(BDict file) {
        var attributes = EnumSet.noneOf(FileEntry.Attribute.class);
        for (char letter : file.string("attr").map(BString::text).orElse("").toCharArray()) {
            switch (letter) {
                case 'p' -> attributes.add(FileEntry.Attribute.PAD);
                case 'x' -> attributes.add(FileEntry.Attribute.EXECUTABLE);
                case 'h' -> attributes.add(FileEntry.Attribute.HIDDEN);
                case 'l' -> attributes.add(FileEntry.Attribute.SYMLINK);
                default -> {}
            }
        }
        return attributes;
    }
}
