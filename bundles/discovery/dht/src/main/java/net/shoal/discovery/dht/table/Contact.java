package net.shoal.discovery.dht.table;

import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;

/** A node that has answered us at least once, or did so in the run before. Times are milliseconds of the node's clock. */
public final class Contact {
    private static final long QUESTIONABLE_AFTER = 15 * 60_000L;
    private static final int BAD_AFTER = 2;
    /** What has not come of a question by then never will: it was refused, or never left. */
    private static final long ASKED_FOR = 60_000;

    public final Sha1Hash id;
    public final Endpoint endpoint;
    private long heard;
    private int failures;
    private boolean hasAnswered;
    private long askedUntil = Long.MIN_VALUE;
    private final boolean fits;

    public Contact(Sha1Hash id, Endpoint endpoint, long heard, boolean hasAnswered) {
        this.id = id;
        this.endpoint = endpoint;
        this.heard = heard;
        this.hasAnswered = hasAnswered;
        this.fits = SecureId.fits(id, endpoint);
    }

    void answered(long now) {
        heard = now;
        failures = 0;
        hasAnswered = true;
        askedUntil = Long.MIN_VALUE;
    }

    /** It has asked us something, which shows that it is there if it has ever answered (BEP 5). */
    void hasAsked(long now) {
        heard = hasAnswered && failures == 0 ? now : heard;
    }

    void failed() {
        failures++;
        askedUntil = Long.MIN_VALUE;
    }

    boolean isBad() {
        return failures >= BAD_AFTER;
    }

    /** Nothing tells that it is not there. */
    public boolean isUsable() {
        return failures == 0;
    }

    public boolean isQuestionable(long now) {
        return failures > 0 || now - heard >= QUESTIONABLE_AFTER;
    }

    long heard() {
        return heard;
    }

    public boolean hasAnswered() {
        return hasAnswered;
    }

    /** A question is on its way to it. */
    boolean isAsked(long now) {
        return now < askedUntil;
    }

    void asked(long now) {
        askedUntil = now + ASKED_FOR;
    }

    /** Its address allows its id (BEP 42). */
    public boolean fits() {
        return fits;
    }
}
