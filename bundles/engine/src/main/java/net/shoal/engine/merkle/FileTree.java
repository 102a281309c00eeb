package net.shoal.engine.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.Sha256Hash;
import org.jspecify.annotations.Nullable;

/** The tree of one file, down to its pieces. Files of equal content share one. Layers are numbered as in {@link MerkleTree}. */
final class FileTree {
    /** Hashes of pieces asked for at a time (BEP 52). */
    static final int CHUNK = 512;

    final Sha256Hash root;
    final long length;
    final int pieceCount;
    final int rootLayer;
    /** Of the root, for a file of one piece at most. */
    final int pieceLayer;

    /** Where the files that are this one begin. */
    final List<Integer> firstPieces = new ArrayList<>();

    private final @Nullable Sha256Hash[] pieces;
    private int unknown;

    /** The piece layer, once complete, and those above; made when somebody asks for them. */
    private final List<List<Sha256Hash>> upper = new ArrayList<>();

    FileTree(Sha256Hash root, long length, int pieceLength) {
        this.root = root;
        this.length = length;
        this.pieceCount = Math.toIntExact((length + pieceLength - 1) / pieceLength);
        this.rootLayer = MerkleTree.rootLayer(MerkleTree.blocks(length));
        this.pieceLayer = Math.min(rootLayer, MerkleTree.pieceLayer(pieceLength));
        this.pieces = new Sha256Hash[pieceCount];
        this.unknown = pieceCount;
        if (pieceCount == 1) {
            put(0, root);
        }
    }

    boolean isComplete() {
        return unknown == 0;
    }

    @Nullable
    Sha256Hash piece(int index) {
        return pieces[index];
    }

    /** The whole piece layer. */
    List<Sha256Hash> piecesIfComplete() {
        return isComplete() ? Arrays.asList(pieces) : List.of();
    }

    /** @param hashes of all pieces; @return false if they are not those of this tree */
    boolean addAll(List<Sha256Hash> hashes) {
        if (hashes.size() != pieceCount
                || !MerkleTree.root(hashes, pieceLayer, rootLayer).equals(root)) {
            return false;
        }
        addProven(0, hashes);
        return true;
    }

    /** Hashes that were found to lead to the root; what lies beyond the last piece is padding. */
    void addProven(int index, List<Sha256Hash> hashes) {
        for (int i = 0; i < hashes.size() && index + i < pieceCount; i++) {
            put(index + i, hashes.get(i));
        }
    }

    private void put(int index, Sha256Hash hash) {
        if (pieces[index] == null) {
            pieces[index] = hash;
            unknown--;
        }
    }

    int chunks() {
        return (pieceCount + CHUNK - 1) / CHUNK;
    }

    boolean hasChunk(int chunk) {
        return pieces[chunk * CHUNK] != null;
    }

    /** Hashes to ask for, padding included: a power of two, and two at least (BEP 52). */
    int chunkLength(int chunk) {
        int left = pieceCount - chunk * CHUNK;
        return left >= CHUNK ? CHUNK : Math.max(2, 1 << MerkleTree.rootLayer(left));
    }

    /** Nodes in a layer, padding included. */
    int width(int layer) {
        return 1 << (rootLayer - layer);
    }

    /** A node of the piece layer or above; the tree is complete. */
    Sha256Hash node(int layer, int index) {
        var nodes = layer(layer);
        return index < nodes.size() ? nodes.get(index) : MerkleTree.pad(layer);
    }

    private List<Sha256Hash> layer(int layer) {
        if (upper.isEmpty()) {
            upper.add(piecesIfComplete());
            for (int at = pieceLayer; at < rootLayer; at++) {
                upper.add(MerkleTree.layer(upper.get(at - pieceLayer), at, at + 1));
            }
        }
        return upper.get(layer - pieceLayer);
    }
}
