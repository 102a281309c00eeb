package net.shoal.engine.sim;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.model.PieceLayout;

/** Content in an array, in piece space; an array of its own, or one that many share and nobody may change. */
final class MemoryStore implements PieceStore {
    private final PieceLayout layout;
    private final byte[] bytes;
    private final boolean shared;
    private boolean closed;

    MemoryStore(PieceLayout layout, byte[] bytes) {
        this(layout, bytes, false);
    }

    private MemoryStore(PieceLayout layout, byte[] bytes, boolean shared) {
        this.layout = layout;
        this.bytes = bytes;
        this.shared = shared;
    }

    /** Keeps nothing: all that is written must be what is there already. For swarms whose copies would not fit into memory. */
    static MemoryStore shared(PieceLayout layout, byte[] bytes) {
        return new MemoryStore(layout, bytes, true);
    }

    static MemoryStore empty(PieceLayout layout) {
        return new MemoryStore(layout, new byte[sizeOf(layout)]);
    }

    static int sizeOf(PieceLayout layout) {
        int last = layout.pieceCount() - 1;
        return last < 0 ? 0 : Math.toIntExact(layout.offsetOf(last) + layout.lengthOf(last));
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int read(int piece, int offset, ByteBuffer into) {
        int count = Math.min(into.remaining(), layout.lengthOf(piece) - offset);
        into.put(bytes, at(piece, offset), count);
        return count;
    }

    @Override
    public void write(int piece, int offset, ByteBuffer from) {
        int at = at(piece, offset);
        if (shared && !ByteBuffer.wrap(bytes, at, from.remaining()).equals(from)) {
            throw new IllegalStateException("wrong bytes at " + offset + " of piece " + piece);
        }
        if (shared) {
            from.position(from.limit());
        } else {
            from.get(bytes, at, from.remaining());
        }
    }

    private int at(int piece, int offset) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        return Math.toIntExact(layout.offsetOf(piece) + offset);
    }

    @Override
    public boolean mayHold(int piece) {
        return true;
    }

    @Override
    public Path pathOf(int index) {
        return Path.of("memory", String.valueOf(index));
    }

    @Override
    public void sync() {}

    @Override
    public void close() {
        closed = true;
    }
}
