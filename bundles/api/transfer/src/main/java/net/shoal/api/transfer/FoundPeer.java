package net.shoal.api.transfer;

import java.util.Set;
import net.shoal.base.model.PeerAddress;

/** A peer that another one names. */
public record FoundPeer(PeerAddress address, Set<PeerTrait> traits) {
    public FoundPeer {
        traits = Set.copyOf(traits);
    }
}
