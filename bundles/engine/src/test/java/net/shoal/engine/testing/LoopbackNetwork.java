package net.shoal.engine.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.ChannelTypes;
import net.shoal.api.net.Connector;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;

/** TCP on 127.0.0.1 without secure layers: the least an engine can live on. */
public final class LoopbackNetwork implements Network, Connector, AutoCloseable {
    private final IoEventLoopGroup loops;
    private final ChannelTypes types;
    private Channel door;

    public LoopbackNetwork() {
        var threads = new DefaultThreadFactory("loopback", true);
        loops = new MultiThreadIoEventLoopGroup(
                1, threads, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        types = ChannelTypes.of(loops);
    }

    public void listen(SwarmDirectory directory) {
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(types.server())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Greeting(directory));
                    }
                });
        bootstrap.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(512 << 10, 1 << 20));
        bootstrap.childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(1024, 2048, 256 << 10));
        bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
        bootstrap.childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
        door = bootstrap
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public int port() {
        return door == null ? 0 : ((InetSocketAddress) door.localAddress()).getPort();
    }

    public PeerAddress address() {
        return PeerAddress.ip(InetAddress.getLoopbackAddress(), port());
    }

    private static final class Greeting extends ByteToMessageDecoder {
        private final SwarmDirectory directory;

        Greeting(SwarmDirectory directory) {
            this.directory = directory;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            if (in.readableBytes() < Handshake.LENGTH) {
                return;
            }
            var handshake = Handshake.read(in.nioBuffer(in.readerIndex(), Handshake.LENGTH));
            in.skipBytes(Handshake.LENGTH);
            context.channel().config().setAutoRead(false);
            context.pipeline().remove(this);
            if (!directory.accept(secure(context.channel()), handshake)) {
                context.close();
            }
        }
    }

    private static SecureChannel secure(Channel channel) {
        return new SecureChannel(channel, "tcp", "plain", false, false, Optional.empty());
    }

    @Override
    public CompletionStage<SecureChannel> connect(PeerAddress address, Target target, EventLoop loop) {
        var connected = new CompletableFuture<SecureChannel>();
        new Bootstrap()
                .group(loop)
                .channel(types.stream())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(512 << 10, 1 << 20))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(1024, 2048, 256 << 10))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {}
                })
                .connect(address.endpoint())
                .addListener((ChannelFuture future) -> {
                    if (future.isSuccess()) {
                        connected.complete(secure(future.channel()));
                    } else {
                        connected.completeExceptionally(future.cause());
                    }
                });
        return connected;
    }

    @Override
    public NetworkScope scope() {
        return NetworkScope.LOOPBACK;
    }

    @Override
    public IoEventLoopGroup eventLoops() {
        return loops;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        return CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
    }

    @Override
    public Optional<InetAddress> dialFrom(InetAddress remote) {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (door != null) {
            door.close().syncUninterruptibly();
        }
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
