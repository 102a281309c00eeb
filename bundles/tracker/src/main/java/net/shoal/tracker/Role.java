package net.shoal.tracker;

/** What a peer is to a swarm, the one that gives most last. */
enum Role {
    DOWNLOADER(0),
    /** It has all it wants, and not everything (BEP 21). */
    PARTIAL_SEED(1),
    SEED(2);

    /** Its place, from 0. */
    final int rank;

    Role(int rank) {
        this.rank = rank;
    }

    boolean wantsPieces() {
        return this == DOWNLOADER;
    }
}
