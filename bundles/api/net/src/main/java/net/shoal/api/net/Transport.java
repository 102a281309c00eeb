package net.shoal.api.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.shoal.base.model.PeerAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way bytes travel. Every channel it hands out is connected, has an empty pipeline and auto-read off. Service property
 * {@value #SCHEME} names it. A channel can be deregistered and registered with another event loop while it is open
 * ({@link ChannelMove}).
 */
@ConsumerType
public interface Transport {
    String SCHEME = "transport.scheme";

    String scheme();

    boolean canDial(PeerAddress address);

    /** Fails with an {@link java.io.IOException} that says why there is no connection. */
    CompletionStage<Channel> dial(PeerAddress address, DialOptions options);

    /**
     * Listens, and gives inbound channels to {@code inbound} on their event loop.
     *
     * @param local port 0 means any
     */
    CompletionStage<Listener> listen(InetSocketAddress local, Consumer<Channel> inbound);
}
