package net.shoal.engine.picker;

import java.util.Arrays;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PieceLayout;

/** What is wanted and what is verified, with the sums of both. */
final class PieceWants {
    static final int MAX_PRIORITY = 7;
    static final int DEFAULT_PRIORITY = 4;

    private final PieceLayout layout;
    private final byte[] priority;
    private final Bitfield have;
    /** Wanted and not verified. */
    private final Bitfield missing;

    private Bitfield ahead;
    private Bitfield urgent;
    private long haveBytes;
    private long wantedBytes;
    private long wantedHaveBytes;

    PieceWants(PieceLayout layout) {
        this.layout = layout;
        priority = new byte[layout.pieceCount()];
        Arrays.fill(priority, (byte) DEFAULT_PRIORITY);
        have = new Bitfield(layout.pieceCount());
        missing = new Bitfield(layout.pieceCount());
        missing.setAll();
        ahead = new Bitfield(layout.pieceCount());
        urgent = new Bitfield(layout.pieceCount());
        wantedBytes = layout.totalLength();
    }

    /** Where it stands in {@link StartablePieces}; 0 if it is not wanted. */
    int level(int piece) {
        int own = priority[piece];
        if (own == 0) {
            return 0;
        }
        return urgent.get(piece) ? StartablePieces.URGENT : ahead.get(piece) ? StartablePieces.AHEAD : own;
    }

    int priority(int piece) {
        return priority[piece];
    }

    void priority(int piece, int now) {
        if (now < 0 || now > MAX_PRIORITY) {
            throw new IllegalArgumentException("a priority is 0 to " + MAX_PRIORITY + ", not " + now);
        }
        int sign = Integer.signum(now) - Integer.signum(priority[piece]);
        priority[piece] = (byte) now;
        long bytes = (long) sign * layout.lengthOf(piece);
        wantedBytes += bytes;
        if (have.get(piece)) {
            wantedHaveBytes += bytes;
        } else if (now != 0) {
            missing.set(piece);
        } else {
            missing.clear(piece);
        }
    }

    Bitfield ahead() {
        return ahead;
    }

    void ahead(Bitfield pieces) {
        ahead = pieces;
    }

    Bitfield urgent() {
        return urgent;
    }

    void urgent(Bitfield pieces) {
        urgent = pieces;
    }

    Bitfield have() {
        return have;
    }

    Bitfield missing() {
        return missing;
    }

    boolean verified(int piece) {
        if (!have.set(piece)) {
            return false;
        }
        missing.clear(piece);
        count(piece, 1);
        return true;
    }

    boolean lost(int piece) {
        if (!have.clear(piece)) {
            return false;
        }
        if (priority[piece] != 0) {
            missing.set(piece);
        }
        count(piece, -1);
        return true;
    }

    private void count(int piece, int sign) {
        long bytes = (long) sign * layout.lengthOf(piece);
        haveBytes += bytes;
        if (priority[piece] != 0) {
            wantedHaveBytes += bytes;
        }
    }

    long haveBytes() {
        return haveBytes;
    }

    long wantedBytes() {
        return wantedBytes;
    }

    long wantedHaveBytes() {
        return wantedHaveBytes;
    }
}
