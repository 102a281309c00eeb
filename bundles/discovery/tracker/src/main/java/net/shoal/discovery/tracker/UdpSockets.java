package net.shoal.discovery.tracker;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.shoal.api.net.ChannelTypes;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import net.shoal.base.model.RemoteText;
import org.jspecify.annotations.Nullable;

/** The sockets all questions to UDP trackers share, one for each local address we dial from. Confined to the loop. */
final class UdpSockets implements UdpExchanges.Out {
    /** Bytes; a reply with 900 IPv6 peers. */
    private static final int MAX_DATAGRAM = 16_384;

    private static final long TICK_MILLIS = 250;

    private final Network network;
    private final EventLoop loop;
    private final LongSupplier clock;
    private final UdpExchanges exchanges;
    private final Map<InetSocketAddress, ChannelFuture> sockets = new HashMap<>();
    private @Nullable ScheduledFuture<?> ticking;

    UdpSockets(Network network, EventLoop loop, LongSupplier clock) {
        this.network = network;
        this.loop = loop;
        this.clock = clock;
        this.exchanges = new UdpExchanges(new SecureRandom()::nextInt, this);
    }

    /** To ask with; answers come by themselves. */
    UdpExchanges exchanges() {
        if (ticking == null) {
            ticking = loop.scheduleWithFixedDelay(
                    () -> exchanges.tick(clock.getAsLong()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return exchanges;
    }

    @Override
    public void send(InetSocketAddress to, ByteBuffer datagram) {
        socket(to.getAddress()).addListener((ChannelFuture bound) -> {
            if (!bound.isSuccess()) {
                exchanges.unreachable(
                        to, "no UDP socket can be had: " + bound.cause().getMessage());
                return;
            }
            bound.channel()
                    .writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(datagram), to))
                    .addListener(sent -> {
                        if (!sent.isSuccess()) {
                            exchanges.unreachable(to, words(sent.cause(), to));
                        }
                    });
        });
    }

    private static String words(Throwable problem, InetSocketAddress to) {
        var where = to.getAddress().getHostAddress() + " port " + to.getPort();
        var message = RemoteText.of(String.valueOf(problem.getMessage()));
        return message.toLowerCase(Locale.ROOT).contains("unreachable")
                ? "there is no way to " + where + " from here"
                : where + ": " + message;
    }

    void close() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        exchanges.abandon();
        sockets.values().forEach(socket -> socket.channel().close());
        sockets.clear();
    }

    private ChannelFuture socket(InetAddress to) {
        var from = network.dialFrom(to)
                .map(address -> new InetSocketAddress(address, 0))
                .orElseGet(() -> anyLocal(to));
        var known = sockets.get(from);
        if (known != null && (!known.isDone() || known.channel().isActive())) {
            return known;
        }
        var bound = new Bootstrap()
                .group(loop)
                .channel(ChannelTypes.of(network.eventLoops()).datagram())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .handler(new Receiving())
                .bind(from);
        sockets.put(from, bound);
        return bound;
    }

    /** On scope {@code loopback} nothing binds beyond it. */
    private InetSocketAddress anyLocal(InetAddress to) {
        return network.scope() == NetworkScope.LOOPBACK
                ? new InetSocketAddress(loopback(Family.of(to)), 0)
                : new InetSocketAddress(0);
    }

    private static InetAddress loopback(Family family) {
        try {
            return InetAddress.getByAddress(
                    family == Family.IPV4
                            ? new byte[] {127, 0, 0, 1}
                            : new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 and 16 bytes are an address", impossible);
        }
    }

    private final class Receiving extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            exchanges.received(packet.sender(), packet.content().nioBuffer(), clock.getAsLong());
        }

        /** Such as an ICMP message about one of many destinations: the timeout of that one tells. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {}
    }
}
