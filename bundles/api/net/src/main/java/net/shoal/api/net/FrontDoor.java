package net.shoal.api.net;

import java.net.InetSocketAddress;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Where this node can be reached. The service is there once it listens, so whoever waits for it knows; see {@link ListenFailure}. */
@ProviderType
public interface FrontDoor {
    /** Bound addresses with their real ports. */
    List<InetSocketAddress> addresses();

    /** The port to announce to trackers and peers. */
    int port();
}
