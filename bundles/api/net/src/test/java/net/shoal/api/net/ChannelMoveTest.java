package net.shoal.api.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On real sockets, as this is about what they do. */
@Timeout(30)
class ChannelMoveTest {
    private static final int MANY = 8 << 20;

    private final List<IoEventLoopGroup> groups = new ArrayList<>();

    static Stream<String> kinds() {
        return Epoll.isAvailable() ? Stream.of("nio", "epoll") : Stream.of("nio");
    }

    @AfterEach
    void closeLoops() {
        groups.forEach(group -> group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void losesNothingThatArrivesBeforeDuringAndAfter(String kind) throws Exception {
        var loops = loops(kind);
        var pair = Pair.open(loops);
        pair.client.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1, 2, 3})).sync();
        var received = new Received(6);
        var loop = new CompletableFuture<Boolean>();
        pair.server.eventLoop().execute(() -> ChannelMove.to(pair.other, pair.server)
                .thenAccept(channel -> {
                    loop.complete(pair.other.inEventLoop());
                    channel.pipeline().addLast(received);
                    channel.config().setAutoRead(true);
                }));
        pair.client.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {4, 5})).sync();
        assertThat(get(loop)).isTrue();
        pair.client.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {6})).sync();
        assertThat(get(received.all)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(received.thread).isEqualTo(get(pair.other.submit(Thread::currentThread)));
        pair.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void goesOnWritingWhatTheSocketDidNotTake(String kind) throws Exception {
        var pair = Pair.open(loops(kind));
        var written = pair.server.writeAndFlush(Unpooled.wrappedBuffer(new byte[MANY]));
        get(pair.server.eventLoop().submit(() -> {}));
        assertThat(written.isDone()).isFalse();
        get(ChannelMove.to(pair.other, pair.server).toCompletableFuture());
        var received = new Received(MANY);
        pair.client.pipeline().addLast(received);
        pair.client.config().setAutoRead(true);
        assertThat(get(received.all)).hasSize(MANY);
        assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
        pair.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void staysWhereItIsOnTheSameLoop(String kind) throws Exception {
        var pair = Pair.open(loops(kind));
        var moved = ChannelMove.to(pair.server.eventLoop(), pair.server).toCompletableFuture();
        assertThat(get(moved)).isSameAs(pair.server);
        assertThat(pair.server.isRegistered()).isTrue();
        pair.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void saysSoWhenTheChannelIsClosedMeanwhile(String kind) throws Exception {
        var pair = Pair.open(loops(kind));
        var moved = new CompletableFuture<Channel>();
        pair.server.eventLoop().execute(() -> {
            ChannelMove.to(pair.other, pair.server).whenComplete((channel, error) -> {
                if (error != null) {
                    moved.completeExceptionally(error);
                } else {
                    moved.complete(channel);
                }
            });
            pair.server.close();
        });
        assertThatThrownBy(() -> get(moved)).isInstanceOf(ExecutionException.class);
        assertThat(pair.server.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
        pair.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closesTheChannelWhenTheLoopIsGone(String kind) throws Exception {
        var pair = Pair.open(loops(kind));
        var gone = loops(kind);
        var loop = gone.next();
        gone.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        assertThatThrownBy(() -> get(ChannelMove.to(loop, pair.server).toCompletableFuture()))
                .isInstanceOf(ExecutionException.class);
        assertThat(pair.server.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
        pair.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesAChannelThatReads(String kind) throws Exception {
        var pair = Pair.open(loops(kind));
        pair.server.config().setAutoRead(true);
        assertThatThrownBy(() -> ChannelMove.to(pair.other, pair.server)).isInstanceOf(IllegalStateException.class);
        pair.close();
    }

    private IoEventLoopGroup loops(String kind) {
        IoHandlerFactory handlers = kind.equals("epoll") ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        var group = new MultiThreadIoEventLoopGroup(2, handlers);
        groups.add(group);
        return group;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    /** Both ends of a connection, with auto-read off, and a loop that the server's end is not on. */
    private record Pair(Channel listener, Channel client, Channel server, EventLoop other) {
        static Pair open(IoEventLoopGroup loops) throws Exception {
            var types = ChannelTypes.of(loops);
            var accepted = new CompletableFuture<Channel>();
            var listener = new ServerBootstrap()
                    .group(loops)
                    .channel(types.server())
                    .childOption(ChannelOption.AUTO_READ, false)
                    .childHandler(handler(accepted))
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
            var client = new Bootstrap()
                    .group(loops)
                    .channel(types.stream())
                    .option(ChannelOption.AUTO_READ, false)
                    .handler(handler(new CompletableFuture<>()))
                    .connect(listener.localAddress())
                    .sync()
                    .channel();
            var server = get(accepted);
            EventLoop other = loops.next();
            while (other == server.eventLoop()) {
                other = loops.next();
            }
            return new Pair(listener, client, server, other);
        }

        private static ChannelHandler handler(CompletableFuture<Channel> made) {
            return new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    made.complete(channel);
                }
            };
        }

        void close() {
            List.of(client, server, listener).forEach(channel -> channel.close().awaitUninterruptibly());
        }
    }

    private static final class Received extends ChannelInboundHandlerAdapter {
        final CompletableFuture<byte[]> all = new CompletableFuture<>();
        private final byte[] bytes;
        private int length;
        volatile Thread thread = Thread.currentThread();

        Received(int expected) {
            bytes = new byte[expected];
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var in = (ByteBuf) message;
            int count = in.readableBytes();
            in.readBytes(bytes, length, count).release();
            length += count;
            thread = Thread.currentThread();
            if (length == bytes.length) {
                all.complete(bytes);
            }
        }
    }
}
