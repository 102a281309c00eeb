package net.shoal.base.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.shoal.base.model.Sha256Hash;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what follows the handshake, from pieces of input of any size. One reader serves one direction of one connection, on
 * one thread.
 *
 * <p>Phases: LENGTH → (keep-alive) → LENGTH, or LENGTH → ID → BODY → LENGTH for ordinary messages, ID → BLOCK_HEAD → BLOCK →
 * LENGTH for blocks, ID → SKIP → LENGTH for messages nobody knows. A message that lies whole in the input is decoded in place;
 * only one that is cut by the end of the input is gathered, in memory that grows with what has arrived, not with what was
 * announced. Blocks are never gathered. After a {@link ProtocolException} or {@link #stop()} all input is ignored.
 */
public final class WireReader {
    /** Bytes of the largest message, without its length prefix, unless asked for otherwise. */
    public static final int MAX_MESSAGE = 1 << 20;
    /** Bytes of the largest block; nobody asks for more, as most clients drop whoever does. */
    public static final int MAX_BLOCK = 128 * 1024;

    /** Bytes of the largest message of an extension; the largest in use (BEP 9, 11) have a tenth of that. */
    public static final int MAX_EXTENDED = 256 * 1024;

    /** Holds every message of fixed size. */
    private static final int SMALL = 64;
    /** A gathering buffer up to this size is kept for the next message. */
    private static final int KEPT = 16 * 1024;

    private static final int BLOCK_HEAD = 8;
    private static final int HASH_HEAD = Sha256Hash.LENGTH + 16;

    private enum Phase {
        LENGTH,
        ID,
        BODY,
        BLOCK_HEAD,
        BLOCK,
        SKIP,
        STOPPED
    }

    private final int maxMessage;
    private Phase phase = Phase.LENGTH;
    /** Bytes of the message after its id. */
    private int bodyLength;

    private int id;
    private ByteBuffer gathered = ByteBuffer.allocate(SMALL);
    private int gatheredLength;

    private int blockPiece;
    private int blockOffset;
    private int done;
    private @Nullable ByteBuffer target;

    public WireReader() {
        this(MAX_MESSAGE);
    }

    /** @param maxMessage bytes of the largest message, for torrents whose bitfield would not fit into {@link #MAX_MESSAGE} */
    public WireReader(int maxMessage) {
        if (maxMessage < MAX_BLOCK + BLOCK_HEAD + 1) {
            throw new IllegalArgumentException("a reader must take blocks of " + MAX_BLOCK + " bytes: " + maxMessage);
        }
        this.maxMessage = maxMessage;
    }

    /**
     * Consumes all of {@code in} (big-endian, as buffers are unless told otherwise). What the sink is given is the same however
     * the input was cut.
     */
    public void read(ByteBuffer in, WireSink sink) throws ProtocolException {
        try {
            while (in.hasRemaining() && phase != Phase.STOPPED) {
                step(in, sink);
            }
        } catch (ProtocolException e) {
            stop();
            throw e;
        }
        in.position(in.limit());
    }

    /** Ignores the rest of what is being read and all that follows; a sink that closes its connection calls this. */
    public void stop() {
        phase = Phase.STOPPED;
        target = null;
    }

    /** True where input may end without cutting a message. */
    public boolean isBetweenMessages() {
        return phase == Phase.LENGTH && gatheredLength == 0;
    }

    private void step(ByteBuffer in, WireSink sink) throws ProtocolException {
        switch (phase) {
            case LENGTH -> readLength(in, sink);
            case ID -> readId(in, sink);
            case BODY -> readBody(in, sink);
            case BLOCK_HEAD -> readBlockHead(in, sink);
            case BLOCK -> readBlock(in, sink);
            case SKIP -> skip(in, sink);
            case STOPPED -> in.position(in.limit());
        }
    }

    private void readLength(ByteBuffer in, WireSink sink) throws ProtocolException {
        var source = take(in, 4);
        if (source == null) {
            return;
        }
        int length = source.getInt();
        if (length == 0) {
            sink.onMessage(Message.KEEP_ALIVE);
        } else if (length < 0 || length > maxMessage) {
            throw new ProtocolException(
                    "message of " + Integer.toUnsignedString(length) + " bytes, over " + maxMessage);
        } else {
            bodyLength = length - 1;
            phase = Phase.ID;
        }
    }

    private void readId(ByteBuffer in, WireSink sink) throws ProtocolException {
        id = in.get() & 0xff;
        MessageId.check(id, bodyLength);
        if (id == MessageId.PIECE) {
            phase = Phase.BLOCK_HEAD;
        } else if (!MessageId.isKnown(id)) {
            begin(Phase.SKIP);
            skip(in, sink);
        } else if (bodyLength == 0) {
            deliver(MessageId.withoutBody(id), sink);
        } else {
            phase = Phase.BODY;
        }
    }

    private void readBody(ByteBuffer in, WireSink sink) throws ProtocolException {
        var source = take(in, bodyLength);
        if (source == null) {
            return;
        }
        int end = source.position() + bodyLength;
        deliver(decode(source), sink);
        source.position(end);
        if (gatheredLength == 0 && gathered.capacity() > KEPT) {
            gathered = ByteBuffer.allocate(SMALL);
        }
    }

    private void readBlockHead(ByteBuffer in, WireSink sink) throws ProtocolException {
        var source = take(in, BLOCK_HEAD);
        if (source == null) {
            return;
        }
        blockPiece = source.getInt();
        blockOffset = source.getInt();
        bodyLength -= BLOCK_HEAD;
        begin(Phase.BLOCK);
        var given = sink.beginBlock(blockPiece, blockOffset, bodyLength);
        if (given != null && given.remaining() < bodyLength) {
            throw new IllegalStateException(
                    "a buffer of " + given.remaining() + " bytes was given for a block of " + bodyLength);
        }
        if (phase == Phase.BLOCK) {
            target = given;
        }
    }

    private void readBlock(ByteBuffer in, WireSink sink) {
        int count = Math.min(in.remaining(), bodyLength - done);
        var to = target;
        if (to != null) {
            to.put(to.position() + done, in, in.position(), count);
        }
        in.position(in.position() + count);
        advance(count, sink);
    }

    private void advance(int count, WireSink sink) {
        var to = target;
        done += count;
        if (done == bodyLength) {
            target = null;
            phase = Phase.LENGTH;
            if (to != null) {
                sink.endBlock(blockPiece, blockOffset, bodyLength);
            }
        }
    }

    /** Where the rest of the block goes that is being read: memory to read it into without {@link #read}. Null if there is no such block. */
    public @Nullable ByteBuffer rest() {
        var to = target;
        return phase == Phase.BLOCK && to != null ? to.slice(to.position() + done, bodyLength - done) : null;
    }

    /** So many bytes of {@link #rest} are there now. */
    public void filled(int count, WireSink sink) {
        if (phase == Phase.BLOCK) {
            if (count < 0 || count > bodyLength - done) {
                throw new IllegalArgumentException(count + " bytes where " + (bodyLength - done) + " are missing");
            }
            advance(count, sink);
        }
    }

    private void skip(ByteBuffer in, WireSink sink) {
        int count = Math.min(in.remaining(), bodyLength - done);
        in.position(in.position() + count);
        done += count;
        if (done == bodyLength) {
            deliver(new Message.Unknown(id, bodyLength), sink);
        }
    }

    private void begin(Phase next) {
        phase = next;
        done = 0;
    }

    /** The phase changes first, so that the sink may stop the reader. */
    private void deliver(Message message, WireSink sink) {
        phase = Phase.LENGTH;
        sink.onMessage(message);
    }

    /** A buffer whose next {@code count} bytes can be read, which is {@code in} itself if it has them all; null if more must come. */
    private @Nullable ByteBuffer take(ByteBuffer in, int count) {
        if (gatheredLength == 0 && in.remaining() >= count) {
            return in;
        }
        int added = Math.min(in.remaining(), count - gatheredLength);
        reserve(gatheredLength + added, count);
        gathered.put(gatheredLength, in, in.position(), added);
        in.position(in.position() + added);
        gatheredLength += added;
        if (gatheredLength < count) {
            return null;
        }
        gatheredLength = 0;
        return gathered.clear();
    }

    private void reserve(int needed, int expected) {
        if (needed > gathered.capacity()) {
            var larger = ByteBuffer.allocate(Math.min(expected, Math.max(needed, 2 * gathered.capacity())));
            larger.put(0, gathered, 0, gatheredLength);
            gathered = larger;
        }
    }

    private Message decode(ByteBuffer in) throws ProtocolException {
        return switch (id) {
            case MessageId.HAVE -> new Message.Have(in.getInt());
            case MessageId.BITFIELD -> new Message.BitfieldBytes(in.slice(in.position(), bodyLength));
            case MessageId.REQUEST -> new Message.Request(in.getInt(), in.getInt(), in.getInt());
            case MessageId.CANCEL -> new Message.Cancel(in.getInt(), in.getInt(), in.getInt());
            case MessageId.PORT -> new Message.Port(in.getShort() & 0xffff);
            case MessageId.SUGGEST_PIECE -> new Message.SuggestPiece(in.getInt());
            case MessageId.REJECT_REQUEST -> new Message.RejectRequest(in.getInt(), in.getInt(), in.getInt());
            case MessageId.ALLOWED_FAST -> new Message.AllowedFast(in.getInt());
            case MessageId.EXTENDED -> new Message.Extended(in.get() & 0xff, in.slice(in.position(), bodyLength - 1));
            case MessageId.HASH_REQUEST ->
                new Message.HashRequest(Sha256Hash.read(in), in.getInt(), in.getInt(), in.getInt(), in.getInt());
            case MessageId.HASHES ->
                new Message.Hashes(Sha256Hash.read(in), in.getInt(), in.getInt(), in.getInt(), in.getInt(), hashes(in));
            case MessageId.HASH_REJECT ->
                new Message.HashReject(Sha256Hash.read(in), in.getInt(), in.getInt(), in.getInt(), in.getInt());
            default -> throw new IllegalStateException("message " + id + " has no body");
        };
    }

    private List<Sha256Hash> hashes(ByteBuffer in) {
        int count = (bodyLength - HASH_HEAD) / Sha256Hash.LENGTH;
        var hashes = new ArrayList<Sha256Hash>(count);
        for (int i = 0; i < count; i++) {
            hashes.add(Sha256Hash.read(in));
        }
        return hashes;
    }
}
