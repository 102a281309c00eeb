package net.shoal.engine.limits;

/**
 * What transfers may use, each of them or, of memory, all together.
 *
 * @param maxPeers connections of a transfer at once
 * @param maxDials of them, being dialled at once
 * @param uploadSlots peers of a transfer unchoked at once, beside the optimistic one; 0 = by upload rate
 * @param writeCacheBytes content of all transfers held in memory until its piece is whole
 * @param readCacheBytes content of all transfers read ahead for peers
 */
public record SwarmLimits(int maxPeers, int maxDials, int uploadSlots, long writeCacheBytes, long readCacheBytes) {
    public static final SwarmLimits DEFAULTS = new SwarmLimits(200, 16, 0, 64L << 20, 32L << 20);
}
