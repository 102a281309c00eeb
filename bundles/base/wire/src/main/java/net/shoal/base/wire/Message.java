package net.shoal.base.wire;

import java.nio.ByteBuffer;
import java.util.List;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Sha256Hash;

/**
 * What peers say to each other after the handshake. Indices and lengths are as they came: whoever knows the torrent's layout
 * checks them. Buffers are views, valid during the call that delivers the message; keep a copy, not the view.
 */
public sealed interface Message {
    /** Messages without fields are the same every time. */
    KeepAlive KEEP_ALIVE = new KeepAlive();

    Choke CHOKE = new Choke();
    Unchoke UNCHOKE = new Unchoke();
    Interested INTERESTED = new Interested();
    NotInterested NOT_INTERESTED = new NotInterested();
    HaveAll HAVE_ALL = new HaveAll();
    HaveNone HAVE_NONE = new HaveNone();

    record KeepAlive() implements Message {}

    record Choke() implements Message {}

    record Unchoke() implements Message {}

    record Interested() implements Message {}

    record NotInterested() implements Message {}

    record Have(int piece) implements Message {}

    /** The wire form, since the number of pieces may not be known yet; see {@link Bitfield#ofWire}. */
    record BitfieldBytes(ByteBuffer bytes) implements Message {}

    record Request(int piece, int offset, int length) implements Message {}

    /** Only sent this way; received blocks land in the buffer that {@link WireSink#beginBlock} gives. */
    record Piece(int piece, int offset, ByteBuffer data) implements Message {}

    record Cancel(int piece, int offset, int length) implements Message {}

    /** The sender's DHT port (BEP 5). */
    record Port(int port) implements Message {}

    /** BEP 6. */
    record SuggestPiece(int piece) implements Message {}

    /** BEP 6. */
    record HaveAll() implements Message {}

    /** BEP 6. */
    record HaveNone() implements Message {}

    /** BEP 6. */
    record RejectRequest(int piece, int offset, int length) implements Message {}

    /** BEP 6. */
    record AllowedFast(int piece) implements Message {}

    /** BEP 10; id 0 is the extended handshake. */
    record Extended(int id, ByteBuffer payload) implements Message {}

    /** BEP 52: layer 0 are the leaves of 16 KiB. */
    record HashRequest(Sha256Hash piecesRoot, int baseLayer, int index, int length, int proofLayers)
            implements Message {}

    /** BEP 52: {@code length} hashes of the base layer, then the uncle hashes up to the proof. */
    record Hashes(Sha256Hash piecesRoot, int baseLayer, int index, int length, int proofLayers, List<Sha256Hash> hashes)
            implements Message {}

    /** BEP 52. */
    record HashReject(Sha256Hash piecesRoot, int baseLayer, int index, int length, int proofLayers)
            implements Message {}

    /** An id we do not know: ignored (its payload is skipped), so that extensions to come do no harm. */
    record Unknown(int id, int length) implements Message {}
}
