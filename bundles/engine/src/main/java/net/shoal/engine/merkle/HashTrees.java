package net.shoal.engine.merkle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Block;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.Message;
import org.jspecify.annotations.Nullable;

/**
 * The hash trees of a v2 or hybrid torrent. Piece layers that the metainfo lacks are fetched from peers, in chunks with a proof up to the
 * root; the leaves of a piece when it was found to be bad, to tell which block is, or ahead, where somebody is to be looked at. For use on the
 * swarm's loop.
 */
public final class HashTrees {
    /** A request that is not answered in this time goes to someone else. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Pieces hashed for one answer at most. */
    public static final int MAX_LEAF_PIECES = 8;

    /** Pieces whose leaves are wanted ahead at a time; the others are judged when they are whole. */
    public static final int MAX_LEAVES_AHEAD = LeafWants.MAX_AHEAD;

    /** Chunks looked at for one request; the next one goes on from there. */
    private static final int SCAN = 1024;

    private final int pieceLength;
    private final Map<Sha256Hash, FileTree> byRoot = new HashMap<>();
    /** By the first piece of each file. */
    private final TreeMap<Integer, FileTree> byPiece = new TreeMap<>();

    private final List<Chunk> missing = new ArrayList<>();
    private final HashQuestions questions = new HashQuestions();
    private final LeafWants leaves = new LeafWants();

    private int cursor;

    private record Chunk(FileTree tree, int index) {}

    /** @param metainfo with v2 infohash; its piece layers are used as far as there are any */
    public HashTrees(Metainfo metainfo) {
        var info = metainfo.info();
        pieceLength = info.layout().pieceLength();
        var trees = new ArrayList<FileTree>();
        for (var file : info.files()) {
            if (file.piecesRoot().isEmpty() || file.length() == 0) {
                continue;
            }
            var root = file.piecesRoot().get();
            var tree = byRoot.get(root);
            if (tree == null || tree.length != file.length()) {
                tree = new FileTree(root, file.length(), pieceLength);
                byRoot.putIfAbsent(root, tree);
                trees.add(tree);
            }
            int first = Math.toIntExact(file.offset() / pieceLength);
            tree.firstPieces.add(first);
            byPiece.put(first, tree);
        }
        add(metainfo.pieceLayers());
        for (var tree : trees) {
            for (int chunk = 0; chunk < tree.chunks(); chunk++) {
                if (!tree.hasChunk(chunk)) {
                    missing.add(new Chunk(tree, chunk));
                }
            }
        }
    }

    // ---- verifying

    /** True if the root of this piece is known. */
    public boolean knows(int piece) {
        return rootOf(piece) != null;
    }

    /** True if all roots of pieces are known. */
    public boolean isComplete() {
        missing.removeIf(chunk -> chunk.tree.hasChunk(chunk.index));
        return missing.isEmpty();
    }

    /** All complete piece layers, for files of more than one piece: as {@link Metainfo#pieceLayers}. */
    public Map<Sha256Hash, List<Sha256Hash>> pieceLayers() {
        var layers = new LinkedHashMap<Sha256Hash, List<Sha256Hash>>();
        byRoot.forEach((root, tree) -> {
            if (tree.pieceCount > 1 && tree.isComplete()) {
                layers.put(root, List.copyOf(tree.piecesIfComplete()));
            }
        });
        return layers;
    }

    /** Adds piece layers found elsewhere; those that do not match their root, or are not of this torrent, are left out. */
    public void add(Map<Sha256Hash, List<Sha256Hash>> layers) {
        layers.forEach((root, hashes) -> {
            var tree = byRoot.get(root);
            if (tree != null && !tree.isComplete()) {
                tree.addAll(hashes);
            }
        });
    }

    /** Bytes of a piece that the tree covers: without the padding of hybrid torrents. Its blocks are hashed over these. */
    public int lengthOf(int piece) {
        var entry = byPiece.floorEntry(piece);
        if (entry == null) {
            return 0;
        }
        long before = (long) (piece - entry.getKey()) * pieceLength;
        return (int) Math.max(0, Math.min(pieceLength, entry.getValue().length - before));
    }

    /**
     * @param blockHashes SHA-256 of each 16 KiB of {@link #lengthOf}, the last as short as it is
     * @throws IllegalStateException unless {@link #knows}
     */
    public boolean matches(int piece, List<Sha256Hash> blockHashes) {
        var expected = rootOf(piece);
        var tree = treeOf(piece);
        if (expected == null || tree == null) {
            throw new IllegalStateException("the hash of piece " + piece + " is not known yet");
        }
        return blockHashes.size() == MerkleTree.blocks(lengthOf(piece))
                && MerkleTree.root(blockHashes, 0, tree.pieceLayer).equals(expected);
    }

