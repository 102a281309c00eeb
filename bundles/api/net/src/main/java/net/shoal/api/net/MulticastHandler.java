package net.shoal.api.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Who has joined a group. Called on {@link Multicast#loop}, which it does not block; what it throws is logged. */
@ConsumerType
public interface MulticastHandler {
    /**
     * Somebody has spoken to the group; what we have sent ourselves comes back too. A flood is thinned out before it gets here.
     *
     * @param sender permitted by the network scope
     * @param datagram the handler's own
     */
    void received(MulticastPlace place, InetSocketAddress sender, ByteBuffer datagram);

    /** Where the group is joined from now on. Also called once after joining. */
    default void placesChanged(List<MulticastPlace> places) {}
}
