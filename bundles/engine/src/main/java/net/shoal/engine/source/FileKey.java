package net.shoal.engine.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Sha256Hash;

/**
 * What tells that two torrents hold the same file: the root of its hash tree (BEP 52), whatever the pieces; or, of v1, the hashes of all
 * pieces that lie in it alone, where the piece length and the place of the file within a piece are the same.
 */
record FileKey(Sha256Hash digest, long length) {
    /** Smaller ones are not worth while. */
    private static final long MIN_LENGTH = 16 << 10;

    /** None, one, or for a hybrid two. */
    static List<FileKey> of(Info info, FileEntry file) {
        var keys = new ArrayList<FileKey>(2);
        if (!file.isPad() && file.length() >= MIN_LENGTH) {
            file.piecesRoot().ifPresent(root -> keys.add(new FileKey(root, file.length())));
            addV1(info, file, keys);
        }
        return keys;
    }

    private static void addV1(Info info, FileEntry file, List<FileKey> keys) {
        long pieceLength = info.layout().pieceLength();
        long first = (file.offset() + pieceLength - 1) / pieceLength;
        long end = (file.offset() + file.length()) / pieceLength;
        if (info.pieceHashes().isEmpty() || first >= end) {
            return;
        }
        var hashes = info.pieceHashes().get();
        var facts = ByteBuffer.allocate((int) (2 * Long.BYTES + 20 * (end - first)));
        facts.putLong(pieceLength).putLong(file.offset() % pieceLength);
        for (long piece = first; piece < end; piece++) {
            hashes.get((int) piece).write(facts);
        }
        keys.add(new FileKey(Sha256Hash.ofContent(facts.flip()), file.length()));
    }
}
