package net.shoal.engine.swarm;

/**
 * What a swarm may use.
 *
 * @param maxPeers connections at once
 * @param maxDials of them, being dialled at once
 * @param uploadSlots peers unchoked at once, beside the optimistic one; 0 = by upload rate
 * @param writeCacheBytes content held in memory until its piece is whole
 * @param readCacheBytes content read ahead for peers
 */
public record SwarmLimits(int maxPeers, int maxDials, int uploadSlots, long writeCacheBytes, long readCacheBytes) {
    public static final SwarmLimits DEFAULTS = new SwarmLimits(200, 16, 0, 64L << 20, 32L << 20);
}
