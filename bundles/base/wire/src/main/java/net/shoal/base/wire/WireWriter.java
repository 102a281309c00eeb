package net.shoal.base.wire;

import java.nio.ByteBuffer;
import java.util.List;
import net.shoal.base.model.Sha256Hash;

/** Encodes messages, length prefix included. Buffers a message holds are read from their position and left as they are. */
public final class WireWriter {
    /** Bytes before the payload of a block: length prefix, id, piece, offset. */
    public static final int PIECE_HEADER = 13;

    private static final int NO_BODY = 5;
    private static final int ONE_INT = 9;
    private static final int THREE_INTS = 17;
    private static final int HASH_HEADER = NO_BODY + Sha256Hash.LENGTH + 16;

    private WireWriter() {}

    /** Bytes that {@link #write} writes. */
    public static int size(Message message) {
        if (message instanceof Message.Request
                || message instanceof Message.Cancel
                || message instanceof Message.RejectRequest) {
            return THREE_INTS;
        }
        if (message instanceof Message.Have
                || message instanceof Message.AllowedFast
                || message instanceof Message.SuggestPiece) {
            return ONE_INT;
        }
        if (message instanceof Message.Piece piece) {
            return PIECE_HEADER + piece.data().remaining();
        }
        if (message instanceof Message.Extended extended) {
            return NO_BODY + 1 + extended.payload().remaining();
        }
        if (message instanceof Message.BitfieldBytes bitfield) {
            return NO_BODY + bitfield.bytes().remaining();
        }
        if (message instanceof Message.Hashes hashes) {
            return HASH_HEADER + hashes.hashes().size() * Sha256Hash.LENGTH;
        }
        if (message instanceof Message.HashRequest || message instanceof Message.HashReject) {
            return HASH_HEADER;
        }
        if (message instanceof Message.KeepAlive) {
            return 4;
        }
        return message instanceof Message.Port ? NO_BODY + 2 : NO_BODY;
    }

    /**
     * @throws java.nio.BufferOverflowException if {@code out} has less than {@link #size} bytes left
     * @throws IllegalArgumentException for {@link Message.Unknown}, which only a reader makes
     */
    public static void write(Message message, ByteBuffer out) {
        if (message instanceof Message.KeepAlive) {
            out.putInt(0);
        } else if (message instanceof Message.Piece piece) {
            writePieceHeader(piece.piece(), piece.offset(), piece.data().remaining(), out);
            out.put(piece.data().duplicate());
        } else {
            out.putInt(size(message) - 4);
            writeBody(message, out);
        }
    }

    /** The {@link #PIECE_HEADER} bytes before a block's payload, which is then sent from where it lies. */
    public static void writePieceHeader(int piece, int offset, int length, ByteBuffer out) {
        out.putInt(PIECE_HEADER - 4 + length)
                .put((byte) MessageId.PIECE)
                .putInt(piece)
                .putInt(offset);
    }

    private static void writeBody(Message message, ByteBuffer out) {
        if (message instanceof Message.Request m) {
            block(MessageId.REQUEST, m.piece(), m.offset(), m.length(), out);
        } else if (message instanceof Message.Have m) {
            out.put((byte) MessageId.HAVE).putInt(m.piece());
        } else if (message instanceof Message.Cancel m) {
            block(MessageId.CANCEL, m.piece(), m.offset(), m.length(), out);
        } else if (message instanceof Message.RejectRequest m) {
            block(MessageId.REJECT_REQUEST, m.piece(), m.offset(), m.length(), out);
        } else if (message instanceof Message.BitfieldBytes m) {
            out.put((byte) MessageId.BITFIELD).put(m.bytes().duplicate());
        } else if (message instanceof Message.Port m) {
            out.put((byte) MessageId.PORT).putShort((short) m.port());
        } else if (message instanceof Message.SuggestPiece m) {
            out.put((byte) MessageId.SUGGEST_PIECE).putInt(m.piece());
        } else if (message instanceof Message.AllowedFast m) {
            out.put((byte) MessageId.ALLOWED_FAST).putInt(m.piece());
        } else if (message instanceof Message.Extended m) {
            out.put((byte) MessageId.EXTENDED)
                    .put((byte) m.id())
                    .put(m.payload().duplicate());
        } else if (message instanceof Message.HashRequest m) {
            hashes(MessageId.HASH_REQUEST, m.piecesRoot(), out);
            range(m.baseLayer(), m.index(), m.length(), m.proofLayers(), List.of(), out);
        } else if (message instanceof Message.HashReject m) {
            hashes(MessageId.HASH_REJECT, m.piecesRoot(), out);
            range(m.baseLayer(), m.index(), m.length(), m.proofLayers(), List.of(), out);
        } else if (message instanceof Message.Hashes m) {
            hashes(MessageId.HASHES, m.piecesRoot(), out);
            range(m.baseLayer(), m.index(), m.length(), m.proofLayers(), m.hashes(), out);
        } else {
            out.put((byte) idWithoutBody(message));
        }
    }

    private static int idWithoutBody(Message message) {
        if (message instanceof Message.Choke) {
            return MessageId.CHOKE;
        } else if (message instanceof Message.Unchoke) {
            return MessageId.UNCHOKE;
        } else if (message instanceof Message.Interested) {
            return MessageId.INTERESTED;
        } else if (message instanceof Message.NotInterested) {
            return MessageId.NOT_INTERESTED;
        } else if (message instanceof Message.HaveAll) {
            return MessageId.HAVE_ALL;
        } else if (message instanceof Message.HaveNone) {
            return MessageId.HAVE_NONE;
        }
        throw new IllegalArgumentException("not a message to send: " + message);
    }

    private static void block(int id, int piece, int offset, int length, ByteBuffer out) {
        out.put((byte) id).putInt(piece).putInt(offset).putInt(length);
    }

    private static void hashes(int id, Sha256Hash root, ByteBuffer out) {
        root.write(out.put((byte) id));
    }

    private static void range(
            int baseLayer, int index, int length, int proofLayers, List<Sha256Hash> hashes, ByteBuffer out) {
        out.putInt(baseLayer).putInt(index).putInt(length).putInt(proofLayers);
        for (var hash : hashes) {
            hash.write(out);
        }
    }
}
