package net.shoal.tracker;

/**
 * What a scrape tells of a swarm (BEP 48).
 *
 * @param leechers all that are no seeds
 * @param downloaders of leechers, those that want something still (BEP 21)
 */
record SwarmCounts(int seeds, int completed, int leechers, int downloaders) {
    static final SwarmCounts NONE = new SwarmCounts(0, 0, 0, 0);
}
