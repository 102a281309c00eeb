package net.shoal.tracker;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import net.shoal.api.net.NetworkScope;

/** The tracker over UDP. Confined to the loop. */
final class UdpDoor {
    /** Bytes; a scrape of 74 torrents, and an announce with its options. */
    private static final int MAX_DATAGRAM = 2_048;

    private final UdpProtocol protocol;
    private final NetworkScope scope;
    private final LongSupplier clock;

    UdpDoor(UdpProtocol protocol, NetworkScope scope, LongSupplier clock) {
        this.protocol = protocol;
        this.scope = scope;
        this.clock = clock;
    }

    ChannelFuture listen(EventLoop loop, Class<? extends DatagramChannel> type, InetSocketAddress local) {
        return new Bootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .handler(new Answering())
                .bind(local);
    }

    private final class Answering extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            var sender = packet.sender();
            var from = new InetSocketAddress(Addresses.plain(sender.getAddress()), sender.getPort());
            if (!scope.permits(from.getAddress())) {
                return;
            }
            protocol.handle(packet.content().nioBuffer(), from, clock.getAsLong())
                    .ifPresent(out -> context.write(new DatagramPacket(Unpooled.wrappedBuffer(out), sender)));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        /** Such as an ICMP message about somebody we answered. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {}
    }
}
