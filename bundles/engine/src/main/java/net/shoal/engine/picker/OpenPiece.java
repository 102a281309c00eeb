package net.shoal.engine.picker;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A piece under way. Each block is free, asked for by one to {@link #MAX_HOLDERS} peers, or received:
 *
 * <pre>free → asked(1) → asked(2) … → received;  asked(n) → asked(n-1) → free when released;  received → free when bad</pre>
 */
final class OpenPiece<P> {
    /** Peers asked for the same block at most, in the endgame. */
    static final int MAX_HOLDERS = 3;

    private static final byte RECEIVED = -1;

    /** How many peers were asked for each block, or RECEIVED. */
    private final byte[] asked;

    /** MAX_HOLDERS for each block: who was asked for it, or (the first) who sent it. */
    private final @Nullable PickerPeer<P>[] holders;

    int piece;
    int blocks;
    private int free;
    private int received;
    private int firstFree;

    /** The peer that has the free blocks to itself, unless nothing else is left for the others. */
    @Nullable
    PickerPeer<P> only;

    /** The newcomer that began it, by which it is judged. */
    @Nullable
    PickerPeer<P> proof;

    /** Where it stands in the lists of {@link OpenPieces}; -1 if it does not. */
    int index;

    int freeIndex = -1;

    @SuppressWarnings({"unchecked", "rawtypes"})
    OpenPiece(int maxBlocks) {
        asked = new byte[maxBlocks];
        holders = new PickerPeer[maxBlocks * MAX_HOLDERS];
    }

    void reset(int piece, int blocks) {
        this.piece = piece;
        this.blocks = blocks;
        free = blocks;
        received = 0;
        firstFree = 0;
        only = null;
        proof = null;
        for (int block = 0; block < blocks; block++) {
            asked[block] = 0;
        }
        for (int i = 0; i < blocks * MAX_HOLDERS; i++) {
            holders[i] = null;
        }
    }

    int free() {
        return free;
    }

    int received() {
        return received;
    }

    /** Blocks that someone was asked for. */
    int underway() {
        return blocks - free - received;
    }

    boolean isReceived(int block) {
        return asked[block] == RECEIVED;
    }

    /** Takes a free block for this peer; there is one. */
    int takeFree(PickerPeer<P> peer) {
        int block = firstFree;
        while (asked[block] != 0) {
            block++;
        }
        firstFree = block + 1;
        free--;
        ask(block, peer);
        return block;
    }

    /** True if, in the endgame, this peer may be asked as well: it is no slower than the slowest of those asked so far. */
    boolean admits(int block, PickerPeer<P> peer, int holdersAtMost) {
        int count = asked[block];
        if (count < 1 || count > holdersAtMost) {
            return false;
        }
        long slowest = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            PickerPeer<P> holder = holders[block * MAX_HOLDERS + i];
            if (holder == null || holder == peer) {
                return false;
            }
            slowest = Math.min(slowest, holder.rate);
        }
        return peer.rate >= slowest;
    }

    void ask(int block, PickerPeer<P> peer) {
        holders[block * MAX_HOLDERS + asked[block]++] = peer;
        peer.requested++;
    }

    /** @return false if it is there already */
    boolean receive(int block, PickerPeer<P> from, @Nullable CancelSink<P> cancels) {
        if (asked[block] == RECEIVED) {
            return false;
        }
        if (asked[block] == 0) {
            free--;
        }
        dropHolders(block, from, cancels);
        holders[block * MAX_HOLDERS] = from;
        asked[block] = RECEIVED;
        received++;
        return true;
    }

    /** It is on the disk since an earlier run. */
    void restore(int block) {
        if (asked[block] == 0) {
            free--;
            asked[block] = RECEIVED;
            received++;
        }
    }

    /** @return false if this peer was not asked for it */
    boolean release(int block, PickerPeer<P> peer) {
        int base = block * MAX_HOLDERS;
        for (int i = 0; i < asked[block]; i++) {
            if (holders[base + i] == peer) {
                int last = --asked[block];
                holders[base + i] = holders[base + last];
                holders[base + last] = null;
                peer.requested--;
                if (last == 0) {
                    becomeFree(block);
                }
                return true;
            }
        }
        return false;
    }

    /** What was received is bad. */
    void spoil(int block) {
        if (asked[block] == RECEIVED) {
            received--;
            asked[block] = 0;
            holders[block * MAX_HOLDERS] = null;
            becomeFree(block);
        }
    }

    /** It was begun by a newcomer: by this piece that is judged. */
    void proves(PickerPeer<P> peer) {
        proof = peer;
        peer.unproven += blocks;
    }

    /** It is judged by it, or by another. */
    void provesNothing() {
        var peer = proof;
        if (peer != null) {
            peer.unproven -= blocks;
            proof = null;
        }
    }

    void dropAllHolders() {
        for (int block = 0; block < blocks; block++) {
            if (asked[block] > 0) {
                dropHolders(block, null, null);
                asked[block] = 0;
            }
        }
    }

    private void dropHolders(int block, @Nullable PickerPeer<P> but, @Nullable CancelSink<P> cancels) {
        int base = block * MAX_HOLDERS;
        for (int i = 0; i < asked[block]; i++) {
            PickerPeer<P> holder = holders[base + i];
            holders[base + i] = null;
            if (holder == null) {
                continue;
            }
            holder.requested--;
            if (holder != but && cancels != null) {
                cancels.cancel(holder, piece, block);
            }
        }
    }

    private void becomeFree(int block) {
        free++;
        firstFree = Math.min(firstFree, block);
    }

    @Nullable
    PickerPeer<P> senderOf(int block) {
        return asked[block] == RECEIVED ? holders[block * MAX_HOLDERS] : null;
    }

    BitSet receivedBlocks() {
        var set = new BitSet(blocks);
        for (int block = 0; block < blocks; block++) {
            if (asked[block] == RECEIVED) {
                set.set(block);
            }
        }
        return set;
    }
}
