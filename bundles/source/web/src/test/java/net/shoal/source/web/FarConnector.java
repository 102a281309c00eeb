package net.shoal.source.web;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import net.shoal.api.net.HttpConnector;
import net.shoal.api.net.HttpUrl;

/** Wherever it is to connect to, a server of the test on loopback is there, and looks as if it stood where it was asked for. */
final class FarConnector implements HttpConnector {
    /** Whom it was to connect to, in turn. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final int port;

    FarConnector(int port) {
        this.port = port;
    }

    @Override
    public CompletionStage<Channel> connect(HttpUrl url, List<InetAddress> addresses, EventLoop loop) {
        asked.add(addresses.get(0).getHostAddress());
        var connected = new CompletableFuture<Channel>();
        new Bootstrap()
                .group(loop)
                .channelFactory(() -> new Far(new InetSocketAddress(addresses.get(0), url.port())))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {}
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .addListener((ChannelFuture done) -> {
                    if (done.isSuccess()) {
                        connected.complete(done.channel());
                    } else {
                        connected.completeExceptionally(done.cause());
                    }
                });
        return connected;
    }

    private static final class Far extends NioSocketChannel {
        private final InetSocketAddress pretended;

        Far(InetSocketAddress pretended) {
            this.pretended = pretended;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return super.remoteAddress0() == null ? null : pretended;
        }
    }
}
