package net.shoal.transport.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.IoEventLoopGroup;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import net.shoal.api.net.ChannelTypes;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.Listener;
import net.shoal.api.net.Network;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** TCP over IPv4 and IPv6. Safe for use from any thread. */
@Component(property = Transport.SCHEME + "=" + TcpTransport.TCP)
public final class TcpTransport implements Transport {
    static final String TCP = "tcp";

    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;
    private static final Pattern CALL = Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

    private final IoEventLoopGroup loops;
    private final ChannelTypes types;
    private final OpenChannels open = new OpenChannels();

    @Activate
    public TcpTransport(@Reference Network network) {
        this(network.eventLoops());
    }

    TcpTransport(IoEventLoopGroup loops) {
        this.loops = loops;
        this.types = ChannelTypes.of(loops);
    }

    /** Closes the listeners and every channel that was handed out, and waits until they are. */
    @Deactivate
    void deactivate() {
        open.close(CLOSE_TIMEOUT_MILLIS);
    }

    @Override
    public String scheme() {
        return TCP;
    }

    @Override
    public boolean canDial(PeerAddress address) {
        return (address.scheme().equals(PeerAddress.IP) || address.scheme().equals(TCP))
                && address.inet().isPresent();
    }

    @Override
    public CompletionStage<Channel> dial(PeerAddress address, DialOptions options) {
        var remote = address.inet().filter(inet -> canDial(address));
        if (remote.isEmpty()) {
            return CompletableFuture.failedStage(new IOException("TCP cannot dial " + address));
        }
        var bootstrap = new Bootstrap()
                .group(options.loop())
                .channel(types.stream())
                .disableResolver()
                .handler(new Nothing());
        SocketOptions.dialling(
                bootstrap, types, Math.toIntExact(options.timeout().toMillis()));
        var connecting = options.from()
                .map(from -> bootstrap.connect(remote.get(), new InetSocketAddress(from, 0)))
                .orElseGet(() -> bootstrap.connect(remote.get()));
        return stage(connecting, "cannot connect to " + address);
    }

    @Override
    public CompletionStage<Listener> listen(InetSocketAddress local, Consumer<Channel> inbound) {
        var bootstrap =
                new ServerBootstrap().group(loops).channel(types.server()).childHandler(new HandOver(inbound, open));
        SocketOptions.listening(bootstrap, types);
        return stage(bootstrap.bind(local), "cannot listen on " + text(local)).thenApply(channel -> {
            channel.pipeline().addLast(new AcceptTrouble());
            return new TcpListener(channel);
        });
    }

    /** Cancelling the stage's future ends the attempt. */
    private CompletionStage<Channel> stage(ChannelFuture attempt, String failure) {
        var stage = new CompletableFuture<Channel>();
        attempt.addListener((ChannelFuture done) -> {
            if (!done.isSuccess()) {
                stage.completeExceptionally(new IOException(failure + ": " + reason(done.cause()), done.cause()));
            } else if (!open.add(done.channel())) {
                stage.completeExceptionally(new IOException(failure + ": TCP is being stopped"));
            } else if (!stage.complete(done.channel())) {
                done.channel().close();
            }
        });
        stage.whenComplete((channel, error) -> {
            if (stage.isCancelled()) {
                attempt.cancel(false);
            }
        });
        return stage;
    }

    /** What the system said; around it Netty puts the name of the call, the number of the error and the address, which we have said. */
    static String reason(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return "no answer in time";
        }
        var root = cause instanceof ConnectException && cause.getCause() != null ? cause.getCause() : cause;
        var message = String.valueOf(root.getMessage());
        return CALL.matcher(message).replaceFirst("");
    }

    private static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        return host == null ? address.toString() : PeerAddress.ip(address).toString();
    }

    private record TcpListener(Channel channel) implements Listener {
        @Override
        public InetSocketAddress local() {
            return (InetSocketAddress) channel.localAddress();
        }

        @Override
        public CompletionStage<Void> close() {
            var closed = new CompletableFuture<Void>();
            channel.close().addListener(done -> closed.complete(null));
            return closed;
        }
    }

    private static final class Nothing extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {}
    }

    /** Hands an accepted channel out once it is active, with an empty pipeline. */
    @Sharable
    private static final class HandOver extends ChannelInboundHandlerAdapter {
        private final Consumer<Channel> inbound;
        private final OpenChannels open;

        private HandOver(Consumer<Channel> inbound, OpenChannels open) {
            this.inbound = inbound;
            this.open = open;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var channel = context.channel();
            context.pipeline().remove(this);
            if (open.add(channel)) {
                inbound.accept(channel);
            }
        }
    }
}
