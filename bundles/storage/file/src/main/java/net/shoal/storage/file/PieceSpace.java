package net.shoal.storage.file;

import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.PieceLayout;

/**
 * Which bytes of piece space lie in which file. Empty files take no part; padding (BEP 47), and links should they claim a length, read as
 * zeros and are kept nowhere.
 */
final class PieceSpace {
    static final int VIRTUAL = -1;

    private final PieceLayout layout;
    /** In order; equally long. */
    private final long[] starts;

    private final long[] ends;
    private final int[] files;

    PieceSpace(Info info) {
        this.layout = info.layout();
        int count =
                (int) info.files().stream().filter(file -> file.length() > 0).count();
        starts = new long[count];
        ends = new long[count];
        files = new int[count];
        int next = 0;
        for (int i = 0; i < info.files().size(); i++) {
            var file = info.files().get(i);
            if (file.length() > 0) {
                starts[next] = file.offset();
                ends[next] = Math.addExact(file.offset(), file.length());
                files[next++] = isVirtual(file) ? VIRTUAL : i;
            }
        }
    }

    static boolean isVirtual(FileEntry file) {
        return file.isPad() || file.attributes().contains(FileEntry.Attribute.SYMLINK);
    }

    /** Where in piece space a run of bytes begins that lies within its piece, or runs on into those that follow. */
    long offsetOf(int piece, int offset) {
        if (piece < 0 || piece >= layout.pieceCount() || offset < 0 || offset > layout.lengthOf(piece)) {
            throw new IndexOutOfBoundsException(
                    "offset " + offset + " in piece " + piece + " of " + layout.pieceCount() + " pieces");
        }
        return layout.offsetOf(piece) + offset;
    }

    long endOf(int piece) {
        return layout.offsetOf(piece) + layout.lengthOf(piece);
    }

    /** The span that holds this byte, else the one after it; {@link #count} where there is none. */
    int spanAt(long offset) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int count() {
        return starts.length;
    }

    /** False in the gap that v2 leaves after a file, and beyond the end. */
    boolean holds(int span, long offset) {
        return span < starts.length && starts[span] <= offset && offset < ends[span];
    }

    long start(int span) {
        return starts[span];
    }

    long end(int span) {
        return ends[span];
    }

    /** Index of the file, or {@link #VIRTUAL}. */
    int file(int span) {
        return files[span];
    }
}
