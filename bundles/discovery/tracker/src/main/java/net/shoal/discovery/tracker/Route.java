package net.shoal.discovery.tracker;

import java.util.Optional;
import java.util.OptionalInt;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;

/**
 * One infohash told to one tracker over one address family: what was said, what is owed, when to speak again. Times are milliseconds of
 * the plan's clock.
 *
 * <p>idle → (due) → in flight → replied or failed → idle
 */
final class Route {
    private static final long NO_ADDRESS_AGAIN = 30 * Pace.MINUTE;
    private static final int QUEUE_PATIENCE = 5;

    /** How the last announce ended. */
    enum Last {
        NOTHING,
        REPLIED,
        FAILED,
        NO_ADDRESS
    }

    final Sha1Hash hash;
    final Family family;

    private Last last = Last.NOTHING;
    private boolean inFlight;
    private boolean isSent;
    /** When it was sent, or while it waits in the queue, since when. */
    private long since;

    private boolean isStarted;
    private boolean owesCompleted;
    private boolean isPartialSeed;
    private boolean owesPaused;
    private long next;
    private long earliest;
    private int failures;
    private Event telling = Event.NONE;
    private Optional<BString> trackerId = Optional.empty();
    private Optional<AnnounceReply> reply = Optional.empty();
    private String reason = "";

    Route(Sha1Hash hash, Family family) {
        this.hash = hash;
        this.family = family;
    }

    /** @param lacksPeers asks as early as the tracker allows */
    boolean isDue(long now, boolean lacksPeers) {
        boolean isEager = last == Last.REPLIED && (lacksPeers || owesCompleted || owesPaused);
        return !inFlight && now >= (isEager ? (owesCompleted ? 0 : earliest) : next);
    }

    /** What the next announce tells; it is then in flight. */
    Event begin(long now) {
        telling = !isStarted
                ? Event.STARTED
                : owesCompleted ? Event.COMPLETED : isPartialSeed ? Event.PAUSED : Event.NONE;
        inFlight = true;
        isSent = false;
        since = now;
        return telling;
    }

    /** It has left the queue. */
    void sent(long now) {
        isSent = true;
        since = now;
    }

    void replied(AnnounceReply answer, Pace pace, long now) {
        inFlight = false;
        last = Last.REPLIED;
        failures = 0;
        isStarted = true;
        owesCompleted &= telling != Event.COMPLETED;
        owesPaused &= telling != Event.PAUSED;
        trackerId = answer.trackerId().or(() -> trackerId);
        reply = Optional.of(answer);
        next = now + pace.interval(answer);
        earliest = now + pace.early(answer);
    }

    void failed(TrackerFailure failure, Pace pace, long now) {
        inFlight = false;
        reason = failure.reason();
        if (failure.kind() == TrackerFailure.Kind.NO_ADDRESS) {
            last = Last.NO_ADDRESS;
            next = now + NO_ADDRESS_AGAIN;
            return;
        }
        last = Last.FAILED;
        failures++;
        next = now + pace.retry(failures, failure);
    }

    /** What failed may work now, and who knows us may know us by an address we do not have any more. */
    void networkChanged(long now) {
        next = Math.min(next, last == Last.REPLIED ? Math.max(now, earliest) : now);
    }

    /**
     * How the transfer stands. That everything is there now is told at once, and only once and after {@code started} was; that all is there which is
     * wanted (BEP 21) as soon as the tracker likes to hear of us, and each time from then on.
     */
    void stands(Progress now) {
        owesCompleted |= now.completedNow() && now.isSeed();
        owesPaused = now.isPartialSeed() && (owesPaused || (isStarted && !isPartialSeed));
        isPartialSeed = now.isPartialSeed();
    }

    /** Whether the tracker may believe that we are there. */
    boolean owesFarewell() {
        return isStarted || (inFlight && isSent);
    }

    AnnounceRequest request(Subject subject, Progress progress, Event event, int wants) {
        return new AnnounceRequest(
                hash,
                subject.peerId(),
                subject.port(),
                progress.uploaded(),
                progress.downloaded(),
                progress.missing(),
                event,
                wants,
                subject.key(),
                trackerId);
    }

    /** Asked for the first time, and not for so long (waiting in the queue counts less) that others should be asked meanwhile. */
    boolean isFirstAttempt(long now, long patience) {
        return inFlight && last == Last.NOTHING && now - since < (isSent ? patience : QUEUE_PATIENCE * patience);
    }

    Last last() {
        return last;
    }

    boolean isInFlight() {
        return inFlight;
    }

    long next() {
        return next;
    }

    Optional<AnnounceReply> reply() {
        return last == Last.REPLIED ? reply : Optional.empty();
    }

    OptionalInt peersNamed() {
        return reply().map(answer -> OptionalInt.of(answer.peers().size())).orElse(OptionalInt.empty());
    }

    String reason() {
        return reason;
    }

    /** What every announce of a transfer has in common. */
    record Subject(net.shoal.base.model.PeerId peerId, int port, int key) {}
}
