package net.shoal.base.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;

/**
 * The 68 bytes both sides begin with (BEP 3).
 *
 * @param reserved the 8 reserved bytes as one big-endian word; see the constants
 */
public record Handshake(long reserved, Sha1Hash infoHash, PeerId peerId) {
    public static final int LENGTH = 68;
    /** BEP 10. */
    public static final long EXTENSION_PROTOCOL = 1L << 20;
    /** BEP 5. */
    public static final long DHT = 1L;
    /** BEP 6. */
    public static final long FAST = 1L << 2;
    /** BEP 52: the sender can upgrade a hybrid swarm to v2. Only set where the swarm is known to be hybrid. */
    public static final long V2 = 1L << 4;

    /** Bytes of {@link #protocolHeader}. */
    public static final int HEADER_LENGTH = 20;

    private static final byte[] HEADER = "\u0013BitTorrent protocol".getBytes(US_ASCII);

    /** What every plain connection begins with: a length byte and the name of the protocol. Read-only. */
    public static ByteBuffer protocolHeader() {
        return ByteBuffer.wrap(HEADER).asReadOnlyBuffer();
    }

    /**
     * Reads {@link #LENGTH} bytes and advances the buffer.
     *
     * @throws ProtocolException if this is not the BitTorrent protocol
     */
    public static Handshake read(ByteBuffer in) throws ProtocolException {
        int at = in.position();
        if (!in.slice(at, HEADER_LENGTH).equals(ByteBuffer.wrap(HEADER))) {
            throw new ProtocolException("the handshake does not begin with the BitTorrent protocol header");
        }
        in.position(at + HEADER_LENGTH);
        return new Handshake(in.getLong(), Sha1Hash.read(in), new PeerId(Sha1Hash.read(in)));
    }

    /** Writes {@link #LENGTH} bytes. */
    public void write(ByteBuffer out) {
        out.put(HEADER).putLong(reserved);
        infoHash.write(out);
        peerId.value().write(out);
    }

    public boolean supports(long bit) {
        return (reserved & bit) != 0;
    }
}
