package net.shoal.api.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The content of one torrent, addressed by piece. Synchronous, called from the disk pool: several threads may read and write at once, but never
 * the same bytes.
 */
@ConsumerType
public interface PieceStore extends AutoCloseable {
    /**
     * Fills {@code into} from {@code offset} in the piece; padding reads as zeros. May run on into the pieces that follow, as far as piece
     * space has no gap.
     *
     * @return bytes read; fewer than asked for where data is not there (yet)
     */
    int read(int piece, int offset, ByteBuffer into) throws IOException;

    /** Writes all of {@code from}; padding is dropped. */
    void write(int piece, int offset, ByteBuffer from) throws IOException;

    /** False if the piece cannot be there: files that it touches are missing or too short. Cheap. */
    boolean mayHold(int piece);

    /**
     * True if file {@code index} was there, and not empty, when this store was opened for writing. Where none of a new download's data
     * verifies, such a file is somebody else's and must not be written to.
     */
    default boolean wasThere(int index) {
        return false;
    }

    /** Where file {@code index} of the info dictionary lies. */
    Path pathOf(int index);

    /** Told once all that is wanted was written: makes what no piece writes, such as empty files. */
    default void complete() throws IOException {}

    /**
     * Piece {@code piece} is there, written before this store was opened, and perhaps not on the disk itself yet: the next {@link #sync} is to
     * bring it there too. Nothing to do for a store whose sync covers all there is. Cheap.
     */
    default void mayBeUnsynced(int piece) {}

    /** Brings all that was written to the disk itself: after that it outlives a power cut. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
