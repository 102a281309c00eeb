package net.shoal.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.net.HttpConnector;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.Network;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The way to web servers. */
@Component
public final class HttpConnectorComponent implements HttpConnector {
    private final Network network;
    private final Tls tls;

    @Activate
    public HttpConnectorComponent(@Reference Network network) {
        this(network, Tls.trustingTheUsual());
    }

    HttpConnectorComponent(Network network, Tls tls) {
        this.network = network;
        this.tls = tls;
    }

    @Override
    public CompletionStage<Channel> connect(HttpUrl url, List<InetAddress> addresses, EventLoop loop) {
        var connected = new CompletableFuture<Channel>();
        if (!url.secure()) {
            new HttpDial(network, url, addresses, loop, null, connected).begin();
            return connected;
        }
        tls.context().whenComplete((ssl, problem) -> {
            if (problem != null) {
                connected.completeExceptionally(problem);
            } else {
                new HttpDial(network, url, addresses, loop, ssl, connected).begin();
            }
        });
        return connected;
    }
}
