package net.shoal.engine.source;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A block that a source was asked for. What comes of it in parts, be it of several files, is put together here. */
final class WantedBlock {
    final int piece;
    final int offset;
    final int length;
    /** Where it begins in piece space. */
    final long at;

    private int missing;
    private @Nullable ByteBuffer bytes;

    WantedBlock(int piece, int offset, int length, long at) {
        this.piece = piece;
        this.offset = offset;
        this.length = length;
        this.at = at;
        this.missing = length;
    }

    long end() {
        return at + length;
    }

    /** So much of it is in files; the rest is padding. */
    void expect(int inFiles) {
        missing = inFiles;
    }

    /**
     * Takes what lies at this place.
     *
     * @return all of the block, once it is whole
     */
    @Nullable
    ByteBuffer take(long place, ByteBuffer part) {
        if (part.remaining() == length && missing == length) {
            return part;
        }
        var whole = bytes;
        if (whole == null) {
            whole = ByteBuffer.allocate(length);
            bytes = whole;
        }
        whole.put((int) (place - at), part, part.position(), part.remaining());
        missing -= part.remaining();
        return missing == 0 ? whole : null;
    }
}
