package net.shoal.engine.picker;

import net.shoal.base.model.Bitfield;
import org.jspecify.annotations.Nullable;

/** A peer as the picker sees it: what it has, how it behaves, what it was asked for. Made by {@link PiecePicker#addPeer}. */
public final class PickerPeer<P> {
    /** Clients send ten or so (BEP 6). */
    private static final int MAX_ALLOWED_FAST = 64;

    private static final int MAX_SUGGESTED = 32;

    private final P owner;
    final PieceList allowedFast = new PieceList(MAX_ALLOWED_FAST);
    final PieceList suggested = new PieceList(MAX_SUGGESTED);

    private Bitfield pieces;

    /** {@link #pieces} without those it refuses; the same object while it refuses none. */
    private Bitfield usable;

    private boolean refusesSome;

    /** It is counted with the seeds, and {@link #pieces} is shared by them all. */
    boolean countedAsSeed;

    /** pieces is this peer's own. */
    boolean ownsPieces;

    int requested;
    long rate;
    private boolean choking = true;
    boolean parole;
    boolean newcomer;
    /** Blocks of open pieces that it began as a newcomer. */
    int unproven;

    boolean inRuns;
    boolean sibling;

    /** The piece it was last asked for; to be checked, since that may be closed by now. */
    @Nullable
    OpenPiece<P> current;

    int currentPiece = -1;

    PickerPeer(P owner, Bitfield none) {
        this.owner = owner;
        this.pieces = none;
        this.usable = none;
    }

    /** What the swarm calls this peer. */
    public P owner() {
        return owner;
    }

    /** What the peer has; not to be changed. */
    public Bitfield pieces() {
        return pieces;
    }

    /** Blocks asked of this peer and neither arrived nor released. */
    public int requested() {
        return requested;
    }

    /** The piece it was last asked for; -1 at first. */
    public int currentPiece() {
        return currentPiece;
    }

    /** Bytes a second from this peer, told about once a second: the fast get pieces of their own, and first claim to the endgame's duplicates. */
    public void rate(long bytesPerSecond) {
        rate = bytesPerSecond;
    }

    /** While the peer chokes us only its allowed-fast pieces are picked (BEP 6). True at first. */
    public void choking(boolean choking) {
        if (this.choking && !choking) {
            forgetRefusals();
        }
        this.choking = choking;
    }

    public boolean isChoking() {
        return choking;
    }

    /** New here: begins pieces of its own while there are any to begin, so that a bad one has one culprit; others help with those in the end. */
    public void newcomer(boolean now) {
        newcomer = now;
    }

    /** On parole: is given pieces that no one else shares, so that a bad one has one culprit. */
    public void onParole(boolean parole) {
        this.parole = parole;
    }

    /** It is given long runs of pieces that follow one another, and each to itself, rather than the rarest. */
    public void inRuns(boolean inRuns) {
        this.inRuns = inRuns;
    }

    /** It is asked for the pieces that are held back from all others, see {@link PiecePicker#hold}. */
    public void sibling(boolean sibling) {
        this.sibling = sibling;
    }

    /** BEP 6; kept up to a bound. */
    public void allowedFast(int piece) {
        allowedFast.add(piece);
    }

    /** BEP 6; kept up to a bound, the newest first. */
    public void suggested(int piece) {
        suggested.add(piece);
    }

    Bitfield usable() {
        return usable;
    }

    void pieces(Bitfield pieces) {
        this.pieces = pieces;
        this.usable = pieces;
        this.refusesSome = false;
    }

    /** @return false if it was known to have it */
    boolean has(int piece) {
        if (!pieces.set(piece)) {
            return false;
        }
        usable.set(piece);
        return true;
    }

    void lost(int piece) {
        pieces.clear(piece);
        usable.clear(piece);
    }

    /** It may be asked again for what it has refused: it was busy, or has made room since. */
    public void forgetRefusals() {
        usable = pieces;
        refusesSome = false;
    }

    void refuses(int piece) {
        if (choking) {
            allowedFast.remove(piece);
            return;
        }
        if (!refusesSome) {
            usable = pieces.copy();
            refusesSome = true;
        }
        usable.clear(piece);
    }
}
