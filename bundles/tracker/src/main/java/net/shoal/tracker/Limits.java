package net.shoal.tracker;

/**
 * How much a tracker takes on.
 *
 * @param intervalSeconds how often peers are asked to announce
 * @param swarms how many are remembered; the ones idle for longest make room
 * @param peers entries in all swarms together
 * @param peersPerSwarm of each address family
 * @param peersPerSource of one swarm with one address: many behind one NAT, not a flood of made-up ones
 */
record Limits(int intervalSeconds, int swarms, int peers, int peersPerSwarm, int peersPerSource) {
    private static final int MIN_LIFE_SECONDS = 660;

    /** Sooner than this a client need not come back even if it lacks peers. */
    int minIntervalSeconds() {
        return Math.max(intervalSeconds / 3, 1);
    }

    /**
     * Milliseconds after which a silent peer is gone: twice the interval, but never so short that clients of libtorrent, which announce no
     * more often than every 5 minutes whatever they are asked, come and go.
     */
    long lifeMillis() {
        return Math.max(2 * intervalSeconds, MIN_LIFE_SECONDS) * 1_000L;
    }
}
