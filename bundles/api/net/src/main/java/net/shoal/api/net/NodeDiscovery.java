package net.shoal.api.net;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to find nodes, whatever they share: swarms are found by others. A whiteboard service. */
@ConsumerType
public interface NodeDiscovery {
    /** For the user, such as {@code mdns}. */
    String name();

    /** Those it knows of now, without this one; a snapshot that costs nothing. */
    List<FoundNode> nodes();
}
