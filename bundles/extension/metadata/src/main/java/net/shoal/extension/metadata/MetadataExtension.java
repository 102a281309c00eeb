package net.shoal.extension.metadata;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    @Activate
    public MetadataExtension() {}

    @Override
    public String name() {
        return UT_METADATA;
    }

    @Override
    public WireSession attach(PeerWire wire) {
        // a swarm that learns its second infohash only begins another one, which no longer has anything to fetch
        var key = wire.swarm().hashes().primary();
        var fetch = fetches.computeIfAbsent(key, any -> new MetadataFetch());
        var session = new MetadataSession(wire, fetch, System::nanoTime, () -> fetches.remove(key, fetch));
        fetch.join(session);
        return session;
    }
}
