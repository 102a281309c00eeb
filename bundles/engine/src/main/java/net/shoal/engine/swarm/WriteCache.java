package net.shoal.engine.swarm;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import net.shoal.base.model.PieceLayout;
import net.shoal.engine.limits.SharedMemory;
import org.jspecify.annotations.Nullable;

/** The pieces that are being put together, and the memory they take. */
final class WriteCache {
    private final PieceLayout layout;
    private final Buffers buffers;
    private final SharedMemory.Share memory;
    private final Map<Integer, PieceAssembly> assemblies = new HashMap<>();

    WriteCache(PieceLayout layout, Buffers buffers, SharedMemory.Share memory) {
        this.layout = layout;
        this.buffers = buffers;
        this.memory = memory;
    }

    /** False while nothing more should be asked for: the disk is behind, or too many pieces are open. */
    boolean hasRoom() {
        return memory.hasRoom();
    }

    /** More than half full: time to move something to disk. */
    boolean isTight() {
        return isMuch(memory.held());
    }

    /** More than half of what there may be. */
    boolean isMuch(long bytes) {
        return memory.isMuch(bytes);
    }

    boolean isEmpty() {
        return memory.held() == 0;
    }

    /** Bytes. */
    long held() {
        return memory.held();
    }

    /** Peers are not even to send what they were asked for. */
    boolean isFlooded() {
        return memory.isFlooded();
    }

    PieceAssembly open(int piece) {
        return assemblies.computeIfAbsent(piece, index -> new PieceAssembly(index, layout));
    }

    @Nullable
    PieceAssembly find(int piece) {
        return assemblies.get(piece);
    }

    /** The piece is done with; its memory is given back. */
    void close(PieceAssembly assembly) {
        assemblies.remove(assembly.piece);
        assembly.release(this);
    }

    Collection<PieceAssembly> all() {
        return assemblies.values();
    }

    SharedBuffer allocate(int size) {
        var buffer = buffers.allocate(size);
        memory.take(size);
        return buffer;
    }

    void free(SharedBuffer buffer, int size) {
        memory.giveBack(size);
        buffer.release();
    }
}
