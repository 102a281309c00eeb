package net.shoal.base.metainfo;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings both descriptions of a hybrid together. They have to agree file by file (BEP 52, upgrade path), or peers of one version would be
 * given other content than those of the other.
 */
final class Hybrid {
    private Hybrid() {}

    /** The files of v1, padding included, with the roots of v2. */
    static List<FileEntry> merge(List<FileEntry> v1, List<FileEntry> v2, int pieceLength) throws MetainfoException {
        var merged = new ArrayList<FileEntry>(v1.size());
        var tree = v2.iterator();
        for (var file : v1) {
            if (file.isPad()) {
                merged.add(file);
                continue;
            }
            if (!tree.hasNext()) {
                throw disagree(file, "is not in its v2 part");
            }
            merged.add(merge(file, tree.next(), pieceLength));
        }
        if (tree.hasNext()) {
            throw disagree(tree.next(), "is not in its v1 part");
        }
        return merged;
    }

    private static FileEntry merge(FileEntry v1, FileEntry v2, int pieceLength) throws MetainfoException {
        if (!v1.path().equals(v2.path())) {
            throw disagree(v1, "is " + Names.quote(String.join("/", v2.path())) + " in its v2 part");
        }
        if (v1.length() != v2.length()) {
            throw disagree(v1, "has " + v1.length() + " bytes in its v1 part and " + v2.length() + " in its v2 part");
        }
        if (v1.length() > 0 && v1.offset() % pieceLength != 0) {
            throw disagree(v1, "does not begin with a piece");
        }
        return new FileEntry(v1.path(), v1.offset(), v1.length(), v1.attributes(), v2.piecesRoot(), v1.symlinkTarget());
    }

    private static MetainfoException disagree(FileEntry file, String how) {
        return new MetainfoException("The torrent is a hybrid whose parts disagree: the file "
                + Names.quote(String.join("/", file.path())) + " " + how + ".");
    }
}
