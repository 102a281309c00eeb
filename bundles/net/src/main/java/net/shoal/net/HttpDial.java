package net.shoal.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import net.shoal.api.net.ChannelTypes;
import net.shoal.api.net.HttpUrl;
import net.shoal.api.net.Network;
import org.jspecify.annotations.Nullable;

/** One connection to a web server in the making: its addresses are tried one after the other. On the loop, but for its beginning. */
final class HttpDial {
    private static final int MAX_ADDRESSES = 3;
    private static final int CONNECT_MILLIS = 10_000;

    private final Network network;
    private final HttpUrl url;
    private final EventLoop loop;
    private final @Nullable SslContext ssl;
    private final Iterator<InetAddress> addresses;
    private final CompletableFuture<Channel> connected;
    private @Nullable Channel channel;

    /** @param ssl for https */
    HttpDial(
            Network network,
            HttpUrl url,
            List<InetAddress> addresses,
            EventLoop loop,
            @Nullable SslContext ssl,
            CompletableFuture<Channel> connected) {
        this.network = network;
        this.url = url;
        this.loop = loop;
        this.ssl = ssl;
        this.addresses = addresses.stream().limit(MAX_ADDRESSES).iterator();
        this.connected = connected;
    }

    void begin() {
        connected.whenComplete((done, problem) -> {
            if (problem != null) {
                Dialer.onLoop(loop, this::abandon, () -> {});
            }
        });
        Dialer.onLoop(loop, this::next, () -> fail("the event loop is closed"));
    }

    private void next() {
        if (connected.isDone()) {
            return;
        }
        if (!addresses.hasNext()) {
            fail("its host has no address");
            return;
        }
        var remote = new InetSocketAddress(addresses.next(), url.port());
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(ChannelTypes.of(network.eventLoops()).stream())
                .disableResolver()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new Securing());
        var connecting = network.dialFrom(remote.getAddress())
                .map(from -> bootstrap.connect(remote, new InetSocketAddress(from, 0)))
                .orElseGet(() -> bootstrap.connect(remote));
        channel = connecting.channel();
        connecting.addListener((ChannelFuture done) -> onConnected(done, remote));
    }

    /** TLS, where it is asked for. */
    private final class Securing extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel made) {
            if (ssl != null) {
                made.pipeline().addLast(ssl.newHandler(made.alloc(), url.host(), url.port()));
                made.pipeline().addLast(new Quiet());
            }
        }
    }

    /** What goes wrong with TLS is told by the future of its handshake. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private void onConnected(ChannelFuture done, InetSocketAddress remote) {
        if (!done.isSuccess()) {
            if (addresses.hasNext()) {
                next();
            } else {
                fail("cannot be connected to: " + words(done.cause(), remote));
            }
            return;
        }
        var handler = done.channel().pipeline().get(SslHandler.class);
        if (handler == null) {
            complete(done.channel());
            return;
        }
        handler.handshakeFuture().addListener((Future<Channel> secured) -> {
            if (secured.isSuccess()) {
                done.channel().pipeline().remove(Quiet.class);
                complete(done.channel());
            } else {
                fail("TLS failed: " + secured.cause().getMessage());
            }
        });
    }

    private void complete(Channel made) {
        channel = null;
        if (!connected.complete(made)) {
            made.close();
        }
    }

    private void fail(String reason) {
        connected.completeExceptionally(new IOException(reason));
    }

    private void abandon() {
        if (channel != null) {
            channel.close();
        }
    }

    /** What the network says when there is no connection. */
    private static String words(Throwable problem, InetSocketAddress address) {
        var where = address.getAddress().getHostAddress() + " port " + address.getPort();
        var message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        if (problem instanceof ConnectTimeoutException || message.contains("timed out")) {
            return where + " does not answer";
        }
        if (problem instanceof NoRouteToHostException
                || message.contains("unreachable")
                || message.contains("no route")) {
            return "there is no way to " + where + " from here";
        }
        if (problem instanceof ConnectException && message.contains("refused")) {
            return "nothing listens at " + where;
        }
        return where + ": " + problem.getMessage();
    }
}
