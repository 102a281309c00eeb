package net.shoal.engine.picker;

import net.shoal.base.model.Bitfield;

/** A peer as the picker sees it: what it has, how it behaves, what it was asked for. Made by {@link PiecePicker#addPeer}. */
public final class PickerPeer<P> {
    private final P owner;

    PickerPeer(P owner) {
        this.owner = owner;
    }

    /** What the swarm calls this peer. */
    public P owner() {
        return owner;
    }

    /** What the peer has; not to be changed. */
    public Bitfield pieces() {
        return new Bitfield(0);
    }

    /** Blocks asked of this peer and neither arrived nor released. */
    public int requested() {
        return 0;
    }

    /** Bytes a second from this peer, told about once a second: the fast get pieces of their own and the endgame's duplicates. */
    public void rate(long bytesPerSecond) {}

    /** While the peer chokes us only its allowed-fast pieces are picked (BEP 6). True at first. */
    public void choking(boolean choking) {}

    /** On parole: is given pieces that no one else shares, so that a bad one has one culprit. */
    public void onParole(boolean parole) {}

    /** BEP 6; kept up to a bound. */
    public void allowedFast(int piece) {}

    /** BEP 6; kept up to a bound, the newest first. */
    public void suggested(int piece) {}
}
