package net.shoal.api.net;

import java.util.List;
import net.shoal.base.model.PeerAddress;

/**
 * A node that somebody says there is. Nothing of it is proven.
 *
 * @param name as it calls itself, made safe for a terminal
 */
public record FoundNode(String name, List<PeerAddress> addresses) {
    public FoundNode {
        addresses = List.copyOf(addresses);
    }
}
