package net.shoal.base.bencode;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads bencode from anyone. The input is checked in one pass that neither recurses nor allocates, and then copied; values are views of that
 * copy and decode on access, so the heap taken stays below twice the input, whatever it holds. Immutable.
 */
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

        public Limits {
            if (depth < 1 || tokens < 1) {
                throw new IllegalArgumentException(
                        "depth and tokens are at least 1, unlike " + depth + " and " + tokens);
            }
        }
    }

    /** The one value that all the remaining bytes are; consumes them. */
    public BValue read(ByteBuffer in) throws BencodeException {
        return read(in, true);
    }

    /** The same for what has to be a dictionary. */
    public BDict readDict(ByteBuffer in) throws BencodeException {
        if (in.hasRemaining() && in.get(in.position()) != 'd') {
            throw new BencodeException("a dictionary was expected, which begins with d");
        }
        return (BDict) read(in);
    }

    /** The value the remaining bytes begin with; leaves the position behind it, as for the payload that follows a dictionary (BEP 9). */
    public BValue readPrefix(ByteBuffer in) throws BencodeException {
        return read(in, false);
    }

    private BValue read(ByteBuffer in, boolean whole) throws BencodeException {
        boolean borrowed = in.hasArray();
        byte[] bytes = borrowed ? in.array() : copy(in);
        int from = borrowed ? in.arrayOffset() + in.position() : 0;
        int limit = from + in.remaining();
        int end = new Check(bytes, from, limit, limits, canonical).value();
        if (whole && end < limit) {
            throw new BencodeException(
                    (limit - end) + " bytes are left over behind the value, at byte " + (end - from));
        }
        var kept = borrowed || end < limit ? Arrays.copyOfRange(bytes, from, end) : bytes;
        in.position(in.position() + end - from);
        return Encoded.value(kept, 0);
    }

    private static byte[] copy(ByteBuffer in) {
        var bytes = new byte[in.remaining()];
        in.get(in.position(), bytes);
        return bytes;
    }
}
