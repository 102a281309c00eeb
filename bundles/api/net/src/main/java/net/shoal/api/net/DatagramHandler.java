package net.shoal.api.net;

import java.net.InetSocketAddress;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Who claimed datagrams. Called on the loop of {@link Datagrams}, which it does not block; what it throws is logged and costs that datagram. */
@ConsumerType
public interface DatagramHandler {
    /** The buffer is the handler's until it returns: what it keeps, it copies. */
    void received(Datagram datagram);

    /** Sockets have opened or closed; also called once soon after the claim. */
    default void addressesChanged(List<InetSocketAddress> open) {}
}