    private @Nullable FileTree treeOf(int piece) {
        var entry = byPiece.floorEntry(piece);
        return entry == null || piece - entry.getKey() >= entry.getValue().pieceCount ? null : entry.getValue();
    }

    private int indexInFile(int piece) {
        return piece - byPiece.floorKey(piece);
    }

    private @Nullable Sha256Hash rootOf(int piece) {
        var tree = treeOf(piece);
        return tree == null ? null : tree.piece(indexInFile(piece));
    }

    /** Asks peers for the leaves of a piece that did not match, until {@link #badBlocks} can tell. */
    public void wantLeaves(int piece, long now) {
        var tree = treeOf(piece);
        if (tree != null && tree.pieceLayer > 0) {
            leaves.want(piece, now);
        }
    }

    /**
     * Asks peers for the leaves of a piece under way, so that {@link #isGood} can tell as soon as a block comes.
     *
     * @param judged the peer whose blocks they are to judge: it is asked last
     * @return false if nothing is asked for: they are wanted already, its hash is not known, or too many are wanted
     */
    public boolean wantLeavesAhead(int piece, Object judged, long now) {
        var tree = treeOf(piece);
        return tree != null && tree.pieceLayer > 0 && knows(piece) && leaves.wantAhead(piece, judged, now);
    }

    /** Leaves are wanted that have not come. */
    public boolean waitsForLeaves() {
        return leaves.isWaiting();
    }

    /** The leaves of this piece have come. */
    public boolean knowsLeaves(int piece) {
        return leaves.isKnown(piece);
    }

    /** @param hash of a block of a piece whose leaves are known; @return false if another belongs there */
    public boolean isGood(int piece, int block, Sha256Hash hash) {
        return leaves.isGood(piece, block, hash);
    }

    /** Which blocks of a piece are bad; empty as long as its leaves are not known (a piece of one block needs none). */
    public Optional<BitSet> badBlocks(int piece, List<Sha256Hash> blockHashes) {
        if (lengthOf(piece) <= Block.SIZE) {
            var only = new BitSet();
            only.set(0, !matches(piece, blockHashes));
            return Optional.of(only);
        }
        return leaves.badBlocks(piece, blockHashes);
    }

    /** The piece is verified, or fetched again as a whole: its leaves are not needed any longer. */
    public void forgetLeaves(int piece) {
        leaves.forget(piece);
    }

    /** Nobody is asked any longer for leaves ahead of other pieces than these. */
    public void forgetLeavesUnless(IntPredicate underway) {
        leaves.forgetAheadUnless(underway);
    }

    // ---- asking peers

    /**
     * The next request for this peer, if there is one for it now; counts as sent. Few at a time go to one peer.
     *
     * @param peer any object that stands for the peer
     * @param now nanoseconds
     */
    public Optional<Message.HashRequest> request(Object peer, Bitfield has, long now) {
        questions.expire(now, TIMEOUT.toNanos());
        if (has.isEmpty() || (missing.isEmpty() && leaves.isEmpty()) || !questions.mayAsk(peer)) {
            return Optional.empty();
        }
        var leafRequest = nextLeaves(peer, has, now);
        return leafRequest.isPresent() ? leafRequest : nextChunk(peer, has, now);
    }

    private Optional<Message.HashRequest> nextLeaves(Object peer, Bitfield has, long now) {
        for (var want : leaves.all().entrySet()) {
            int piece = want.getKey();
            boolean ahead = want.getValue().isAhead();
            if (!has.get(piece)
                    || !want.getValue().mayAsk(peer, now)
                    || (ahead && questions.refusesLeaves(peer, now))) {
                continue;
            }
            var request = leavesRequest(piece);
            if (questions.isAskable(peer, request, want.getValue().atOnce(now))) {
                return ask(peer, request, piece, now);
            }
        }
        return Optional.empty();
    }

    private Optional<Message.HashRequest> ask(Object peer, Message.HashRequest request, int piece, long now) {
        var tree = treeOf(piece);
        if (tree == null) {
            return Optional.empty();
        }
        questions.ask(peer, request, tree, now);
        return Optional.of(request);
    }

