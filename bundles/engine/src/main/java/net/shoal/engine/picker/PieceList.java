package net.shoal.engine.picker;

/** A few pieces a peer has named; when it is full, the oldest makes room. */
final class PieceList {
    private final int[] pieces;
    private int size;

    PieceList(int capacity) {
        pieces = new int[capacity];
    }

    int size() {
        return size;
    }

    /** 0 is the newest. */
    int get(int index) {
        return pieces[size - 1 - index];
    }

    void add(int piece) {
        remove(piece);
        if (size == pieces.length) {
            System.arraycopy(pieces, 1, pieces, 0, --size);
        }
        pieces[size++] = piece;
    }

    void remove(int piece) {
        for (int i = 0; i < size; i++) {
            if (pieces[i] == piece) {
                System.arraycopy(pieces, i + 1, pieces, i, --size - i);
                return;
            }
        }
    }
}
