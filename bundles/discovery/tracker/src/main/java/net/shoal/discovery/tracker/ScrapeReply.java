package net.shoal.discovery.tracker;

/** How a swarm stands by what a tracker knows (BEP 48). */
record ScrapeReply(int seeds, int completed, int leechers) {}
