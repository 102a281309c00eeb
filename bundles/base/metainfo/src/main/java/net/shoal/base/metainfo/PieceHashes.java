package net.shoal.base.metainfo;

import java.nio.ByteBuffer;
import net.shoal.base.model.Sha1Hash;

/** The v1 piece hashes of an info dictionary: a view of its {@code pieces} string. */
public final class PieceHashes {
    private final ByteBuffer bytes;

    /** @param bytes 20 for each piece; no longer changed by the caller */
    public PieceHashes(ByteBuffer bytes) {
        if (bytes.remaining() % Sha1Hash.LENGTH != 0) {
            throw new IllegalArgumentException("piece hashes take 20 bytes each, not " + bytes.remaining() + " in all");
        }
        this.bytes = bytes.slice().asReadOnlyBuffer();
    }

    public int count() {
        return bytes.remaining() / Sha1Hash.LENGTH;
    }

    public Sha1Hash get(int piece) {
        return Sha1Hash.read(bytes.duplicate().position(piece * Sha1Hash.LENGTH));
    }
}
