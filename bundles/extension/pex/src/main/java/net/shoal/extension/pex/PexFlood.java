package net.shoal.extension.pex;

/** How often a peer tells of others. Once a minute is right (BEP 11); clients are early at times, and say two things at first. */
final class PexFlood {
    private static final long SECOND = 1_000_000_000L;
    /** A message is paid for by this much time; a peer begins with {@link #SAVED} of them. */
    private static final long COST = 45 * SECOND;

    private static final int SAVED = 3;
    /** Messages that were not paid for, in a row, until the peer is shut out. */
    private static final int PATIENCE = 10;

    private boolean begun;
    private long paidUntil;
    private int ignored;

    enum Verdict {
        TAKE,
        IGNORE,
        REJECT
    }

    Verdict onMessage(long now) {
        long earliest = now - SAVED * COST;
        if (!begun || paidUntil - earliest < 0) {
            begun = true;
            paidUntil = earliest;
        }
        if (paidUntil + COST - now > 0) {
            return ++ignored > PATIENCE ? Verdict.REJECT : Verdict.IGNORE;
        }
        paidUntil += COST;
        ignored = 0;
        return Verdict.TAKE;
    }
}
