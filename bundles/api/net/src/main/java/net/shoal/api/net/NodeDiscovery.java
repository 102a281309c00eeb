package net.shoal.api.net;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to find nodes, whatever they share: swarms are found by others. A whiteboard service, for those who look for people rather than content; mDNS, which
 * provides it, offers the nodes of the local network to transfers by itself.
 */
@ConsumerType
public interface NodeDiscovery {
    /** For the user, such as {@code mdns}. */
    String name();

    /** Those it knows of now, without this one; a snapshot that costs nothing. */
    List<FoundNode> nodes();
}
