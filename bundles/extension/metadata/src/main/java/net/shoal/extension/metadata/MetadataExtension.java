package net.shoal.extension.metadata;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.WireExtension;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.model.InfoHash;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** BEP 9. Safe for use from any thread; what belongs to one swarm stays on its loop. */
@Component(property = WireExtension.NAME + "=" + MetadataExtension.UT_METADATA)
public final class MetadataExtension implements WireExtension {
    static final String UT_METADATA = "ut_metadata";

    /** One for each swarm that has peers; those with the same infohash share it. */
    private final Map<InfoHash, MetadataFetch> fetches = new ConcurrentHashMap<>();

    private final LongSupplier clock;

    @Activate
    public MetadataExtension() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds */
    public MetadataExtension(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return UT_METADATA;
    }

    @Override
    public WireSession attach(PeerWire wire) {
        // a swarm that learns its second infohash only begins another one, which no longer has anything to fetch
        var key = wire.swarm().hashes().primary();
        var fetch = fetches.computeIfAbsent(key, any -> new MetadataFetch(clock));
        var session = new MetadataSession(wire, fetch, clock, () -> fetches.remove(key, fetch));
        fetch.join(session);
        return session;
    }
}
