package net.shoal.engine.swarm;

import net.shoal.base.wire.ProtocolException;

/**
 * How many hashes a peer may have of us (BEP 52), in windows of ten seconds. A question of 60 bytes can be answered by 256 KiB of hashes, or by
 * 128 MiB of reading: honest peers ask for little of the one, and hardly ever for the other.
 */
final class HashAllowance {
    static final long WINDOW = 10_000_000_000L;
    /** The piece layers of a few dozen GiB. */
    static final int HASHES = 1 << 16;
    /** Blocks read to hash them: 64 MiB. */
    static final int BLOCKS = 1 << 12;
    /** Nobody asks so often who wants the answers. */
    static final int REQUESTS = 1_000;

    private long begin;
    private int requests;
    private int hashes;
    private int blocks;

    HashAllowance(long now) {
        begin = now;
    }

    /** @throws ProtocolException if it asks so often that even refusing is too much */
    void asked(long now) throws ProtocolException {
        if (now - begin >= WINDOW) {
            begin = now;
            requests = 0;
            hashes = 0;
            blocks = 0;
        }
        if (++requests > REQUESTS) {
            throw new ProtocolException(
                    "asks for hashes more than " + REQUESTS + " times in " + WINDOW / 1_000_000_000L + " s");
        }
    }

    /** @return false if it has had enough for now */
    boolean maySend(int count) {
        if (hashes >= HASHES) {
            return false;
        }
        hashes += count;
        return true;
    }

    /** @return false if enough was read for it for now */
    boolean mayRead(int count) {
        if (blocks >= BLOCKS) {
            return false;
        }
        blocks += count;
        return true;
    }
}
