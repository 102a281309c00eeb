package net.shoal.base.model;

import java.util.List;

/**
 * How content is cut into pieces and blocks. Offsets are in <em>piece space</em>: piece {@code i} begins at
 * {@code i * pieceLength}. In v1 and hybrid torrents files fill it without gaps (padding files count as content); in v2
 * each file begins a new piece and the last piece of a file is as long as what is left of it (BEP 52).
 */
public final class PieceLayout {
    private final int pieceLength;
    private final int pieceCount;
    private final long totalLength;
    /** Length of each piece that is shorter than pieceLength; empty where only the last one can be. */
    private final int[] lengths;

    private final int lastLength;

    private PieceLayout(int pieceLength, int pieceCount, long totalLength, int[] lengths, int lastLength) {
        this.pieceLength = pieceLength;
        this.pieceCount = pieceCount;
        this.totalLength = totalLength;
        this.lengths = lengths;
        this.lastLength = lastLength;
    }

    /** v1 and hybrid: one run of {@code totalLength} bytes. */
    public static PieceLayout contiguous(long totalLength, int pieceLength) {
        check(totalLength, pieceLength);
        int count = Math.toIntExact((totalLength + pieceLength - 1) / pieceLength);
        int last = (int) (totalLength - (long) (count - 1) * pieceLength);
        return new PieceLayout(pieceLength, count, totalLength, new int[0], count == 0 ? 0 : last);
    }

    /** v2: every file begins a piece of its own; empty files take none. */
    public static PieceLayout aligned(List<Long> fileLengths, int pieceLength) {
        long total = 0;
        long pieces = 0;
        for (long length : fileLengths) {
            check(length, pieceLength);
            total += length;
            pieces += (length + pieceLength - 1) / pieceLength;
        }
        var lengths = new int[Math.toIntExact(pieces)];
        int next = 0;
        for (long left : fileLengths) {
            for (long rest = left; rest > 0; rest -= pieceLength) {
                lengths[next++] = (int) Math.min(rest, pieceLength);
            }
        }
        return new PieceLayout(pieceLength, lengths.length, total, lengths, 0);
    }

    private static void check(long length, int pieceLength) {
        if (pieceLength <= 0) {
            throw new IllegalArgumentException("piece length must be positive, not " + pieceLength);
        }
        if (length < 0) {
            throw new IllegalArgumentException("a length cannot be negative: " + length);
        }
    }

    public int pieceLength() {
        return pieceLength;
    }

    public int pieceCount() {
        return pieceCount;
    }

    /** Bytes of content, including padding files of v1 and hybrid torrents. */
    public long totalLength() {
        return totalLength;
    }

    /** Bytes in this piece. */
    public int lengthOf(int piece) {
        if (lengths.length > 0) {
            return lengths[piece];
        }
        checkIndex(piece);
        return piece == pieceCount - 1 ? lastLength : pieceLength;
    }

    /** Where the piece begins in piece space. */
    public long offsetOf(int piece) {
        return (long) piece * pieceLength;
    }

    public int blockCount(int piece) {
        return (lengthOf(piece) + Block.SIZE - 1) / Block.SIZE;
    }

    public Block block(int piece, int index) {
        int offset = index * Block.SIZE;
        return new Block(piece, offset, Math.min(Block.SIZE, lengthOf(piece) - offset));
    }

    /** True if all of this lies within one piece and it is not empty. */
    public boolean contains(int piece, int offset, int length) {
        return isInPiece(piece, offset, length) && (long) offset + length <= lengthOf(piece);
    }

    /** True if a remote may ask for this: it begins within a piece, and ends within what peers may be served of it. */
    public boolean maySend(int piece, int offset, int length) {
        return isInPiece(piece, offset, length) && (long) offset + length <= sendableLengthOf(piece);
    }

    /**
     * Bytes of this piece that peers may be sent. Where a file of v2 content ends within a block, libtorrent (2.0) asks for the whole block
     * all the same, as if the file were padded with zeros up to the next piece, as those of a hybrid are.
     */
    public int sendableLengthOf(int piece) {
        int length = lengthOf(piece);
        if (lengths.length == 0) {
            return length;
        }
        return Math.min(pieceLength, (length + Block.SIZE - 1) / Block.SIZE * Block.SIZE);
    }

    private boolean isInPiece(int piece, int offset, int length) {
        return piece >= 0 && piece < pieceCount && offset >= 0 && offset < lengthOf(piece) && length > 0;
    }

    private void checkIndex(int piece) {
        if (piece < 0 || piece >= pieceCount) {
            throw new IndexOutOfBoundsException("piece " + piece + " of " + pieceCount);
        }
    }
}
