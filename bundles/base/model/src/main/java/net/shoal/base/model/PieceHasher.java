package net.shoal.base.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Hashes pieces and blocks. Made once and used by one thread at a time: it keeps its digests and scratch memory, so a call allocates nothing
 * but the hash it returns. Not thread-safe.
 */
public final class PieceHasher {
    private final MessageDigest sha1 = Digests.sha1();
    private final MessageDigest sha256 = Digests.sha256();
    private final ByteBuffer result1 = ByteBuffer.allocate(Sha1Hash.LENGTH);
    /** Nodes of one layer of a piece's tree, and then of the one above in the same place. */
    private ByteBuffer nodes = ByteBuffer.allocate(64 * Sha256Hash.LENGTH);

    /** SHA-1 of these bytes: a v1 piece. */
    public Sha1Hash sha1(byte[] data, int offset, int length) {
        sha1.update(data, offset, length);
        return finishSha1();
    }

    /** Adds to a SHA-1 that {@link #finishSha1} ends: for pieces that come in parts. */
    public void updateSha1(byte[] data, int offset, int length) {
        sha1.update(data, offset, length);
    }

    /** Adds the remaining bytes and consumes them. */
    public void updateSha1(ByteBuffer data) {
        sha1.update(data);
    }

    /** SHA-1 of all that was added since the last one. */
    public Sha1Hash finishSha1() {
        Digests.finish(sha1, result1.array(), 0, Sha1Hash.LENGTH);
        return Sha1Hash.read(result1.rewind());
    }

    /** SHA-256 of these bytes: the leaf of one block, at most {@link Block#SIZE} long. */
    public Sha256Hash block(byte[] data, int offset, int length) {
        sha256.update(data, offset, length);
        Digests.finish(sha256, nodes.array(), 0, Sha256Hash.LENGTH);
        return Sha256Hash.read(nodes.rewind());
    }

    /** The same for the remaining bytes, which it consumes. */
    public Sha256Hash block(ByteBuffer data) {
        sha256.update(data);
        Digests.finish(sha256, nodes.array(), 0, Sha256Hash.LENGTH);
        return Sha256Hash.read(nodes.rewind());
    }

    /**
     * The merkle node in {@code layer} over these bytes, which are cut into blocks; what is missing to the node's full width is padding. For a
     * piece of a file longer than a piece the layer is {@link MerkleTree#pieceLayer}, for a file of at most one piece
     * {@link MerkleTree#rootLayer} of its blocks.
     *
     * @param length from 1 to {@code Block.SIZE << layer}
     */
    public Sha256Hash node(byte[] data, int offset, int length, int layer) {
        int count = (length + Block.SIZE - 1) / Block.SIZE;
        if (count < 1 || count > 1L << layer) {
            throw new IllegalArgumentException(length + " bytes have no node in layer " + layer);
        }
        if (nodes.capacity() < count * Sha256Hash.LENGTH) {
            nodes = ByteBuffer.allocate(count * Sha256Hash.LENGTH);
        }
        for (int i = 0; i < count; i++) {
            sha256.update(data, offset + i * Block.SIZE, Math.min(Block.SIZE, length - i * Block.SIZE));
            Digests.finish(sha256, nodes.array(), i * Sha256Hash.LENGTH, Sha256Hash.LENGTH);
        }
        return reduce(count, layer);
    }

    private Sha256Hash reduce(int leaves, int layer) {
        int count = leaves;
        for (int at = 0; at < layer; at++) {
            int pairs = count / 2;
            for (int i = 0; i < pairs; i++) {
                sha256.update(nodes.array(), 2 * i * Sha256Hash.LENGTH, 2 * Sha256Hash.LENGTH);
                Digests.finish(sha256, nodes.array(), i * Sha256Hash.LENGTH, Sha256Hash.LENGTH);
            }
            if (count % 2 == 1) {
                int last = (count - 1) * Sha256Hash.LENGTH;
                MerkleTree.pad(at).write(ensureRoom(last + Sha256Hash.LENGTH));
                sha256.update(nodes.array(), last, 2 * Sha256Hash.LENGTH);
                Digests.finish(sha256, nodes.array(), pairs * Sha256Hash.LENGTH, Sha256Hash.LENGTH);
            }
            count = pairs + count % 2;
        }
        return Sha256Hash.read(nodes.rewind());
    }

    /** The scratch memory at {@code position}, grown where one more node does not fit. */
    private ByteBuffer ensureRoom(int position) {
        if (nodes.capacity() < position + Sha256Hash.LENGTH) {
            nodes = ByteBuffer.allocate(position + Sha256Hash.LENGTH).put(nodes.clear());
        }
        return nodes.clear().position(position);
    }
}
