package net.shoal.base.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The merkle tree of one file (BEP 52): SHA-256, two children a node. <em>Layer</em> 0, the leaves, holds the hashes of the file's 16 KiB
 * blocks (the last one may be short); layer {@code n + 1} is the parents of layer {@code n}. Leaves beyond the data are
 * {@link Sha256Hash#ZERO} and bring the width to a power of two, so the root of {@code blocks} blocks is in layer
 * {@link #rootLayer}. This is the numbering of {@code base layer} in hash requests. The hashes of the pieces are the layer
 * {@link #pieceLayer}.
 *
 * <p>A list that stands for a layer leaves out the nodes that cover padding alone ({@link #pad}). All methods may be called from any thread.
 */
public final class MerkleTree {
    /** Of a file of 2^63 bytes; none can be higher. */
    private static final int MAX_LAYER = 63 - 14;

    private static final List<Sha256Hash> PADS = pads();

    private MerkleTree() {}

    private static List<Sha256Hash> pads() {
        var pads = new ArrayList<Sha256Hash>();
        pads.add(Sha256Hash.ZERO);
        for (int layer = 1; layer <= MAX_LAYER; layer++) {
            pads.add(parent(pads.get(layer - 1), pads.get(layer - 1)));
        }
        return List.copyOf(pads);
    }

    /** Blocks of a file, hence its leaves without padding. */
    public static long blocks(long fileLength) {
        return (fileLength + Block.SIZE - 1) / Block.SIZE;
    }

    /** The layer the root is in, given how many leaves are not padding; 0 for a single one. */
    public static int rootLayer(long blocks) {
        return blocks <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(blocks - 1);
    }

    /** The layer in which a node covers one piece. */
    public static int pieceLayer(int pieceLength) {
        return rootLayer(blocks(pieceLength));
    }

    /** The node in {@code layer} that covers nothing but padding. */
    public static Sha256Hash pad(int layer) {
        return PADS.get(layer);
    }

    public static Sha256Hash parent(Sha256Hash left, Sha256Hash right) {
        return new Parents().of(left, right);
    }

    /** Hashes pairs in memory of its own. */
    private static final class Parents {
        private final MessageDigest digest = Digests.sha256();
        private final byte[] bytes = new byte[2 * Sha256Hash.LENGTH];
        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

        Sha256Hash of(Sha256Hash left, Sha256Hash right) {
            buffer.clear();
            left.write(buffer);
            right.write(buffer);
            digest.update(bytes);
            Digests.finish(digest, bytes, 0, Sha256Hash.LENGTH);
            return Sha256Hash.read(buffer.rewind());
        }
    }

    /** Layer {@code to}, computed from layer {@code from} below it. */
    public static List<Sha256Hash> layer(List<Sha256Hash> hashes, int from, int to) {
        var parents = new Parents();
        var nodes = hashes;
        for (int layer = from; layer < to; layer++) {
            var above = new ArrayList<Sha256Hash>((nodes.size() + 1) / 2);
            for (int i = 0; i < nodes.size(); i += 2) {
                above.add(parents.of(nodes.get(i), at(nodes, i + 1, layer)));
            }
            nodes = above;
        }
        return List.copyOf(nodes);
    }

    /** The node in layer {@code rootLayer} over all of {@code hashes}, which are (the begin of) {@code layer}. */
    public static Sha256Hash root(List<Sha256Hash> hashes, int layer, int rootLayer) {
        if (hashes.isEmpty()) {
            return pad(rootLayer);
        }
        if (hashes.size() > 1L << (rootLayer - layer)) {
            throw new IllegalArgumentException(
                    hashes.size() + " hashes of layer " + layer + " do not fit below one of layer " + rootLayer);
        }
        return layer(hashes, layer, rootLayer).get(0);
    }

    /**
     * What proves that {@code length} nodes of {@code layer}, from {@code index} on, are below the root: the sibling of the node over that
     * range, then of that one's parent, and so on; what a {@code hashes} message carries behind the range itself.
     *
     * @param hashes the whole layer
     * @param index a multiple of {@code length}, which is a power of two
     */
    public static List<Sha256Hash> proof(List<Sha256Hash> hashes, int layer, int rootLayer, int index, int length) {
        checkRange(index, length);
        int at = layer + Integer.numberOfTrailingZeros(length);
        int position = index / length;
        var nodes = layer(hashes, layer, Math.min(at, rootLayer));
        var uncles = new ArrayList<Sha256Hash>();
        for (; at < rootLayer; at++) {
            uncles.add(at(nodes, position ^ 1, at));
            position /= 2;
            nodes = layer(nodes, at, at + 1);
        }
        return List.copyOf(uncles);
    }

    /**
     * Where a range and the uncles of {@link #proof} lead to: the root, if every one of them is right and there are as many as there are
     * layers to climb.
     *
     * @param range the nodes of {@code layer} from {@code index} on, a power of two of them, padding included
     */
    public static Sha256Hash climb(List<Sha256Hash> range, int layer, int index, List<Sha256Hash> uncles) {
        checkRange(index, range.size());
        int height = Integer.numberOfTrailingZeros(range.size());
        var parents = new Parents();
        var node = root(range, layer, layer + height);
        int position = index / range.size();
        for (var uncle : uncles) {
            node = position % 2 == 0 ? parents.of(node, uncle) : parents.of(uncle, node);
            position /= 2;
        }
        return node;
    }

    private static Sha256Hash at(List<Sha256Hash> nodes, int index, int layer) {
        return index < nodes.size() ? nodes.get(index) : pad(layer);
    }

    private static void checkRange(int index, int length) {
        if (length <= 0 || Integer.bitCount(length) != 1 || index < 0 || index % length != 0) {
            throw new IllegalArgumentException(
                    "a range of hashes is a power of two long and begins at a multiple of that, unlike " + length
                            + " from " + index);
        }
    }
}
