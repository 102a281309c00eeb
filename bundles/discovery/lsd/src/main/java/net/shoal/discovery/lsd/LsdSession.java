package net.shoal.discovery.lsd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.PeerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One swarm on the local network. Its state is the loop's; outsiders see a snapshot. */
final class LsdSession implements DiscoverySession {
    /** Peers remembered so that they are not told again and again; who comes on top within the time is not told at all. */
    static final int MOST_PEERS = 100;

    static final long TOLD_FOR = TimeUnit.MINUTES.toMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(LsdSession.class);

    private final Wanted wanted;
    private final PeerSink sink;
    private final LsdDiscovery discovery;
    private final AtomicBoolean isBegun = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    /** When each of them was told. */
    private final Map<PeerAddress, Long> told = new LinkedHashMap<>();

    private volatile int heard;
    private volatile long announced = Long.MIN_VALUE;

    LsdSession(Wanted wanted, PeerSink sink, LsdDiscovery discovery) {
        this.wanted = wanted;
        this.sink = sink;
        this.discovery = discovery;
    }

    Wanted wanted() {
        return wanted;
    }

    @Override
    public void update(Progress progress) {
        if (!isClosed.get() && isBegun.compareAndSet(false, true)) {
            discovery.begin(this);
        }
    }

    boolean isClosed() {
        return isClosed.get();
    }

    /** On the loop. */
    void announced(long now) {
        announced = now;
    }

    /** On the loop. */
    void heard(PeerAddress peer, long now) {
        if (isClosed.get()) {
            return;
        }
        if (told.size() >= MOST_PEERS) {
            told.values().removeIf(since -> now - since >= TOLD_FOR);
        }
        var last = told.get(peer);
        if (last != null ? now - last < TOLD_FOR : told.size() >= MOST_PEERS) {
            return;
        }
        told.put(peer, now);
        heard = told.size();
        try {
            sink.found(List.of(peer));
        } catch (RuntimeException e) {
            LOG.warn("A peer of the local network was not taken", e);
        }
    }

    @Override
    public List<DiscoveryStatus> status() {
        return discovery.places().map(places -> status(places)).stream().toList();
    }

    private DiscoveryStatus status(String places) {
        long at = announced;
        var message = at == Long.MIN_VALUE
                ? "listening"
                : "announced " + seconds(discovery.now() - at) + " ago, " + peers(heard) + " heard";
        return new DiscoveryStatus(LsdDiscovery.NAME, places, message, Optional.empty());
    }

    private static String seconds(long millis) {
        long seconds = Math.max(0, millis) / 1_000;
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    private static String peers(int count) {
        return count == 1 ? "1 peer" : count + " peers";
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true) && isBegun.get()) {
            discovery.end(this);
        }
    }
}
