package net.shoal.engine.sim;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.shoal.base.model.PieceLayout;

/**
 * Which blocks libtorrent asks for, by its manual ("piece picker") and its reference of settings: the first four pieces at random, then the rarest,
 * of equally rare ones those begun; those begun before all others when there are more of them than one and a half for each peer; a peer that brings a piece
 * in 20 seconds gets it to itself; and when every block is asked for, one at a time from whoever has nothing else to do.
 */
final class OtherPicker {
    /** {@code initial_picker_threshold}. */
    private static final int RANDOM_FIRST = 4;

    /** {@code whole_pieces_threshold}, seconds. */
    private static final int WHOLE_PIECE = 20;

    private final PieceLayout layout;
    private final Random random;
    private final BitSet have = new BitSet();
    private final Map<Integer, Begun> begun = new HashMap<>();
    private final int[] copies;

    /** A piece of which some block was asked for. */
    private static final class Begun {
        private final int[] asked;
        private final BitSet received = new BitSet();
        private OtherPeer.Session only;

        Begun(int blocks) {
            asked = new int[blocks];
        }

        int free() {
            for (int block = 0; block < asked.length; block++) {
                if (asked[block] == 0 && !received.get(block)) {
                    return block;
                }
            }
            return -1;
        }
    }

    record Pick(int piece, int block) {}

    OtherPicker(PieceLayout layout, Random random) {
        this.layout = layout;
        this.random = random;
        this.copies = new int[layout.pieceCount()];
    }

    BitSet have() {
        return have;
    }

    boolean isComplete() {
        return have.cardinality() == layout.pieceCount();
    }

    void count(BitSet pieces, int sign) {
        pieces.stream().forEach(piece -> copies[piece] += sign);
    }

    /** The next block to ask this peer for, or null. */
    Pick pick(OtherPeer.Session peer, long rate, int peers) {
        boolean whole = rate * WHOLE_PIECE >= layout.pieceLength();
        long open = begun.values().stream().filter(piece -> piece.free() >= 0).count();
        int piece = best(peer, whole, open > peers * 3L / 2);
        if (piece < 0 && whole) {
            piece = best(peer, false, true);
        }
        if (piece < 0) {
            piece = ofOthers(peer);
        }
        if (piece < 0) {
            return peer.outstanding() == 0 ? again(peer) : null;
        }
        var there = begun.computeIfAbsent(piece, index -> new Begun(layout.blockCount(index)));
        if (there.only == null && whole) {
            there.only = peer;
        }
        int block = there.free();
        there.asked[block]++;
        return new Pick(piece, block);
    }

    private int best(OtherPeer.Session peer, boolean alone, boolean begunFirst) {
        int best = -1;
        long bestRank = Long.MAX_VALUE;
        boolean atRandom = have.cardinality() < RANDOM_FIRST;
        for (int piece = peer.pieces().nextSetBit(0);
                piece >= 0;
                piece = peer.pieces().nextSetBit(piece + 1)) {
            if (have.get(piece)) {
                continue;
            }
            var there = begun.get(piece);
            if (there != null && (there.free() < 0 || (there.only != null && there.only != peer))) {
                continue;
            }
            if (there != null && alone && there.only != peer) {
                continue;
            }
            boolean ours = there != null && there.only == peer;
            long rarity = atRandom ? 0 : copies[piece];
            long rank = (ours || (there != null && begunFirst) ? 0 : 1L << 60)
                    + (rarity << 32)
                    + (there != null ? 0 : 1L << 31)
                    + random.nextInt(1 << 30);
            if (rank < bestRank) {
                bestRank = rank;
                best = piece;
            }
        }
        return best;
    }

    /** A free block of a piece that another has to itself: better than nothing. */
    private int ofOthers(OtherPeer.Session peer) {
        for (var entry : begun.entrySet()) {
            if (peer.pieces().get(entry.getKey()) && entry.getValue().free() >= 0) {
                return entry.getKey();
            }
        }
        return -1;
    }

    /** The end game: a block that was asked of others. */
    private Pick again(OtherPeer.Session peer) {
        Pick best = null;
        int fewest = Integer.MAX_VALUE;
        for (var entry : begun.entrySet()) {
            var there = entry.getValue();
            if (!peer.pieces().get(entry.getKey())) {
                continue;
            }
            for (int block = 0; block < there.asked.length; block++) {
                if (!there.received.get(block) && there.asked[block] < fewest) {
                    fewest = there.asked[block];
                    best = new Pick(entry.getKey(), block);
                }
            }
        }
        if (best != null) {
            begun.get(best.piece()).asked[best.block()]++;
        }
        return best;
    }

    /** It will not come from there. */
    void release(Pick pick) {
        var there = begun.get(pick.piece());
        if (there != null) {
            there.asked[pick.block()]--;
        }
    }

    /** What this peer had to itself is for all. */
    void share(OtherPeer.Session peer) {
        begun.values().forEach(piece -> piece.only = piece.only == peer ? null : piece.only);
    }

    boolean needs(int piece, int block) {
        var there = begun.get(piece);
        return there != null && !there.received.get(block);
    }

    /** @return true if the piece is whole now */
    boolean received(int piece, int block) {
        var there = begun.get(piece);
        there.received.set(block);
        if (there.received.cardinality() < there.asked.length) {
            return false;
        }
        begun.remove(piece);
        have.set(piece);
        return true;
    }

    /** Something is missing here that is there. */
    boolean wants(BitSet pieces) {
        for (int piece = pieces.nextSetBit(0); piece >= 0; piece = pieces.nextSetBit(piece + 1)) {
            if (!have.get(piece)) {
                return true;
            }
        }
        return false;
    }
}
