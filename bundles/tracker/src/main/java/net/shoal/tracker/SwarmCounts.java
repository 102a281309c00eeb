package net.shoal.tracker;

/** What a scrape tells of a swarm (BEP 48). */
record SwarmCounts(int seeds, int completed, int leechers) {
    static final SwarmCounts NONE = new SwarmCounts(0, 0, 0);
}
