package net.shoal.engine.sim;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.model.PieceLayout;

/** Content in an array, in piece space. */
final class MemoryStore implements PieceStore {
    private final PieceLayout layout;
    private final byte[] bytes;
    private boolean closed;

    MemoryStore(PieceLayout layout, byte[] bytes) {
        this.layout = layout;
        this.bytes = bytes;
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
        from.get(bytes, at(piece, offset), from.remaining());
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
