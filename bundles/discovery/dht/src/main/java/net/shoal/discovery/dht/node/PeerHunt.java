package net.shoal.discovery.dht.node;

import java.util.List;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.lookup.Lookup;

/** Hears of the peers that a walk finds. */
public interface PeerHunt {
    /** Called for each node that knows some. They are hearsay. */
    void found(List<Endpoint> peers);

    void done(Lookup walk);
}
