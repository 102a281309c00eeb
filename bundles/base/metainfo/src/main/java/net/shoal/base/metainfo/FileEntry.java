package net.shoal.base.metainfo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.base.model.Sha256Hash;

/**
 * One file of a torrent.
 *
 * @param path the names from the torrent's root down, checked: none is empty, {@code .}, {@code ..} or holds {@code /} or NUL. Otherwise they
 *     are the true names, also where some file system cannot hold them ({@code \}, {@code :}, too long; see {@link SafeNames}). For a torrent
 *     of a single file it is the one name of that file. Distinct among files that are no padding, and none is another's folder
 * @param offset where its first byte lies in piece space (see {@link net.shoal.base.model.PieceLayout})
 * @param length in bytes
 * @param piecesRoot root of its merkle tree (BEP 52); absent in v1 and for empty files
 * @param symlinkTarget names from the torrent's root, where {@code attributes} holds SYMLINK (BEP 47)
 */
public record FileEntry(
        List<String> path,
        long offset,
        long length,
        Set<Attribute> attributes,
        Optional<Sha256Hash> piecesRoot,
        Optional<List<String>> symlinkTarget) {
    /** BEP 47. */
    public enum Attribute {
        PAD,
        EXECUTABLE,
        HIDDEN,
        SYMLINK
    }

    public FileEntry {
        path = List.copyOf(path);
        attributes = Set.copyOf(attributes);
    }

    public boolean isPad() {
        return attributes.contains(Attribute.PAD);
    }
}
