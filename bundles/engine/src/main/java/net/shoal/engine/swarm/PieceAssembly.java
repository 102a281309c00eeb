package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import java.util.BitSet;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceLayout;
import org.jspecify.annotations.Nullable;

/**
 * A piece that is not verified yet. Its blocks lie in memory, in spans that are allocated as blocks arrive, or, where memory was short,
 * on disk. A block is received either straight into its span (then it has one writer) or by way of a buffer of its connection.
 */
final class PieceAssembly {
    /** A multiple of the block size; one write to disk. */
    static final int SPAN = 1 << 20;

    static final int BLOCKS_PER_SPAN = SPAN / Block.SIZE;

    private static final long NONE = Long.MAX_VALUE;

    final int piece;
    private final int length;
    private final @Nullable SharedBuffer[] spans;
    private final @Nullable ByteBuffer[] views;
    private final BitSet inMemory = new BitSet();
    private final BitSet onDisk = new BitSet();
    private final BitSet beingWritten = new BitSet();
    /** Of those on disk, what an earlier run has left there: nobody knows who sent it, or whether all of it is there. */
    private final BitSet restored = new BitSet();

    private boolean busy;
    private boolean complete;
    private long touched;
    private long oldest = NONE;

    PieceAssembly(int piece, PieceLayout layout) {
        this.piece = piece;
        this.length = layout.lengthOf(piece);
        int count = (length + SPAN - 1) / SPAN;
        this.spans = new SharedBuffer[count];
        this.views = new ByteBuffer[count];
    }

    int length() {
        return length;
    }

    int spanCount() {
        return spans.length;
    }

    int spanLength(int span) {
        return Math.min(SPAN, length - span * SPAN);
    }

    /** True if their memory is one. */
    static boolean lieTogether(int first, int count) {
        return first / BLOCKS_PER_SPAN == (first + count - 1) / BLOCKS_PER_SPAN;
    }

    /** The memory of blocks that {@link #lieTogether}, allocated on demand. */
    ByteBuffer blocks(int first, int bytes, WriteCache cache) {
        int span = first / BLOCKS_PER_SPAN;
        return span(span, cache).slice((first % BLOCKS_PER_SPAN) * Block.SIZE, bytes);
    }

    ByteBuffer span(int span, WriteCache cache) {
        var view = views[span];
        if (view == null) {
            var buffer = cache.allocate(spanLength(span));
            spans[span] = buffer;
            view = buffer.view();
            views[span] = view;
        }
        return view;
    }

    /** The memory of a span, if it has any. */
    @Nullable
    ByteBuffer memory(int span) {
        var view = views[span];
        return view == null ? null : view.duplicate();
    }

    boolean isAnyBeingWritten(int first, int count) {
        int next = beingWritten.nextSetBit(first);
        return next >= 0 && next < first + count;
    }

    void beginWriting(int first, int count) {
        beingWritten.set(first, first + count);
    }

    boolean isBeingWritten(int block) {
        return beingWritten.get(block);
    }

    void endWriting(int block) {
        beingWritten.clear(block);
    }

    void arrived(int block, long now) {
        inMemory.set(block);
        restored.clear(block);
        touched = now;
        if (oldest == NONE) {
            oldest = now;
        }
    }

    /** They are on disk since an earlier run, it is said. */
    void restored(BitSet blocks) {
        onDisk.or(blocks);
        restored.or(blocks);
    }

    boolean isRestored() {
        return !restored.isEmpty();
    }

    /** True if a block has been in memory alone for so long. */
    boolean hasWaited(long nanos, long now) {
        return oldest != NONE && now - oldest >= nanos;
    }

    /** What is in memory now is on its way to disk. */
    void leaving() {
        oldest = NONE;
    }

    /** It did not get there. */
    void stayed(long now) {
        if (!inMemory.isEmpty()) {
            oldest = now;
        }
    }

    /** Blocks that lie in memory and not on disk; not to be changed. */
    BitSet inMemory() {
        return inMemory;
    }

    BitSet onDisk() {
        return onDisk;
    }

    /** They are not what they should be and will arrive again. */
    void forget(BitSet blocks) {
        inMemory.andNot(blocks);
        onDisk.andNot(blocks);
        restored.andNot(blocks);
    }

    void wroteToDisk(BitSet blocks) {
        onDisk.or(blocks);
        inMemory.andNot(blocks);
    }

    /** When a block last arrived. */
    long touched() {
        return touched;
    }

    /** The disk works on it. */
    boolean isBusy() {
        return busy;
    }

    void busy(boolean now) {
        busy = now;
    }

    /** Its last block arrived while the disk worked on it. */
    boolean isComplete() {
        return complete;
    }

    void complete(boolean now) {
        complete = now;
    }

    long bytesInMemory() {
        long bytes = 0;
        for (int i = 0; i < spans.length; i++) {
            bytes += spans[i] == null ? 0 : spanLength(i);
        }
        return bytes;
    }

    /** Gives the memory of spans back in which nothing lies and nothing is being written. */
    void releaseIdle(WriteCache cache) {
        for (int i = 0; i < spans.length; i++) {
            int first = i * BLOCKS_PER_SPAN;
            if (isClear(inMemory, first) && isClear(beingWritten, first)) {
                release(i, cache);
            }
        }
    }

    private static boolean isClear(BitSet blocks, int first) {
        int next = blocks.nextSetBit(first);
        return next < 0 || next >= first + BLOCKS_PER_SPAN;
    }

    /** Gives all memory back. */
    void release(WriteCache cache) {
        for (int i = 0; i < spans.length; i++) {
            release(i, cache);
        }
    }

    private void release(int index, WriteCache cache) {
        var span = spans[index];
        if (span != null) {
            cache.free(span, spanLength(index));
            spans[index] = null;
            views[index] = null;
        }
    }
}
