package net.shoal.base.wire;

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

    public boolean supports(long bit) {
        return (reserved & bit) != 0;
    }
}
