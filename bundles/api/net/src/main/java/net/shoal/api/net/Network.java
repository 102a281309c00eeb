package net.shoal.api.net;

import io.netty.channel.IoEventLoopGroup;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** What every component that binds, dials or resolves goes by. */
@ProviderType
public interface Network {
    NetworkScope scope();

    /** The event loops of the node; their owner closes them. */
    IoEventLoopGroup eventLoops();

    /**
     * Looks a host name up (or takes a literal), off the event loops, and leaves out what the scope does not permit. Fails with an
     * {@link java.net.UnknownHostException} that says so where nothing is left. On scope {@code loopback} only {@code localhost}
     * and literals are looked up at all.
     */
    CompletionStage<List<InetAddress>> resolve(String host);

    /** The local address to dial {@code remote} from, where the user listens on one of that family. */
    Optional<InetAddress> dialFrom(InetAddress remote);
}
