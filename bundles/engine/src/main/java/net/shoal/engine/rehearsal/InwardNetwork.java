package net.shoal.engine.rehearsal;

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
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.net.ChannelTypes;
import net.shoal.api.net.Connector;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import org.jspecify.annotations.Nullable;

/** TCP on the loopback interface without secure layers: the least an engine can live on. The loops are the caller's. */
public final class InwardNetwork implements Network, Connector, AutoCloseable {
    private static final Map<ChannelOption<?>, Object> OPTIONS = Map.of(
            ChannelOption.AUTO_READ,
            false,
            ChannelOption.TCP_NODELAY,
            true,
            ChannelOption.ALLOCATOR,
            PooledByteBufAllocator.DEFAULT,
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(512 << 10, 1 << 20),
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(1024, 2048, 256 << 10));

    private final IoEventLoopGroup loops;
    private final ChannelTypes types;
    private volatile @Nullable Channel door;

    public InwardNetwork(IoEventLoopGroup loops) {
        this.loops = loops;
        this.types = ChannelTypes.of(loops);
    }

    /** Peers of these swarms may come, at a port that the system chooses. */
    public void listen(SwarmDirectory directory) {
        var bootstrap = new ServerBootstrap().group(loops).channel(types.server());
        OPTIONS.forEach((option, value) -> child(bootstrap, option, value));
        door = bootstrap
                .childOption(ChannelOption.AUTO_READ, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Greeting(directory));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    @SuppressWarnings("unchecked")
    private static <T> void child(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }

    /** Where it listens; 0 while it does not. */
    public int port() {
        var open = door;
        return open == null ? 0 : ((InetSocketAddress) open.localAddress()).getPort();
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
        var bootstrap = new Bootstrap().group(loop).channel(types.stream());
        OPTIONS.forEach((option, value) -> option(bootstrap, option, value));
        bootstrap
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

    @SuppressWarnings("unchecked")
    private static <T> void option(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
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

    /** Listens no longer. */
    @Override
    public void close() {
        var open = door;
        if (open != null) {
            open.close().syncUninterruptibly();
        }
    }
}
