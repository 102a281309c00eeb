package net.shoal.engine.merkle;

import java.util.ArrayList;
import java.util.List;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.Message.HashReject;
import net.shoal.base.wire.Message.HashRequest;
import net.shoal.base.wire.Message.Hashes;
import org.jspecify.annotations.Nullable;

/** Answers to the hash requests of others: from memory for the piece layer and those above, from the blocks for the leaves. */
final class HashAnswers {
    /** Hashes in a reply at most, as libtorrent has it: the leaves of a piece of 128 MiB. */
    private static final int MAX_LENGTH = 8192;

    private HashAnswers() {}

    /** @param have our verified pieces */
    static HashAnswer answer(@Nullable FileTree tree, HashRequest request, Bitfield have) {
        if (tree == null || !tree.isComplete() || !isValid(tree, request)) {
            return refuse(request);
        }
        if (request.baseLayer() >= tree.pieceLayer) {
            return reply(tree, request, nodes(tree, request));
        }
        return request.baseLayer() == 0 ? leavesOf(tree, request, have) : refuse(request);
    }

    /** The same bounds as libtorrent's, and alignment, without which there is no proof. */
    private static boolean isValid(FileTree tree, HashRequest request) {
        int layer = request.baseLayer();
        int length = request.length();
        int index = request.index();
        return layer >= 0
                && layer < tree.rootLayer
                && length > 0
                && length <= MAX_LENGTH
                && Integer.bitCount(length) == 1
                && index >= 0
                && index % length == 0
                && index <= tree.width(layer) - length
                && request.proofLayers() >= 0
                && request.proofLayers() < tree.rootLayer - layer;
    }

    private static List<Sha256Hash> nodes(FileTree tree, HashRequest request) {
        var nodes = new ArrayList<Sha256Hash>(request.length());
        for (int i = 0; i < request.length(); i++) {
            nodes.add(tree.node(request.baseLayer(), request.index() + i));
        }
        return nodes;
    }

    private static HashAnswer leavesOf(FileTree tree, HashRequest request, Bitfield have) {
        int perPiece = 1 << tree.pieceLayer;
        int first = request.index() / perPiece;
        int end = Math.min(tree.pieceCount, (request.index() + request.length() - 1) / perPiece + 1);
        if (first >= end || end - first > HashTrees.MAX_LEAF_PIECES) {
            return refuse(request);
        }
        for (int start : tree.firstPieces) {
            int missing = have.nextClear(start + first);
            if (missing < 0 || missing >= start + end) {
                return new HashAnswer.NeedsLeaves(request, start + first, end - first);
            }
        }
        return refuse(request);
    }

    /** @param leaves of all blocks of the pieces that the request touches */
    static HashAnswer answer(FileTree tree, HashRequest request, List<Sha256Hash> leaves) {
        int perPiece = 1 << tree.pieceLayer;
        int from = request.index() / perPiece * perPiece;
        var nodes = new ArrayList<Sha256Hash>(request.length());
        for (int i = request.index(); i < request.index() + request.length(); i++) {
            nodes.add(i - from < leaves.size() ? leaves.get(i - from) : Sha256Hash.ZERO);
        }
        if (request.length() >= perPiece) {
            return reply(tree, request, nodes);
        }
        // uncles within the piece come from its own blocks, those above from the tree
        nodes.addAll(MerkleTree.proof(leaves, 0, tree.pieceLayer, request.index() - from, request.length()));
        return reply(tree, request, nodes);
    }

    /** Adds the uncles, as many of them as were asked for: those that the range itself does not give away. */
    private static HashAnswer reply(FileTree tree, HashRequest request, List<Sha256Hash> nodes) {
        int layer = request.baseLayer() + Integer.numberOfTrailingZeros(request.length());
        int uncles = unclesFor(request);
        int index = request.index() / request.length();
        int given = nodes.size() - request.length();
        for (int i = 0; i < uncles; i++, layer++, index /= 2) {
            if (i >= given) {
                nodes.add(tree.node(layer, index ^ 1));
            }
        }
        var hashes = nodes.subList(0, request.length() + uncles);
        return new HashAnswer.Reply(new Hashes(
                request.piecesRoot(),
                request.baseLayer(),
                request.index(),
                request.length(),
                request.proofLayers(),
                List.copyOf(hashes)));
    }

    /** How many uncles follow the hashes of this request: layers that the hashes themselves lead to are left out (BEP 52). */
    static int unclesFor(HashRequest request) {
        return Math.max(0, request.proofLayers() - Integer.numberOfTrailingZeros(request.length()) + 1);
    }

    static HashAnswer.Refuse refuse(HashRequest request) {
        return new HashAnswer.Refuse(new HashReject(
                request.piecesRoot(), request.baseLayer(), request.index(), request.length(), request.proofLayers()));
    }
}
