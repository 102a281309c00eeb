package net.shoal.engine.transfer;

import java.util.BitSet;
import java.util.function.IntConsumer;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.PieceLayout;

/** Which pieces lie in which files; padding is no file. */
final class PieceFiles {
    private final PieceLayout layout;
    /** Of files that are not empty, in the order of the content. */
    private final int[] files;

    private final long[] starts;
    private final long[] ends;

    PieceFiles(Info info) {
        layout = info.layout();
        files = java.util.stream.IntStream.range(0, info.files().size())
                .filter(i ->
                        info.files().get(i).length() > 0 && !info.files().get(i).isPad())
                .toArray();
        starts = java.util.Arrays.stream(files)
                .mapToLong(i -> info.files().get(i).offset())
                .toArray();
        ends = java.util.Arrays.stream(files)
                .mapToLong(
                        i -> info.files().get(i).offset() + info.files().get(i).length())
                .toArray();
    }

    /** Files that the piece touches. */
    void filesOf(int piece, IntConsumer each) {
        long start = layout.offsetOf(piece);
        long end = start + layout.lengthOf(piece);
        for (int i = firstAfter(start); i < files.length && starts[i] < end; i++) {
            each.accept(files[i]);
        }
    }

    BitSet filesOf(BitSet pieces) {
        var all = new BitSet();
        pieces.stream().forEach(piece -> filesOf(piece, all::set));
        return all;
    }

    /** Pieces that touch one of the files. */
    BitSet piecesOf(BitSet chosen) {
        var pieces = new BitSet();
        for (int i = 0; i < files.length; i++) {
            if (chosen.get(files[i])) {
                pieces.set((int) (starts[i] / layout.pieceLength()), (int) ((ends[i] - 1) / layout.pieceLength()) + 1);
            }
        }
        return pieces;
    }

    /** The first file that ends after this place in piece space. */
    private int firstAfter(long place) {
        int low = 0;
        int high = files.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
