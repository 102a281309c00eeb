package net.shoal.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.Listener;
import net.shoal.base.model.PeerAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
@ParameterizedClass
@MethodSource("kinds")
class TcpTransportTest {
    private static final InetAddress V4 = address("127.0.0.1");
    private static final InetAddress V6 = address("::1");

    @Parameter
    String kind;

    private final BlockingQueue<Channel> inbound = new LinkedBlockingQueue<>();
    private IoEventLoopGroup loops;
    private TcpTransport transport;

    static List<String> kinds() {
        return Epoll.isAvailable() ? List.of("nio", "epoll") : List.of("nio");
    }

    @BeforeEach
    void open() {
        loops = new MultiThreadIoEventLoopGroup(
                2, kind.equals("epoll") ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        transport = new TcpTransport(loops);
    }

    @AfterEach
    void close() {
        transport.deactivate();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void connectsBothEnds() throws Exception {
        exchanges(listen(V4).local());
    }

    @Test
    void speaksIpv6() throws Exception {
        assumeTrue(hasV6());
        exchanges(listen(V6).local());
    }

    @Test
    void listensOnEverythingWithBothFamilies() throws Exception {
        var listener = get(transport.listen(new InetSocketAddress(0), inbound::add));
        exchanges(new InetSocketAddress(V4, listener.local().getPort()));
        if (hasV6()) {
            exchanges(new InetSocketAddress(V6, listener.local().getPort()));
        }
    }

    @Test
    void handsOutConnectedChannelsThatAreEmptyAndDoNotRead() throws Exception {
        var listener = listen(V4);
        var out = dial(listener.local());
        var in = inbound.poll(10, TimeUnit.SECONDS);
        for (var channel : List.of(out, in)) {
            assertThat(channel.isActive()).isTrue();
            assertThat(channel.config().isAutoRead()).isFalse();
            // the tail is all there is
            assertThat(channel.eventLoop()
                            .submit(() -> channel.pipeline().names())
                            .get())
                    .hasSize(1);
        }
        assertThat(((InetSocketAddress) in.remoteAddress()).getAddress()).isInstanceOf(Inet4Address.class);
    }

    @Test
    void dialsFromTheAddressThatIsAskedFor() throws Exception {
        var listener = listen(V4);
        var from = address("127.0.0.7");
        get(transport.dial(
                PeerAddress.ip(listener.local()),
                new DialOptions(loops.next(), Optional.of(from), Duration.ofSeconds(5))));
        var in = inbound.poll(10, TimeUnit.SECONDS);
        assertThat(((InetSocketAddress) in.remoteAddress()).getAddress()).isEqualTo(from);
    }

    @Test
    void saysInWordsWhyThereIsNoConnection() throws Exception {
        try (var taken = new Socket()) { // bound, so that nobody else listens there meanwhile
            taken.bind(new InetSocketAddress(V4, 0));
            var address = new InetSocketAddress(V4, taken.getLocalPort());
            assertThatThrownBy(() -> dial(address))
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot connect to 127.0.0.1:" + address.getPort() + ": Connection refused");
        }
    }

    @Test
    void saysInWordsWhyItCannotListen() throws Exception {
        var taken = listen(V4).local();
        assertThatThrownBy(() -> get(transport.listen(taken, inbound::add)))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on 127.0.0.1:" + taken.getPort() + ": Address already in use");
    }

    @Test
    void dialsOnlyWhatHasHostAndPort() {
        assertThat(transport.canDial(PeerAddress.ip(V4, 1))).isTrue();
        assertThat(transport.canDial(new PeerAddress("tcp", new InetSocketAddress(V4, 1))))
                .isTrue();
        assertThat(transport.canDial(new PeerAddress("utp", new InetSocketAddress(V4, 1))))
                .isFalse();
        assertThat(transport.canDial(new PeerAddress("ip", new SocketAddress() {})))
                .isFalse();
    }

    @Test
    void takesEverythingWithItWhenItGoes() throws Exception {
        var listener = listen(V4);
        var out = dial(listener.local());
        var in = inbound.poll(10, TimeUnit.SECONDS);
        transport.deactivate();
        assertThat(out.isOpen()).isFalse();
        assertThat(in.isOpen()).isFalse();
        assertThatThrownBy(() -> dial(listener.local())).cause().isInstanceOf(IOException.class);
        assertThatThrownBy(this::listenAgain).cause().hasMessageContaining("TCP is being stopped");
    }

    private Listener listenAgain() throws Exception {
        return listen(V4);
    }

    private void exchanges(InetSocketAddress address) throws Exception {
        var out = dial(address);
        var in = inbound.poll(10, TimeUnit.SECONDS);
        var sent = new byte[100_000];
        new Random(1).nextBytes(sent);
        var there = new Collecting(sent.length);
        in.pipeline().addLast(there);
        in.config().setAutoRead(true);
        out.writeAndFlush(Unpooled.wrappedBuffer(sent));
        assertThat(there.all(10)).isEqualTo(sent);
        var back = new Collecting(sent.length);
        out.pipeline().addLast(back);
        out.config().setAutoRead(true);
        in.writeAndFlush(Unpooled.wrappedBuffer(sent));
        assertThat(back.all(10)).isEqualTo(sent);
    }

    private Listener listen(InetAddress host) throws Exception {
        return get(transport.listen(new InetSocketAddress(host, 0), inbound::add));
    }

    private Channel dial(InetSocketAddress address) throws Exception {
        return get(transport.dial(
                PeerAddress.ip(address), new DialOptions(loops.next(), Optional.empty(), Duration.ofSeconds(5))));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static boolean hasV6() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Collecting extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<byte[]> done = new CompletableFuture<>();
        private final byte[] bytes;
        private int length;

        Collecting(int expected) {
            bytes = new byte[expected];
        }

        byte[] all(int seconds) throws Exception {
            return done.get(seconds, TimeUnit.SECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var in = (ByteBuf) message;
            int count = in.readableBytes();
            in.readBytes(bytes, length, count).release();
            length += count;
            if (length == bytes.length) {
                done.complete(bytes);
            }
        }
    }
}
