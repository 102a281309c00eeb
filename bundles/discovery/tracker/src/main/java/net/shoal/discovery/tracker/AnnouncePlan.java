package net.shoal.discovery.tracker;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.RemoteText;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell of one transfer, what and when (BEP 3, 12, 52). No I/O, no threads, no clock: times are milliseconds that the caller
 * passes in.
 *
 * <p>A tier is walked from its front until a tracker works, and that one moves to the front. A tier that fails as a whole leads to the next;
 * so does one that works but names few peers while we lack some. A tracker that keeps silent is not waited for longer than
 * {@value #PATIENCE} ms: the next one is asked beside it.
 *
 * <p>A private torrent has one tracker at a time (BEP 27): as long as that works no other is asked, and peers come from it alone.
 */
final class AnnouncePlan {
    /** A torrent may list any number; these are asked. */
    static final int MAX_TRACKERS = 100;
    /** Peers in a reply below which other tiers are worth a question. */
    static final int FEW_PEERS = 10;
    /** Milliseconds. */
    static final long PATIENCE = 2_000;
    /** BEP 3 trackers give 50 unless asked; more is of little use to one transfer. */
    static final int MOST_WANTED = 100;
    /** With so many places free a transfer asks again early. */
    private static final int LACKING = 20;

    private static final int MAX_UNUSABLE = 20;

    private final List<List<PlannedTracker>> tiers = new ArrayList<>();
    private final List<DiscoveryStatus> unusable = new ArrayList<>();
    private final Wanted wanted;
    private final Route.Subject subject;
    private final boolean everyTier;
    private final Pace pace;

    /** Of a private torrent, whose peers we use. */
    private @Nullable PlannedTracker only;

    private Progress progress = new Progress(0, 0, 16_384, 16_384, false, 0);

    /** @param everyTier asks one tracker of every tier, as if all that work named too few peers */
    AnnouncePlan(Wanted wanted, boolean everyTier, Random random) {
        this.wanted = wanted;
        this.subject = new Route.Subject(wanted.peerId(), wanted.port(), random.nextInt());
        this.everyTier = everyTier;
        this.pace = new Pace(random);
        var seen = new HashSet<URI>();
        for (var tier : wanted.trackers()) {
            var trackers = usable(tier, seen);
            Collections.shuffle(trackers, random);
            if (!trackers.isEmpty()) {
                tiers.add(trackers);
            }
        }
    }

    private List<PlannedTracker> usable(List<URI> tier, Set<URI> seen) {
        var trackers = new ArrayList<PlannedTracker>();
        for (var uri : tier) {
            if (seen.size() >= MAX_TRACKERS || !seen.add(uri)) {
                continue;
            }
            try {
                trackers.add(
                        new PlannedTracker(TrackerUrl.of(uri), wanted.hashes().wireForms()));
            } catch (IllegalArgumentException e) {
                refuse(uri, String.valueOf(e.getMessage()));
            }
        }
        return trackers;
    }

    private void refuse(URI uri, String why) {
        if (unusable.size() < MAX_UNUSABLE) {
            var shown = RemoteText.of(uri.getScheme() + "://" + (uri.getHost() == null ? "…" : uri.getHost()));
            unusable.add(new DiscoveryStatus(TrackerDiscovery.NAME, shown, why, java.util.Optional.empty()));
        }
    }

    void update(Progress latest) {
        progress = latest;
        routes().forEach(route -> route.stands(latest));
    }

    void networkChanged(long now) {
        routes().forEach(route -> route.networkChanged(now));
    }

    /** The announces to make now; each stays in flight until it is reported as replied or failed. */
    List<Announce> due(long now) {
        var out = new ArrayList<Announce>();
        if (only != null && only.health() == PlannedTracker.Health.WORKING) {
            ask(only, now, out);
            return out;
        }
        for (var tier : tiers) {
            if (!leavesUsWanting(tier, now, out)) {
                break;
            }
        }
        return out;
    }

    private boolean leavesUsWanting(List<PlannedTracker> tier, long now, List<Announce> out) {
        for (var tracker : tier) {
            ask(tracker, now, out);
            if (tracker.health() == PlannedTracker.Health.WORKING) {
                return !wanted.isPrivate() && (everyTier || (lacks(1) && tracker.peersNamed() < FEW_PEERS));
            }
            if (tracker.isBeingTried(now, PATIENCE)) {
                return false;
            }
        }
        return true;
    }

    private void ask(PlannedTracker tracker, long now, List<Announce> out) {
        for (var route : tracker.routes) {
            if (route.isDue(now, lacks(LACKING))) {
                out.add(announce(tracker, route, route.begin(now), Math.min(progress.wantsPeers(), MOST_WANTED)));
            }
        }
    }

    private boolean lacks(int peers) {
        return progress.left() > 0 && progress.wantsPeers() >= peers;
    }

    private Announce announce(PlannedTracker tracker, Route route, Event event, int wants) {
        var request = route.request(subject, progress, event, Math.max(0, wants));
        return new Announce(tracker.url, route.family, request, route);
    }

    void replied(Announce announce, AnnounceReply reply, long now) {
        announce.route().replied(reply, pace, now);
        for (var tier : tiers) {
            moveToFront(tier, announce.route());
        }
    }

    /** What is to become of the peers of a reply. */
    enum Use {
        TAKE,
        /** In place of those that another tracker named before. */
        TAKE_INSTEAD,
        LEAVE
    }

    Use useOf(Announce announce) {
        if (!wanted.isPrivate()) {
            return Use.TAKE;
        }
        var before = only;
        if (before != null && before.routes.contains(announce.route())) {
            return Use.TAKE;
        }
        if (before != null && before.health() == PlannedTracker.Health.WORKING) {
            return Use.LEAVE;
        }
        only = tiers.stream()
                .flatMap(List::stream)
                .filter(tracker -> tracker.routes.contains(announce.route()))
                .findFirst()
                .orElse(null);
        return before == null ? Use.TAKE : Use.TAKE_INSTEAD;
    }

    private static void moveToFront(List<PlannedTracker> tier, Route route) {
        for (int i = 1; i < tier.size(); i++) {
            if (tier.get(i).routes.contains(route)) {
                Collections.rotate(tier.subList(0, i + 1), 1);
                return;
            }
        }
    }

    void failed(Announce announce, TrackerFailure failure, long now) {
        announce.route().failed(failure, pace, now);
    }

    /** {@code stopped}, to all who may believe that we are there. */
    List<Announce> farewells() {
        var out = new ArrayList<Announce>();
        for (var tier : tiers) {
            for (var tracker : tier) {
                tracker.routes.stream()
                        .filter(Route::owesFarewell)
                        .forEach(route -> out.add(announce(tracker, route, Event.STOPPED, 0)));
            }
        }
        return out;
    }

    List<TrackerView> views(long now) {
        return tiers.stream()
                .flatMap(List::stream)
                .map(tracker -> tracker.view(now))
                .toList();
    }

    /** Those of the torrent's trackers we cannot ask, and why. */
    List<DiscoveryStatus> unusable() {
        return List.copyOf(unusable);
    }

    private List<Route> routes() {
        return tiers.stream()
                .flatMap(List::stream)
                .flatMap(tracker -> tracker.routes.stream())
                .toList();
    }

    /** One announce to be made. */
    record Announce(TrackerUrl url, Family family, AnnounceRequest request, Route route) {}
}
