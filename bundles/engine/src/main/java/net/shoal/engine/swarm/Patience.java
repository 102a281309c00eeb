package net.shoal.engine.swarm;

import net.shoal.base.wire.ProtocolException;

/**
 * How much a peer may say that changes nothing: choke and unchoke in turns, the same {@code have} again, blocks and hashes nobody asked for,
 * extension messages nobody knows. Some of that is late or clumsy, and each message is cheap; a peer that does nothing else costs a core.
 * Counted as a bucket that fills with time.
 */
final class Patience {
    /** An honest peer that was asked for a thousand blocks and then choked, or cancelled, has as many to send too late. */
    static final int MOST = 4_000;

    static final int A_SECOND = 50;
    private static final long NANOS_EACH = 1_000_000_000L / A_SECOND;

    /** Bytes of a block that weigh as much as a message. */
    private static final int BLOCK_BYTES = 8 * 1024;

    private long emptyUntil;
    private boolean begun;

    static int ofBlock(int length) {
        return 1 + length / BLOCK_BYTES;
    }

    /**
     * Something came that was of no use.
     *
     * @param cost 1 for a short message
     * @param what of which there is too much, for the log
     */
    void spend(int cost, String what, long now) throws ProtocolException {
        long earliest = now - MOST * NANOS_EACH;
        if (!begun || emptyUntil - earliest < 0) {
            begun = true;
            emptyUntil = earliest;
        }
        emptyUntil += cost * NANOS_EACH;
        if (emptyUntil - now > 0) {
            throw new ProtocolException("keeps sending " + what + " without need");
        }
    }
}
