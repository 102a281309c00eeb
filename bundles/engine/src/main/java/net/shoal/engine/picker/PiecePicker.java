package net.shoal.engine.picker;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PieceLayout;

/** @param <P> what the swarm calls a peer */
public final class PiecePicker<P> {
    public PiecePicker(PieceLayout layout, RandomGenerator random) {
        this(layout, random, layout::blockCount);
    }

    /** @param blocksOf how many blocks of a piece need fetching, from its first: fewer than it has where it ends in padding (BEP 47) */
    public PiecePicker(PieceLayout layout, RandomGenerator random, IntUnaryOperator blocksOf) {}

    // ---- what is wanted

    /** 0: not wanted; 1 to 7: wanted, the higher before the lower. At first all are wanted at 4. */
    public void priority(int piece, int priority) {}

    public int priority(int piece) {
        return 0;
    }

    /** Within a priority in the order of the content, instead of rarest first. */
    public void sequential(boolean sequential) {}

    /** Wanted pieces to fetch before all others, such as the first and last of each file. Replaces those given before. */
    public void ahead(Bitfield pieces) {}

    // ---- peers

    public PickerPeer<P> addPeer(P owner) {
        return new PickerPeer<>(owner);
    }

    /** Releases what the peer was asked for and forgets what it has. */
    public void removePeer(PickerPeer<P> peer) {}

    /** Takes the place of what was known of this peer; the bitfield is copied. */
    public void peerHas(PickerPeer<P> peer, Bitfield pieces) {}

    public void peerHas(PickerPeer<P> peer, int piece) {}

    /** O(1) for a peer nothing was known of. */
    public void peerHasAll(PickerPeer<P> peer) {}

    /** True if the peer has a piece that we want and lack. */
    public boolean isInteresting(PickerPeer<P> peer) {
        return false;
    }

    public boolean isInteresting(Bitfield pieces) {
        return false;
    }

    // ---- blocks

    /**
     * Picks up to {@code max} blocks for this peer and counts them as requested from it.
     *
     * @return how many were handed to the sink
     */
    public int pick(PickerPeer<P> peer, int max, BlockSink sink) {
        return 0;
    }

    /** True while a block is missing whose piece is open: its payload has a use. */
    public boolean isNeeded(int piece, int block) {
        return false;
    }

    /** A block came from this peer, asked for or not (it may come after its time-out). */
    public Arrival received(PickerPeer<P> peer, int piece, int block, CancelSink<P> cancels) {
        return Arrival.UNWANTED;
    }

    /** The peer will not send it, or is not waited for any longer. */
    public void release(PickerPeer<P> peer, int piece, int block) {}

    /** As {@link #release}; and the piece is not asked of this peer again until it unchokes anew (BEP 6). */
    public void rejected(PickerPeer<P> peer, int piece, int block) {}

    /** It choked us (and knows no BEP 6), or is snubbed: all it was asked for is free again. */
    public void releaseAll(PickerPeer<P> peer) {}

    /** Who sent this block of an open piece; null if it is not received, or came from the disk. */
    public @org.jspecify.annotations.Nullable PickerPeer<P> senderOf(int piece, int block) {
        return null;
    }

    // ---- pieces

    /** The piece matched its hash. */
    public void verified(int piece) {}

    /** The piece did not match: all of it is fetched again. */
    public void failed(int piece) {}

    /** The piece did not match, and (v2) these are its bad blocks: the others are kept. */
    public void failed(int piece, BitSet badBlocks) {}

    /** Of resume data, or checked: these are verified, whatever was open of them. */
    public void markHave(Bitfield pieces) {}

    /** A verified piece turned out to be damaged or gone. */
    public void lost(int piece) {}

    /** Of resume data: blocks of a piece that are on the disk, unverified. */
    public void restore(int piece, BitSet blocks) {}

    /** The received blocks of an open piece; empty for others. */
    public BitSet receivedBlocks(int piece) {
        return new BitSet();
    }

    /** Pieces of which some block was asked for or received, unverified. */
    public int[] openPieces() {
        return new int[0];
    }

    // ---- status

    /** What is verified; not to be changed. */
    public Bitfield have() {
        return new Bitfield(0);
    }

    /** All that is wanted is verified. */
    public boolean isFinished() {
        return false;
    }

    public boolean isEndgame() {
        return false;
    }

    /** Bytes verified. */
    public long haveBytes() {
        return 0;
    }

    /** Bytes of the wanted pieces. */
    public long wantedBytes() {
        return 0;
    }

    /** Bytes of the wanted pieces that are verified. */
    public long wantedHaveBytes() {
        return 0;
    }

    /** How many peers have this piece. */
    public int availability(int piece) {
        return 0;
    }

    /** Whole copies of the content among the peers, and as a fraction the share of pieces of which there is one more. */
    public double distributedCopies() {
        return 0;
    }
}
