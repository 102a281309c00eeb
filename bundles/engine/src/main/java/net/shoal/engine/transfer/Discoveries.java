package net.shoal.engine.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Wanted;
import net.shoal.engine.swarm.SwarmReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions one transfer has at every {@link Discovery} there is. On the transfer's loop. One that throws has no session. */
final class Discoveries {
    private static final Logger LOG = LoggerFactory.getLogger(Discoveries.class);

    /** So that nobody takes us for a seed. */
    private static final long LEFT_WHILE_UNKNOWN = 16 * 1024;

    private final Function<Discovery, PeerSink> sinks;
    private final Map<Discovery, DiscoverySession> sessions = new LinkedHashMap<>();
    private Optional<Wanted> wanted = Optional.empty();

    /** @param sinks where what each of them finds goes to */
    Discoveries(Function<Discovery, PeerSink> sinks) {
        this.sinks = sinks;
    }

    /** Begins, or begins anew where what is wanted has changed. */
    void open(Wanted now, List<Discovery> all) {
        if (wanted.filter(now::equals).isEmpty()) {
            close();
            wanted = Optional.of(now);
        }
        all.forEach(this::add);
    }

    void add(Discovery discovery) {
        if (wanted.isEmpty() || sessions.containsKey(discovery)) {
            return;
        }
        if (wanted.get().isPrivate() && !discovery.asksTrackersAlone()) {
            return;
        }
        try {
            sessions.put(discovery, discovery.discover(wanted.get(), sinks.apply(discovery)));
        } catch (RuntimeException e) {
            LOG.warn("Discovery {} failed", discovery.getClass().getName(), e);
        }
    }

    void remove(Discovery discovery) {
        var session = sessions.remove(discovery);
        if (session != null) {
            close(discovery, session);
        }
    }

    /**
     * Tells how the transfer stands.
     *
     * @param completedNow since the last time
     */
    void update(SwarmReport report, int maxPeers, boolean completedNow) {
        long left = report.hasContent() ? report.left() : LEFT_WHILE_UNKNOWN;
        // a seed too: leechers that cannot be reached by each other, or came before it did, wait for its call
        int wantsPeers = Math.max(0, maxPeers / 2 - report.peers());
        long missing = report.hasContent() ? report.missingBytes() : left;
        update(new DiscoverySession.Progress(
                report.uploaded(), report.downloaded(), left, missing, completedNow, wantsPeers));
    }

    private void update(DiscoverySession.Progress progress) {
        for (var entry : List.copyOf(sessions.entrySet())) {
            try {
                entry.getValue().update(progress);
            } catch (RuntimeException e) {
                LOG.warn("Discovery {} failed", entry.getKey().getClass().getName(), e);
                sessions.remove(entry.getKey());
            }
        }
    }

    List<DiscoveryStatus> status() {
        var all = new ArrayList<DiscoveryStatus>();
        sessions.forEach((discovery, session) -> {
            try {
                all.addAll(session.status());
            } catch (RuntimeException e) {
                LOG.warn("Discovery {} failed", discovery.getClass().getName(), e);
            }
        });
        return all;
    }

    void close() {
        wanted = Optional.empty();
        Map.copyOf(sessions).forEach(Discoveries::close);
        sessions.clear();
    }

    private static void close(Discovery discovery, DiscoverySession session) {
        try {
            session.close();
        } catch (RuntimeException e) {
            LOG.warn("Discovery {} failed", discovery.getClass().getName(), e);
        }
    }
}
