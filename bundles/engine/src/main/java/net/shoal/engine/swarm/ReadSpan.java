package net.shoal.engine.swarm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a verified piece that is being read, or was, to be sent to peers. */
final class ReadSpan {
    enum State {
        LOADING,
        LOADED,
        FAILED
    }

    final int piece;
    final int offset;
    final int length;
    /** False for one that serves a single request. */
    final boolean shared;

    private final List<UploadQueue> waiting = new ArrayList<>();
    private State state = State.LOADING;
    private @Nullable SharedBuffer data;
    private boolean abandoned;

    ReadSpan(int piece, int offset, int length, boolean shared) {
        this.piece = piece;
        this.offset = offset;
        this.length = length;
        this.shared = shared;
    }

    boolean holds(int inPiece, int from, int count) {
        return inPiece == piece && from >= offset && from + count <= offset + length;
    }

    /** It was loaded, and had to make room for others. */
    boolean isReleased() {
        return state == State.LOADED && data == null;
    }

    State state() {
        return state;
    }

    SharedBuffer data() {
        var loaded = data;
        if (loaded == null) {
            throw new IllegalStateException("not loaded: piece " + piece + " at " + offset);
        }
        return loaded;
    }

    void await(UploadQueue queue) {
        if (!waiting.contains(queue)) {
            waiting.add(queue);
        }
    }

    /** @param read null if it could not be read */
    void complete(@Nullable SharedBuffer read) {
        data = read;
        if (abandoned) {
            release();
        }
        state = read == null ? State.FAILED : State.LOADED;
        for (var queue : List.copyOf(waiting)) {
            queue.pump();
        }
        waiting.clear();
    }

    /** Nobody needs it any more, be it loaded or not. */
    void abandon() {
        abandoned = true;
        waiting.clear();
        release();
    }

    void release() {
        var loaded = data;
        if (loaded != null) {
            loaded.release();
            data = null;
        }
    }
}
