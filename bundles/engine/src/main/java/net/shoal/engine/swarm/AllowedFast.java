package net.shoal.engine.swarm;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Set;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;

/**
 * The pieces a peer may fetch of us while it is choked, so that it soon has something to give (BEP 6): always the same ones for one network and
 * torrent, so that nobody gets more by coming again.
 */
final class AllowedFast {
    private static final int PIECES = 5;
    /** A small torrent is not given away for nothing. */
    private static final int SHARE = 16;

    private static final long MAX_BYTES = 4 << 20;
    private static final int V4_NETWORK = 3;
    private static final int V6_NETWORK = 8;

    private AllowedFast() {}

    /** @return none where pieces are too large, or too few */
    static Set<Integer> of(InetAddress peer, Sha1Hash infoHash, PieceLayout layout) {
        int count = Math.min(PIECES, layout.pieceCount() / SHARE);
        return of(peer, infoHash, layout.pieceCount(), (int) Math.min(count, MAX_BYTES / layout.pieceLength()));
    }

    static Set<Integer> of(InetAddress peer, Sha1Hash infoHash, int pieces, int count) {
        var set = new LinkedHashSet<Integer>();
        byte[] hash = seed(peer, infoHash);
        while (set.size() < Math.min(count, pieces)) {
            hash = sha1().digest(hash);
            var words = ByteBuffer.wrap(hash);
            while (words.hasRemaining() && set.size() < count) {
                set.add(Integer.remainderUnsigned(words.getInt(), pieces));
            }
        }
        return set;
    }

    private static byte[] seed(InetAddress peer, Sha1Hash infoHash) {
        byte[] address = peer.getAddress();
        int network = address.length == 4 ? V4_NETWORK : V6_NETWORK;
        var seed = ByteBuffer.allocate(address.length + Sha1Hash.LENGTH);
        seed.put(address, 0, network).position(address.length);
        infoHash.write(seed);
        return seed.array();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
