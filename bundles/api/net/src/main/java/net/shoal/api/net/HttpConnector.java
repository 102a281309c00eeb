package net.shoal.api.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Connects to web servers. Whoever uses it has looked the host up ({@link Network#resolve}) and asked {@link Reach} whether its addresses
 * may be connected to, for the first URL and for each that it is redirected to.
 */
@ProviderType
public interface HttpConnector {
    /**
     * Connects to the first of some addresses that takes it. The channel is registered on {@code loop}, with auto-read on and nothing in its
     * pipeline but, for https, TLS, whose handshake is done: the server is judged by the certificates the JDK trusts and by the host
     * name of the URL, always. Fails with an {@link java.io.IOException} that says why; cancelling the stage's future gives up.
     *
     * @param addresses of the URL's host
     */
    CompletionStage<Channel> connect(HttpUrl url, List<InetAddress> addresses, EventLoop loop);
}