    private Optional<Message.HashRequest> nextChunk(Object peer, Bitfield has, long now) {
        for (int looked = 0; looked < SCAN && looked < missing.size(); looked++) {
            cursor = cursor >= missing.size() ? 0 : cursor;
            var chunk = missing.get(cursor);
            if (chunk.tree.hasChunk(chunk.index)) {
                int last = missing.size() - 1;
                missing.set(cursor, missing.get(last));
                missing.remove(last);
                continue;
            }
            cursor++;
            var request = chunkRequest(chunk);
            if (hasSomeOf(chunk, has) && questions.isAskable(peer, request, 1)) {
                questions.ask(peer, request, chunk.tree, now);
                return Optional.of(request);
            }
        }
        return Optional.empty();
    }

    /** As libtorrent: who has no piece of the chunk is not asked for it. */
    private static boolean hasSomeOf(Chunk chunk, Bitfield has) {
        int from = chunk.index * FileTree.CHUNK;
        int count = Math.min(FileTree.CHUNK, chunk.tree.pieceCount - from);
        for (int first : chunk.tree.firstPieces) {
            int next = has.nextSet(first + from);
            if (next >= 0 && next < first + from + count) {
                return true;
            }
        }
        return false;
    }

    private static Message.HashRequest chunkRequest(Chunk chunk) {
        var tree = chunk.tree;
        return new Message.HashRequest(
                tree.root,
                tree.pieceLayer,
                chunk.index * FileTree.CHUNK,
                tree.chunkLength(chunk.index),
                tree.rootLayer - tree.pieceLayer - 1);
    }

    /** Without proof layers: the hash over the leaves is known. */
    private Message.HashRequest leavesRequest(int piece) {
        var tree = treeOf(piece);
        if (tree == null) {
            throw new IllegalStateException("piece " + piece + " belongs to no file");
        }
        int length = 1 << tree.pieceLayer;
        return new Message.HashRequest(tree.root, 0, indexInFile(piece) * length, length, tree.pieceLayer - 1);
    }

    /** @param hashes as they came from this peer */
    public HashesVerdict received(Object peer, Message.Hashes hashes) {
        var request = new Message.HashRequest(
                hashes.piecesRoot(), hashes.baseLayer(), hashes.index(), hashes.length(), hashes.proofLayers());
        var question = questions.take(peer, request);
        if (question == null) {
            return HashesVerdict.UNREQUESTED;
        }
        int length = hashes.length();
        if (hashes.hashes().size() != length + HashAnswers.unclesFor(request)) {
            return HashesVerdict.BAD_PROOF;
        }
        var range = hashes.hashes().subList(0, length);
        var uncles = hashes.hashes().subList(length, hashes.hashes().size());
        var top = MerkleTree.climb(range, hashes.baseLayer(), hashes.index(), uncles);
        boolean isLeaves = request.baseLayer() == 0 && question.tree().pieceLayer > 0;
        boolean good = isLeaves
                ? acceptLeaves(question.tree(), hashes.index(), range, top)
                : acceptPieces(question.tree(), hashes.index(), range, top);
        return good ? HashesVerdict.ACCEPTED : HashesVerdict.BAD_PROOF;
    }

    private static boolean acceptPieces(FileTree tree, int index, List<Sha256Hash> range, Sha256Hash top) {
        if (!top.equals(tree.root)) {
            return false;
        }
        tree.addProven(index, range);
        return true;
    }

    private boolean acceptLeaves(FileTree tree, int index, List<Sha256Hash> range, Sha256Hash top) {
        int inFile = index >> tree.pieceLayer;
        if (!top.equals(tree.piece(inFile))) {
            return false;
        }
        for (int first : tree.firstPieces) {
            int piece = first + inFile;
            leaves.came(piece, List.copyOf(range.subList(0, (int) MerkleTree.blocks(lengthOf(piece)))));
        }
        return true;
    }

    /** The request goes to other peers; not again to this one. */
    public void rejected(Object peer, Message.HashReject reject, long now) {
        questions.rejected(
                peer,
                now,
                new Message.HashRequest(
                        reject.piecesRoot(),
                        reject.baseLayer(),
                        reject.index(),
                        reject.length(),
                        reject.proofLayers()));
    }

    public void removePeer(Object peer) {
        questions.removePeer(peer);
    }

    // ---- answering peers

    /** @param have our verified pieces */
    public HashAnswer answer(Message.HashRequest request, Bitfield have) {
        return HashAnswers.answer(byRoot.get(request.piecesRoot()), request, have);
    }

    /**
     * @param leaves the hashes of all blocks of the pieces that {@link HashAnswer.NeedsLeaves} named, in order, over
     *     {@link #lengthOf} each
     */
    public HashAnswer answer(Message.HashRequest request, List<Sha256Hash> leaves) {
        var tree = byRoot.get(request.piecesRoot());
        return tree == null ? HashAnswers.refuse(request) : HashAnswers.answer(tree, request, leaves);
    }
}
