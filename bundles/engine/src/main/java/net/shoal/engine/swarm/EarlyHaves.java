package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import java.util.BitSet;
import net.shoal.base.model.Bitfield;
import net.shoal.base.wire.ProtocolException;
import org.jspecify.annotations.Nullable;

/** What a peer says it has while we do not know how many pieces there are. */
final class EarlyHaves {
    /** The largest torrent we take. */
    private static final int MAX_PIECES = 2_097_152;

    private boolean all;
    private @Nullable ByteBuffer bitfield;
    private final BitSet single = new BitSet();
    private final BitSet lost = new BitSet();

    void all() {
        all = true;
    }

    void bitfield(ByteBuffer bytes) throws ProtocolException {
        if (bytes.remaining() > Bitfield.wireLength(MAX_PIECES)) {
            throw new ProtocolException("a bitfield of " + bytes.remaining() + " bytes");
        }
        bitfield = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    /** @return false if it has said so before */
    boolean have(int piece) throws ProtocolException {
        if (piece < 0 || piece >= MAX_PIECES) {
            throw new ProtocolException("has piece " + piece);
        }
        boolean isNew = !single.get(piece);
        single.set(piece);
        lost.clear(piece);
        return isNew;
    }

    void dontHave(int piece) throws ProtocolException {
        if (piece < 0 || piece >= MAX_PIECES) {
            throw new ProtocolException("lost piece " + piece);
        }
        lost.set(piece);
    }

    /** Now we know. */
    Bitfield resolve(int pieces) throws ProtocolException {
        var field = new Bitfield(pieces);
        if (all) {
            field.setAll();
        } else if (bitfield != null) {
            field = parse(bitfield, pieces);
        }
        if (single.length() > pieces) {
            throw new ProtocolException("has piece " + (single.length() - 1) + " of " + pieces);
        }
        for (int piece = single.nextSetBit(0); piece >= 0; piece = single.nextSetBit(piece + 1)) {
            field.set(piece);
        }
        for (int piece = lost.nextSetBit(0); piece >= 0 && piece < pieces; piece = lost.nextSetBit(piece + 1)) {
            field.clear(piece);
        }
        return field;
    }

    static Bitfield parse(ByteBuffer bytes, int pieces) throws ProtocolException {
        try {
            return Bitfield.ofWire(bytes, pieces);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
    }
}
