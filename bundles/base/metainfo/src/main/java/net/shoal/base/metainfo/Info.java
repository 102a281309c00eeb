package net.shoal.base.metainfo;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PieceLayout;

/**
 * An info dictionary: what the infohash covers. Immutable.
 *
 * @param raw the bytes as they came, read-only: the infohash is over these and nothing else
 * @param hashes v1, v2 or both
 * @param name suggested name of the file or folder, checked like a path element of {@link FileEntry}
 * @param isSingleFile true if {@code name} is the file itself, false if it is the folder that holds the files
 * @param files in the order of piece space, padding files included
 * @param layout of all of them
 * @param pieceHashes v1 only and hybrid
 * @param isPrivate BEP 27
 * @param source the {@code source} key that some trackers add, to make an infohash of their own
 */
public record Info(
        ByteBuffer raw,
        InfoHashes hashes,
        String name,
        boolean isSingleFile,
        List<FileEntry> files,
        PieceLayout layout,
        Optional<PieceHashes> pieceHashes,
        boolean isPrivate,
        Optional<String> source) {
    public Info {
        raw = raw.slice().asReadOnlyBuffer();
        files = List.copyOf(files);
    }

    /** A fresh read-only view. */
    @Override
    public ByteBuffer raw() {
        return raw.duplicate();
    }

    public boolean hasV2() {
        return hashes.v2().isPresent();
    }

    /** Bytes a user would count: without padding. */
    public long contentLength() {
        return files.stream()
                .filter(file -> !file.isPad())
                .mapToLong(FileEntry::length)
                .sum();
    }
}
