package net.shoal.engine.swarm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import net.shoal.base.model.PieceLayout;
import net.shoal.engine.limits.SharedMemory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What peers are about to be sent, read from disk in large spans so that the requests that follow find it in memory. The least recently
 * used goes first; what is being read stays.
 */
final class ReadCache {
    /** One read from disk, unless the piece is shorter. */
    static final int SPAN = 512 * 1024;

    private static final int IDLE_TICKS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(ReadCache.class);

    private final PieceLayout layout;
    private final ContentDisk disk;
    private final Buffers buffers;
    private final SharedMemory.Share memory;
    private final Failure failure;
    private final Map<Long, ReadSpan> spans = new LinkedHashMap<>(64, 0.75f, true);
    private long loading;
    /** Since somebody last asked. */
    private int idleTicks;

    private boolean closed;

    /** Hears of a disk that cannot read. */
    interface Failure {
        void on(IOException cause);
    }

    ReadCache(PieceLayout layout, ContentDisk disk, Buffers buffers, SharedMemory.Share memory, Failure failure) {
        this.layout = layout;
        this.disk = disk;
        this.buffers = buffers;
        this.memory = memory;
        this.failure = failure;
    }

    /** False while reading further ahead would push out what is still to be sent. */
    boolean hasRoom() {
        return loading < memory.fair() / 2;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /** True if no shared span holds all of it. */
    static boolean isSplit(int offset, int length) {
        return offset / SPAN != (offset + length - 1) / SPAN;
    }

    /**
     * The span that holds this; begins to read it if it is not there. A request across two spans gets one of its own, and so does any while
     * there is no room for a span.
     */
    ReadSpan get(int piece, int offset, int length) {
        var span = isSplit(offset, length) ? null : shared(piece, offset);
        return span == null ? load(new ReadSpan(piece, offset, length, false)) : span;
    }

    /** The span that this lies in, or null if there is no room for it. */
    @Nullable
    ReadSpan shared(int piece, int offset) {
        idleTicks = 0;
        int start = offset / SPAN * SPAN;
        int size = Math.min(SPAN, layout.sendableLengthOf(piece) - start);
        var span = spans.get(key(piece, start));
        if (span == null || span.state() == ReadSpan.State.FAILED) {
            makeRoom(size);
            if (memory.isOver(size)) {
                return null;
            }
            span = new ReadSpan(piece, start, size, true);
            spans.put(key(piece, start), span);
            memory.take(size);
            load(span);
        }
        return span;
    }

    /** Where there is no memory it has failed when this returns. */
    private ReadSpan load(ReadSpan span) {
        try {
            load(span, buffers.allocate(span.length));
        } catch (OutOfMemoryError e) {
            LOG.warn("There is no memory for {} bytes that peers asked for: {}", span.length, e.getMessage());
            forget(span);
            span.complete(null);
        }
        return span;
    }

    private void load(ReadSpan span, SharedBuffer buffer) {
        int there = Math.min(span.length, layout.lengthOf(span.piece) - span.offset);
        loading += span.length;
        disk.submit(
                store -> {
                    if (store.read(span.piece, span.offset, buffer.view().limit(there)) < there) {
                        throw new EOFException("content is shorter than it was when it was verified");
                    }
                    zero(buffer.view().position(there));
                    return buffer;
                },
                new ContentDisk.Result<>() {
                    @Override
                    public void done(SharedBuffer read) {
                        loading -= span.length;
                        span.complete(read);
                        if (closed) {
                            span.release();
                            forget(span);
                        }
                    }

                    @Override
                    public void failed(IOException cause) {
                        loading -= span.length;
                        buffer.release();
                        forget(span);
                        span.complete(null);
                        failure.on(cause);
                    }
                });
    }

    private void forget(ReadSpan span) {
        if (span.shared && spans.remove(key(span.piece, span.offset), span)) {
            memory.giveBack(span.length);
        }
    }

    private static void zero(ByteBuffer rest) {
        while (rest.hasRemaining()) {
            rest.put((byte) 0);
        }
    }

    private void makeRoom(int size) {
        var oldest = spans.values().iterator();
        while ((closed || memory.isOver(size)) && oldest.hasNext()) {
            var span = oldest.next();
            if (span.state() != ReadSpan.State.LOADING) {
                oldest.remove();
                memory.giveBack(span.length);
                span.release();
            }
        }
    }

    /** Once a second: what is not asked for is not kept, and what others are short of is given up. */
    void tick() {
        makeRoom(0);
        if (++idleTicks > IDLE_TICKS) {
            forgetLoaded();
        }
    }

    private void forgetLoaded() {
        spans.values().removeIf(span -> {
            boolean gone = span.state() != ReadSpan.State.LOADING;
            if (gone) {
                memory.giveBack(span.length);
                span.release();
            }
            return gone;
        });
    }

    void close() {
        closed = true;
        makeRoom(0);
    }

    private static long key(int piece, int start) {
        return ((long) piece << 32) | start;
    }
}
