package net.shoal.extension.metadata;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An info dictionary that is being put together. Takes no more memory than has arrived. */
final class MetadataCopy {
    private final int size;
    private final @Nullable ByteBuffer[] pieces;
    private final @Nullable MetadataSession[] asked;
    private final Set<MetadataSession> senders = new HashSet<>();
    private final LongSupplier clock;
    private final long since;
    private long lastProgress;
    private int missing;

    /** @param clock nanoseconds */
    MetadataCopy(int size, LongSupplier clock) {
        this.clock = clock;
        this.since = clock.getAsLong();
        this.lastProgress = since;
        this.size = size;
        this.pieces = new ByteBuffer[MetadataMessage.pieces(size)];
        this.asked = new MetadataSession[pieces.length];
        this.missing = pieces.length;
    }

    int size() {
        return size;
    }

    /** When it was begun. */
    long since() {
        return since;
    }

    /** When something last came to it. */
    long lastProgress() {
        return lastProgress;
    }

    boolean isComplete() {
        return missing == 0;
    }

    Set<MetadataSession> senders() {
        return senders;
    }

    /** A piece to ask this peer for: one that nobody was asked for, else one that another peer has not sent yet; -1 if none. */
    int next(MetadataSession session, boolean alsoAskedOfOthers) {
        for (int i = 0; i < pieces.length; i++) {
            boolean free = asked[i] == null || (alsoAskedOfOthers && asked[i] != session);
            if (pieces[i] == null && free) {
                asked[i] = session;
                return i;
            }
        }
        return -1;
    }

    void release(MetadataSession session, int piece) {
        if (piece < asked.length && asked[piece] == session) {
            asked[piece] = null;
        }
    }

    void releaseAll(MetadataSession session) {
        for (int i = 0; i < asked.length; i++) {
            release(session, i);
        }
    }

    /** @return false if it does not fit */
    boolean put(MetadataSession session, int piece, ByteBuffer data) {
        if (piece >= pieces.length || data.remaining() != MetadataMessage.length(size, piece)) {
            return false;
        }
        if (pieces[piece] == null) {
            pieces[piece] = ByteBuffer.allocate(data.remaining()).put(data).flip();
            senders.add(session);
            lastProgress = clock.getAsLong();
            missing--;
        }
        return true;
    }

    ByteBuffer whole() {
        var whole = ByteBuffer.allocate(size);
        for (var piece : pieces) {
            if (piece != null) {
                whole.put(piece);
            }
        }
        return whole.flip();
    }
}
