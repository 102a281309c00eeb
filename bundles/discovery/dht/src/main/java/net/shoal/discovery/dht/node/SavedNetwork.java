package net.shoal.discovery.dht.node;

import java.util.List;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;

/** Who a node was in one of the two networks, and whom it knew, those it heard latest first. */
public record SavedNetwork(Family family, Sha1Hash id, List<SavedContact> contacts) {
    public SavedNetwork {
        contacts = List.copyOf(contacts);
    }

    /** A node. */
    public record SavedContact(Sha1Hash id, Endpoint endpoint) {}
}
