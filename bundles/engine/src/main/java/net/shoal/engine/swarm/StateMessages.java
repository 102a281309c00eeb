package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import java.util.Map;
import net.shoal.base.wire.ProtocolException;

/**
 * How a peer stands, as it says by messages of the extension protocol: that it only uploads (BEP 21; {@code upload_only} tells of a change,
 * as libtorrent and µTorrent do), and that it lost a piece ({@code lt_donthave}, BEP 54).
 */
final class StateMessages {
    private static final String UPLOAD_ONLY = "upload_only";
    private static final String DONT_HAVE = "lt_donthave";
    private static final int UPLOAD_ONLY_ID = 3;
    private static final int DONT_HAVE_ID = 7;

    /** What peers are to send them under. */
    static final Map<String, Integer> IDS = Map.of(UPLOAD_ONLY, UPLOAD_ONLY_ID, DONT_HAVE, DONT_HAVE_ID);

    private final PeerConnection peer;
    private final PeerExtensions extensions;
    private boolean uploadOnly;

    StateMessages(PeerConnection peer, PeerExtensions extensions) {
        this.peer = peer;
        this.extensions = extensions;
    }

    static boolean isOne(int id) {
        return IDS.containsValue(id);
    }

    /** Messages that are too short mean nothing; nobody loses a connection for a hint. */
    void onMessage(int id, ByteBuffer payload) throws ProtocolException {
        if (id == UPLOAD_ONLY_ID && payload.hasRemaining()) {
            uploadOnly(payload.get(payload.position()) != 0);
        } else if (id == DONT_HAVE_ID && payload.remaining() >= Integer.BYTES) {
            peer.pieces().onDontHave(payload.getInt(payload.position()));
        }
    }

    void uploadOnly(boolean now) {
        uploadOnly = now;
        peer.swarm().peers().checkRedundant(peer);
    }

    /** It says that it wants nothing. */
    boolean isUploadOnly() {
        return uploadOnly;
    }

    void sayUploadOnly(boolean now) {
        extensions.send(
                extensions.theirIdOf(UPLOAD_ONLY),
                ByteBuffer.allocate(1).put((byte) (now ? 1 : 0)).flip());
    }
}
