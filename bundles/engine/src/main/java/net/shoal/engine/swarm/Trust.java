package net.shoal.engine.swarm;

/** What a peer has done to be believed, or not. */
final class Trust {
    /** Good blocks that make a peer known. */
    private static final int PROOF = 32;

    /** That long a newcomer is kept short where nothing tells what it sends: it may not be its fault. */
    private static final long KEPT_SHORT = 2_000_000_000L;

    /** Bad pieces it had a part in, of which it is not known yet who spoilt them. */
    private int suspicions;

    private int good;
    private boolean waits;
    private long waitsSince;

    void suspected() {
        suspicions++;
    }

    boolean isSuspect() {
        return suspicions > 0;
    }

    /** @return true if that was the last suspicion */
    boolean unsuspected() {
        return --suspicions == 0;
    }

    /** So many blocks of it are what they should be. */
    void proved(int blocks) {
        good = Math.min(PROOF, good + blocks);
    }

    /** It has sent enough good blocks not to be looked at where nobody gave offence. */
    boolean isKnown() {
        return good >= PROOF;
    }

    /** It was asked for something that nobody can judge yet: whether it has to wait until that changes. */
    boolean hasToWait(long now) {
        if (!waits) {
            waits = true;
            waitsSince = now;
        }
        return now - waitsSince < KEPT_SHORT;
    }

    /** It can be judged. */
    void waitsNoLonger() {
        waits = false;
    }
}
