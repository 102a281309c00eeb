package net.shoal.engine.source;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.swarm.Loop;
import net.shoal.engine.swarm.PeerLink;
import net.shoal.engine.swarm.Swarm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The URLs that one transfer can fetch from: opens some while something is wanted, and comes back later to those that failed. On the swarm's loop. */
public final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final int MAX_URLS = 100;
    /** Others take the place of those that fail. */
    private static final int MAX_OPEN = 4;
    /** While no source takes them. */
    private static final String UNKNOWN = "web seed";

    private final Loop loop;
    private final Supplier<List<ContentSource>> kinds;
    private final Swarm swarm;
    private final Info info;
    private final Map<URI, Place> places = new LinkedHashMap<>();
    private boolean closed;

    /**
     * @param kinds what there is to read from URLs
     * @param swarm that knows its content
     */
    public Sources(Loop loop, Supplier<List<ContentSource>> kinds, Swarm swarm, Info info) {
        this.loop = loop;
        this.kinds = kinds;
        this.swarm = swarm;
        this.info = info;
    }

    /** These too; those beyond a bound are left out. */
    public void add(List<URI> urls) {
        for (var url : urls) {
            if (places.size() < MAX_URLS) {
                places.computeIfAbsent(url, any -> new Place(any, loop.nanoTime()));
            }
        }
        open();
    }

    /** About once a second. */
    public void tick() {
        open();
    }

    private void open() {
        if (closed || places.isEmpty() || swarm.report().isFinished()) {
            return;
        }
        int open = (int) places.values().stream().filter(Place::isOpen).count();
        for (var place : places.values()) {
            if (open < MAX_OPEN && place.isDue(loop.nanoTime()) && open(place)) {
                open++;
            }
        }
    }

    private boolean open(Place place) {
        var source = find(place.url);
        if (source.isEmpty()) {
            place.failed(SourceException.notNow("nothing here reads from such URLs"), -1, loop.nanoTime());
            return false;
        }
        var has = has(place);
        if (has.isEmpty()) {
            place.off("has nothing of this content");
            return false;
        }
        var guise = guise(place.url, source.get());
        if (swarm.isBanned(guise.address())) {
            place.off("banned: it sent a bad piece");
            return false;
        }
        try {
            var session = source.get().open(place.url, info);
            var link = new SourceLink(loop, guise, info, has, session, new Fate(place, guise.address()));
            place.opened(source.get(), link);
            if (!swarm.admitSource(link)) {
                link.close("not wanted");
            }
            return true;
        } catch (IllegalArgumentException e) {
            place.off(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("Source {} failed", source.get().getClass().getName(), e);
            place.off("failed: " + e);
        }
        return false;
    }

    private Optional<ContentSource> find(URI url) {
        for (var source : kinds.get()) {
            try {
                if (source.takes(url)) {
                    return Optional.of(source);
                }
            } catch (RuntimeException e) {
                LOG.warn("Source {} failed", source.getClass().getName(), e);
            }
        }
        return Optional.empty();
    }

    private static SourceLink.Guise guise(URI url, ContentSource source) {
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        var address = new PeerAddress(scheme, new SourceEndpoint(url));
        var security = scheme.equals("https") ? "tls" : "plain";
        return new SourceLink.Guise(address, scheme, security, source.name(), PeerLink.Kind.SOURCE);
    }

    /** All pieces but those that lie in files which are missing there. */
    private Bitfield has(Place place) {
        var layout = info.layout();
        var has = new Bitfield(layout.pieceCount());
        has.setAll();
        for (int i = place.missing.nextSetBit(0); i >= 0; i = place.missing.nextSetBit(i + 1)) {
            var file = info.files().get(i);
            long last = (file.offset() + file.length() - 1) / layout.pieceLength();
            for (int piece = (int) (file.offset() / layout.pieceLength()); piece <= last; piece++) {
                has.clear(piece);
            }
        }
        return has;
    }

    private final class Fate implements SourceLink.Fate {
        private final Place place;
        private final PeerAddress address;

        Fate(Place place, PeerAddress address) {
            this.place = place;
            this.address = address;
        }

        @Override
        public void onBlock(int bytes) {
            place.received(bytes);
        }

        @Override
        public void onClosed(String reason, @Nullable SourceException failure, int file) {
            if (failure != null) {
                LOG.debug("{}: {} {}", info.name(), address, reason);
                place.failed(failure, file, loop.nanoTime());
            } else if (swarm.isBanned(address)) {
                LOG.info("{}: {} is asked no more: {}", info.name(), address, reason);
                place.off(reason);
            } else {
                place.ended(reason, loop.nanoTime());
            }
            open();
        }
    }

    /** A source goes: what is open of it is closed. */
    public void withdraw(ContentSource source) {
        for (var place : List.copyOf(places.values())) {
            if (place.isBy(source)) {
                place.close("what reads from such URLs has been stopped");
            }
        }
    }

    /** How each of them stands. */
    public List<DiscoveryStatus> status() {
        return places.values().stream()
                .map(place ->
                        place.status(find(place.url).map(ContentSource::name).orElse(UNKNOWN), loop.nanoTime()))
                .toList();
    }

    /** None is opened any more; the swarm closes those that are open. */
    public void close() {
        closed = true;
    }
}
