package net.shoal.base.wire;

import net.shoal.base.model.Sha256Hash;

/** The ids of messages and the sizes their bodies may have (BEP 3, 5, 6, 10, 52). */
final class MessageId {
    static final int CHOKE = 0;
    static final int UNCHOKE = 1;
    static final int INTERESTED = 2;
    static final int NOT_INTERESTED = 3;
    static final int HAVE = 4;
    static final int BITFIELD = 5;
    static final int REQUEST = 6;
    static final int PIECE = 7;
    static final int CANCEL = 8;
    static final int PORT = 9;
    static final int SUGGEST_PIECE = 13;
    static final int HAVE_ALL = 14;
    static final int HAVE_NONE = 15;
    static final int REJECT_REQUEST = 16;
    static final int ALLOWED_FAST = 17;
    static final int EXTENDED = 20;
    static final int HASH_REQUEST = 21;
    static final int HASHES = 22;
    static final int HASH_REJECT = 23;

    private static final int HASH_HEAD = Sha256Hash.LENGTH + 16;
    private static final int BLOCK_HEAD = 8;

    private MessageId() {}

    static boolean isKnown(int id) {
        return id <= PORT || (id >= SUGGEST_PIECE && id <= ALLOWED_FAST) || (id >= EXTENDED && id <= HASH_REJECT);
    }

    static Message withoutBody(int id) {
        return switch (id) {
            case CHOKE -> Message.CHOKE;
            case UNCHOKE -> Message.UNCHOKE;
            case INTERESTED -> Message.INTERESTED;
            case NOT_INTERESTED -> Message.NOT_INTERESTED;
            case HAVE_ALL -> Message.HAVE_ALL;
            case HAVE_NONE -> Message.HAVE_NONE;
            default -> throw new IllegalStateException("message " + id + " has a body");
        };
    }

    /** @param length bytes after the id */
    static void check(int id, int length) throws ProtocolException {
        boolean fits =
                switch (id) {
                    case CHOKE, UNCHOKE, INTERESTED, NOT_INTERESTED, HAVE_ALL, HAVE_NONE -> length == 0;
                    case HAVE, SUGGEST_PIECE, ALLOWED_FAST -> length == 4;
                    case REQUEST, CANCEL, REJECT_REQUEST -> length == 12;
                    case PORT -> length == 2;
                    case BITFIELD -> length >= 1;
                    case EXTENDED -> length >= 1 && length <= WireReader.MAX_EXTENDED;
                    case PIECE -> length > BLOCK_HEAD && length <= BLOCK_HEAD + WireReader.MAX_BLOCK;
                    case HASH_REQUEST, HASH_REJECT -> length == HASH_HEAD;
                    case HASHES -> length >= HASH_HEAD && (length - HASH_HEAD) % Sha256Hash.LENGTH == 0;
                    default -> true;
                };
        if (!fits) {
            throw new ProtocolException("message " + id + " cannot have " + length + " bytes");
        }
    }
}
