package net.shoal.tracker;

/** What a peer is to a swarm, the one that gives most last. */
enum Role {
    DOWNLOADER,
    /** It has all it wants, and not everything (BEP 21). */
    PARTIAL_SEED,
    SEED;

    boolean wantsPieces() {
        return this == DOWNLOADER;
    }
}
