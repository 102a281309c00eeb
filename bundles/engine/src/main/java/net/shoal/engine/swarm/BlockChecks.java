package net.shoal.engine.swarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceHasher;
import net.shoal.base.model.Sha256Hash;
import net.shoal.engine.merkle.HashTrees;

/**
 * Looks at single blocks as they come, where v2 tells what each should be: of a large piece, many bad blocks come before it is known to be bad as
 * a whole. The leaves of a piece are asked for when its first block is, and only while somebody is to be looked at: a newcomer, until enough of its
 * blocks were good, and everybody, once anything bad has come. So a peer costs its swarm the leaves of a piece or two, which someone else reads;
 * and one that is alone, and fast, next to nothing. Of a hybrid those who know only its v1 hashes are looked at as well: where the two contradict each
 * other, which the first whole piece shows, nobody can deliver it anyway.
 */
final class BlockChecks {
    /** Where anything bad has come, a newcomer is asked for so many blocks at a time until it can be looked at. */
    private static final int UNSEEN_DEPTH = 1;

    /** Of fewer blocks than these the hash of the piece tells as soon. */
    private static final int MIN_BLOCKS = 4;

    /** Copied, and hashed by a disk thread, in one go. */
    private static final int MAX_BATCH = 64;

    private final Content content;
    private final HashTrees trees;
    private final WriteCache cache;
    private final Verdicts verdicts;
    /** By piece: the blocks that were looked at. */
    private final Map<Integer, BitSet> watched = new LinkedHashMap<>();

    private boolean alarmed;
    private boolean leavesWanted;
    private boolean running;

    /** Hears of what is bad. */
    interface Verdicts {
        /** @param sender has certainly sent it */
        void onBadBlock(int piece, int block, PeerConnection sender);
    }

    private record Look(int piece, int block, PeerConnection sender, ByteBuffer copy) {}

    BlockChecks(Content content, HashTrees trees, WriteCache cache, Verdicts verdicts) {
        this.content = content;
        this.trees = trees;
        this.cache = cache;
        this.verdicts = verdicts;
    }

    /** Something bad has come: from now on all is looked at. To be called once. */
    void alarm(PeerConnection who) {
        alarmed = true;
        for (int piece : content.picker().openPieces()) {
            asked(who, piece);
        }
        askForLeaves();
    }

    /** This peer was asked for a block of this piece. */
    void asked(PeerConnection peer, int piece) {
        if ((alarmed || !peer.trust().isKnown()) && !peer.isSibling() && !watched.containsKey(piece)) {
            watch(peer, piece);
        }
    }

    private void watch(PeerConnection peer, int piece) {
        if (content.layout().blockCount(piece) < MIN_BLOCKS) {
            return;
        }
        if (watched.size() >= HashTrees.MAX_LEAVES_AHEAD) {
            forgetClosed();
        }
        if (trees.wantLeavesAhead(piece, peer, content.loop().nanoTime())) {
            watched.put(piece, new BitSet());
            leavesWanted = true;
        }
    }

    /** What was asked for, and is so no longer. */
    private void forgetClosed() {
        Set<Integer> open = new HashSet<>();
        for (int piece : content.picker().openPieces()) {
            open.add(piece);
        }
        watched.keySet().retainAll(open);
        trees.forgetLeavesUnless(open::contains);
    }

    /** After {@link #asked}: leaves are asked for all at once. */
    void askForLeaves() {
        if (leavesWanted) {
            leavesWanted = false;
            content.askForHashes();
        }
    }

    /** How many blocks this peer may be asked for at a time. */
    int depth(PeerConnection peer) {
        if (!alarmed || peer.trust().isKnown() || peer.isSibling()) {
            return Integer.MAX_VALUE;
        }
        var picks = peer.picks();
        if (trees.knowsLeaves(picks.currentPiece())) {
            peer.trust().waitsNoLonger();
            // what follows is the rest of this piece, and then another that may not be seen
            return Math.max(UNSEEN_DEPTH, picks.requested() + content.picker().restOfCurrent(picks));
        }
        return peer.trust().hasToWait(content.loop().nanoTime()) ? UNSEEN_DEPTH : Integer.MAX_VALUE;
    }

    /** A block has come, and lies in memory. */
    void arrived(int piece) {
        if (!watched.isEmpty() && watched.containsKey(piece) && trees.knowsLeaves(piece)) {
            look();
        }
    }

    void verified(int piece) {
        watched.remove(piece);
    }

    /** These blocks, or more, will come again. */
    void comesAgain(int piece, BitSet blocks) {
        var seen = watched.get(piece);
        if (seen != null) {
            seen.andNot(blocks);
        }
    }

    /** All of it will come again. */
    void comesAgain(int piece) {
        var seen = watched.get(piece);
        if (seen != null) {
            seen.clear();
        }
    }

    /** Looks at what has come since the last look, if leaves of it are known. */
    void look() {
        if (running || watched.isEmpty()) {
            return;
        }
        var batch = new ArrayList<Look>();
        watched.forEach((piece, seen) -> {
            var assembly = trees.knowsLeaves(piece) ? cache.find(piece) : null;
            if (assembly != null && !assembly.isComplete()) {
                collect(assembly, seen, batch);
            }
        });
        if (!batch.isEmpty()) {
            running = true;
            hash(batch);
        }
    }

    private void collect(PieceAssembly assembly, BitSet seen, List<Look> batch) {
        int length = content.v2Length(assembly.piece);
        var there = assembly.inMemory();
        for (int block = there.nextSetBit(0); block >= 0; block = there.nextSetBit(block + 1)) {
            int bytes = Math.min(Block.SIZE, length - block * Block.SIZE);
            var sender = content.picker().senderOf(assembly.piece, block);
            if (bytes <= 0 || sender == null || seen.get(block)) {
                continue;
            }
            if (batch.size() == MAX_BATCH) {
                return;
            }
            seen.set(block);
            var copy = ByteBuffer.allocate(bytes);
            copy.put(assembly.blocks(block, bytes, cache)).flip();
            batch.add(new Look(assembly.piece, block, sender.owner(), copy));
        }
    }

    private void hash(List<Look> batch) {
        content.disk()
                .submit(
                        store -> {
                            var hasher = new PieceHasher();
                            return batch.stream()
                                    .map(look -> hasher.block(look.copy))
                                    .toList();
                        },
                        new ContentDisk.Result<>() {
                            @Override
                            public void done(List<Sha256Hash> hashes) {
                                running = false;
                                for (int i = 0; i < hashes.size(); i++) {
                                    judge(batch.get(i), hashes.get(i));
                                }
                                look();
                            }

                            @Override
                            public void failed(IOException cause) {
                                // the hash of the piece will tell
                                running = false;
                            }
                        });
    }

    private void judge(Look look, Sha256Hash hash) {
        if (!trees.knowsLeaves(look.piece)) {
            return; // verified meanwhile
        }
        if (trees.isGood(look.piece, look.block, hash)) {
            look.sender.proved(1);
        } else {
            verdicts.onBadBlock(look.piece, look.block, look.sender);
        }
    }
}
