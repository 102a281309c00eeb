package net.shoal.engine.swarm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceHasher;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a piece on a disk thread: hash it, block by block where v2 asks for that, and write what is not on disk yet. Reads
 * the blocks back that memory was too short for. Made on the loop, where the assembly is then left alone until this is done.
 */
final class PieceWork {
    private static final ThreadLocal<PieceHasher> HASHER = ThreadLocal.withInitial(PieceHasher::new);

    private final int piece;
    private final int length;
    private final @Nullable ByteBuffer[] memory;
    private final BitSet inMemory;
    private final BitSet onDisk;

    PieceWork(PieceAssembly assembly) {
        this.piece = assembly.piece;
        this.length = assembly.length();
        this.memory = new ByteBuffer[assembly.spanCount()];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = assembly.memory(i);
        }
        this.inMemory = (BitSet) assembly.inMemory().clone();
        this.onDisk = (BitSet) assembly.onDisk().clone();
    }

    /** What the hashes say. Absent where none was asked for. */
    record Hashes(@Nullable Sha1Hash v1, List<Sha256Hash> blocks) {}

    /**
     * A piece held against its v1 hash.
     *
     * @param blocks for who has to find out which of them are bad
     */
    record Checked(boolean good, List<Sha256Hash> blocks) {}

    /** @param doubted the hashes of its blocks are wanted even if it is good */
    Checked check(PieceStore store, Sha1Hash expected, boolean doubted) throws IOException {
        var hashes = hash(store, true, doubted ? length : 0);
        boolean good = expected.equals(hashes.v1());
        return new Checked(
                good,
                good || doubted ? hashes.blocks() : hash(store, false, length).blocks());
    }

    /** @param v2Length how much of the piece v2 hashes, 0 for nothing: padding is left out (BEP 52) */
    Hashes hash(PieceStore store, boolean v1, int v2Length) throws IOException {
        var hasher = HASHER.get();
        var blocks = new ArrayList<Sha256Hash>();
        for (int span = 0; span < memory.length; span++) {
            var bytes = whole(store, span);
            if (v1 && v2Length > 0) {
                clearPadding(bytes.duplicate(), v2Length - span * PieceAssembly.SPAN);
            }
            if (v1) {
                hasher.updateSha1(bytes.duplicate());
            }
            int v2Rest = Math.min(bytes.remaining(), v2Length - span * PieceAssembly.SPAN);
            for (int at = 0; at < v2Rest; at += Block.SIZE) {
                blocks.add(hasher.block(bytes.slice(at, Math.min(Block.SIZE, v2Rest - at))));
            }
        }
        return new Hashes(v1 ? hasher.finishSha1() : null, blocks);
    }

    /** Padding is zeros (BEP 47), whatever a peer has sent: else it could make both hashes of a hybrid disagree. */
    private static void clearPadding(ByteBuffer span, int from) {
        span.position(Math.min(span.limit(), span.position() + Math.max(0, from)));
        while (span.hasRemaining()) {
            span.put((byte) 0);
        }
    }

    /** The span with all its blocks; those on disk are read back into it. */
    private ByteBuffer whole(PieceStore store, int span) throws IOException {
        int spanLength = Math.min(PieceAssembly.SPAN, length - span * PieceAssembly.SPAN);
        var bytes = memory[span];
        if (bytes == null) {
            bytes = ByteBuffer.allocate(spanLength);
        }
        int first = span * PieceAssembly.BLOCKS_PER_SPAN;
        int end = first + PieceAssembly.BLOCKS_PER_SPAN;
        for (int from = onDisk.nextSetBit(first); from >= 0 && from < end; from = onDisk.nextSetBit(from)) {
            int to = Math.min(end, onDisk.nextClearBit(from));
            read(store, span, bytes, from - first, to - first);
            from = to;
        }
        return bytes.duplicate();
    }

    private void read(PieceStore store, int span, ByteBuffer bytes, int fromBlock, int toBlock) throws IOException {
        int from = fromBlock * Block.SIZE;
        int to = Math.min(bytes.capacity(), toBlock * Block.SIZE);
        try {
            if (store.read(piece, span * PieceAssembly.SPAN + from, bytes.slice(from, to - from)) < to - from) {
                throw new EOFException("content that was written before is gone");
            }
        } catch (IOException e) {
            throw new LostBlocksException(e);
        }
    }

    /** What was on disk cannot be read back. */
    static final class LostBlocksException extends IOException {
        private static final long serialVersionUID = 1L;

        private LostBlocksException(IOException cause) {
            super(cause.getMessage(), cause);
        }

        IOException trouble() {
            return getCause() instanceof IOException trouble ? trouble : this;
        }
    }

    /** Writes the blocks that lie in memory only. */
    void write(PieceStore store) throws IOException {
        for (int span = 0; span < memory.length; span++) {
            var bytes = memory[span];
            if (bytes == null) {
                continue;
            }
            int first = span * PieceAssembly.BLOCKS_PER_SPAN;
            int end = first + PieceAssembly.BLOCKS_PER_SPAN;
            for (int from = inMemory.nextSetBit(first); from >= 0 && from < end; from = inMemory.nextSetBit(from)) {
                int to = Math.min(end, inMemory.nextClearBit(from));
                int start = (from - first) * Block.SIZE;
                int stop = Math.min(bytes.capacity(), (to - first) * Block.SIZE);
                store.write(piece, span * PieceAssembly.SPAN + start, bytes.slice(start, stop - start));
                from = to;
            }
        }
    }

    /** The blocks that {@link #write} writes. */
    BitSet written() {
        return inMemory;
    }
}
