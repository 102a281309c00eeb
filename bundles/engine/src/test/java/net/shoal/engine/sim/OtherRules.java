package net.shoal.engine.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Whom libtorrent serves, by its reference of settings ({@code choking_algorithm}, {@code seed_choking_algorithm} and what belongs to them). Every
 * 15 seconds the slots are filled anew, a fifth of them optimistically and those every 30. Downloading, the others go to those who gave most since the
 * last time.
 *
 * @param slots {@code unchoke_slots_limit}; 0: rate-based, as many as there are peers of which the n-th fastest gets n times {@link #THRESHOLD}
 * @param fastestUpload seeding, the slots go to those who take most; or else they go round, a turn lasting {@link #QUOTA} pieces
 */
record OtherRules(String name, int slots, boolean fastestUpload) {
    /** What it does unless told otherwise. */
    static final OtherRules DEFAULTS = new OtherRules("fixed slots, round robin", 8, false);

    /** What its manual has for those with bandwidth to spare. */
    static final OtherRules RATE_BASED = new OtherRules("rate based, fastest upload", 0, true);

    static final Duration INTERVAL = Duration.ofSeconds(15);
    static final Duration OPTIMISTIC = Duration.ofSeconds(30);

    /** {@code seeding_piece_quota}. */
    private static final int QUOTA = 20;

    /** A turn lasts so long at least. */
    private static final long TURN = Duration.ofMinutes(1).toNanos();

    /** {@code rate_choker_initial_threshold}, bytes a second. */
    private static final long THRESHOLD = 1024;

    /** With the rate-based choker at least. */
    private static final int FEWEST = 2;

    /** How many may be served, of whom these are. */
    int slotsFor(Collection<OtherPeer.Session> served) {
        if (slots > 0) {
            return slots;
        }
        var rates = served.stream()
                .map(session -> session.sentLastRound() / INTERVAL.toSeconds())
                .sorted(Comparator.reverseOrder())
                .toList();
        int worth = 0;
        while (worth < rates.size() && rates.get(worth) > (worth + 1) * THRESHOLD) {
            worth++;
        }
        return Math.max(FEWEST, worth + 1);
    }

    /** Who is served from now on, but for the optimistic ones. */
    List<OtherPeer.Session> choose(
            List<OtherPeer.Session> interested, int count, boolean seeding, int pieceLength, long now) {
        var ranked = new ArrayList<>(interested);
        ranked.sort(seeding ? seedOrder(pieceLength, now) : tradeOrder());
        return ranked.subList(0, Math.min(count, ranked.size()));
    }

    private Comparator<OtherPeer.Session> tradeOrder() {
        return Comparator.comparing(OtherPeer.Session::receivedLastRound)
                .reversed()
                .thenComparing(OtherPeer.Session::unchokedAt);
    }

    private Comparator<OtherPeer.Session> seedOrder(int pieceLength, long now) {
        if (fastestUpload) {
            return Comparator.comparing(OtherPeer.Session::sentLastRound)
                    .reversed()
                    .thenComparing(OtherPeer.Session::unchokedAt);
        }
        // who has had enough comes last, who is at it goes on, then whoever has waited longest
        return Comparator.<OtherPeer.Session, Boolean>comparing(session -> session.serves()
                        && now - session.unchokedAt() > TURN
                        && session.sentSinceUnchoke() > (long) QUOTA * pieceLength)
                .thenComparing(session -> !session.serves())
                .thenComparing(OtherPeer.Session::unchokedAt);
    }

    /** Who is tried: those that have waited longest, equals at random. */
    List<OtherPeer.Session> optimistic(List<OtherPeer.Session> waiting, int count, Random random) {
        var ranked = new ArrayList<>(waiting);
        Collections.shuffle(ranked, random);
        ranked.sort(Comparator.comparing(OtherPeer.Session::triedAt));
        return ranked.subList(0, Math.min(count, ranked.size()));
    }
}
