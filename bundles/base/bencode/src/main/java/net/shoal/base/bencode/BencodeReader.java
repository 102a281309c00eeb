package net.shoal.base.bencode;

import java.nio.ByteBuffer;

/**
 * Reads bencode from anyone. The input is copied once and checked in one pass that neither recurses nor allocates; values are views of
 * that copy and decode on access, so the heap taken stays below twice the input, whatever it holds. Immutable.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class BencodeReader {
    /** For all that comes from peers, trackers and files. Keys may be out of order, as in many torrents, but not come twice. */
    public static final BencodeReader LENIENT = new BencodeReader(Limits.DEFAULT, false);

    /** Keys in order too: the one encoding a value has (BEP 44). */
    public static final BencodeReader CANONICAL = new BencodeReader(Limits.DEFAULT, true);

    private final Limits limits;
    private final boolean canonical;

    public BencodeReader(Limits limits, boolean canonical) {
        this.limits = limits;
        this.canonical = canonical;
    }

    /** How deep lists and dictionaries may be nested, and how many values and keys there may be in all. */
    public record Limits(int depth, int tokens) {
        public static final Limits DEFAULT = new Limits(32, 3_000_000);
    }

    /** The one value that all the remaining bytes are; consumes them. */
    public BValue read(ByteBuffer in) throws BencodeException {
        throw new UnsupportedOperationException(limits + " " + canonical);
    }

    /** The same for what has to be a dictionary. */
    public BDict readDict(ByteBuffer in) throws BencodeException {
        if (read(in) instanceof BDict dict) {
            return dict;
        }
        throw new BencodeException("a dictionary was expected");
    }

    /** The value the remaining bytes begin with; leaves the position behind it, as for the payload that follows a dictionary (BEP 9). */
    public BValue readPrefix(ByteBuffer in) throws BencodeException {
        throw new UnsupportedOperationException();
    }
}
