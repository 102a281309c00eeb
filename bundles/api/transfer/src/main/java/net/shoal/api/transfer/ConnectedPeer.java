package net.shoal.api.transfer;

import java.util.Optional;
import java.util.Set;
import net.shoal.base.model.PeerAddress;

/**
 * A peer we are connected to.
 *
 * @param address the far end of the connection
 * @param listens where it can be dialled: there we dialled it, or so it says; absent if it has not said
 */
public record ConnectedPeer(PeerAddress address, Optional<PeerAddress> listens, Set<PeerTrait> traits) {
    public ConnectedPeer {
        traits = Set.copyOf(traits);
    }
}
