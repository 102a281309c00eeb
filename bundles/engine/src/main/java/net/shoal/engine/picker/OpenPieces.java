package net.shoal.engine.picker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pieces under way, and of them those that have free blocks. Objects are used again, so that fetching allocates nothing. */
final class OpenPieces<P> {
    private static final int MAX_POOLED = 64;

    private final int maxBlocks;
    private final @Nullable OpenPiece<P>[] byPiece;
    private final List<OpenPiece<P>> all = new ArrayList<>();
    private final List<OpenPiece<P>> withFree = new ArrayList<>();
    private final ArrayDeque<OpenPiece<P>> pool = new ArrayDeque<>();

    @SuppressWarnings({"unchecked", "rawtypes"})
    OpenPieces(int pieces, int maxBlocks) {
        this.maxBlocks = maxBlocks;
        byPiece = new OpenPiece[pieces];
    }

    @Nullable
    OpenPiece<P> get(int piece) {
        return byPiece[piece];
    }

    int size() {
        return all.size();
    }

    OpenPiece<P> at(int index) {
        return all.get(index);
    }

    List<OpenPiece<P>> withFree() {
        return withFree;
    }

    OpenPiece<P> open(int piece, int blocks) {
        OpenPiece<P> pooled = pool.pollLast();
        OpenPiece<P> open = pooled != null ? pooled : new OpenPiece<>(maxBlocks);
        open.reset(piece, blocks);
        byPiece[piece] = open;
        open.index = all.size();
        all.add(open);
        listFree(open);
        return open;
    }

    void close(OpenPiece<P> open) {
        open.dropAllHolders();
        open.provesNothing();
        byPiece[open.piece] = null;
        unlistFree(open);
        OpenPiece<P> last = all.remove(all.size() - 1);
        if (last != open) {
            all.set(open.index, last);
            last.index = open.index;
        }
        if (pool.size() < MAX_POOLED) {
            pool.addLast(open);
        }
    }

    /** To be called when its number of free blocks may have become, or ceased to be, 0. */
    void update(OpenPiece<P> open) {
        if (open.free() == 0) {
            unlistFree(open);
        } else {
            listFree(open);
        }
    }

    private void listFree(OpenPiece<P> open) {
        if (open.freeIndex < 0) {
            open.freeIndex = withFree.size();
            withFree.add(open);
        }
    }

    private void unlistFree(OpenPiece<P> open) {
        if (open.freeIndex < 0) {
            return;
        }
        OpenPiece<P> last = withFree.remove(withFree.size() - 1);
        if (last != open) {
            withFree.set(open.freeIndex, last);
            last.freeIndex = open.freeIndex;
        }
        open.freeIndex = -1;
    }
}
