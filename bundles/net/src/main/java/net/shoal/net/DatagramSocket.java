package net.shoal.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.api.net.ChannelTypes;
import net.shoal.api.net.Datagrams;
import net.shoal.api.net.Network;

/** One UDP socket that is open. What is written in one turn of the loop leaves together. */
final class DatagramSocket {
    /** Longer by one than what is taken, so that what was cut off can be told. */
    private static final int ROOM = Datagrams.MAX_LENGTH + 1;
    /** Datagrams that are read with one call of the system, where it can ({@code recvmmsg}). */
    private static final int BATCH = 16;
    /** Bytes that may wait to be sent; what comes on top is lost, as it would be on the way. */
    private static final int MOST_WAITING = 512 << 10;

    private final Channel channel;
    private final InetSocketAddress local;
    /** On the loop. */
    private boolean isToBeFlushed;

    DatagramSocket(Channel bound) {
        this.channel = bound;
        this.local = (InetSocketAddress) bound.localAddress();
    }

    static ChannelFuture bind(Network network, EventLoop loop, InetSocketAddress local, ChannelHandler handler) {
        var type = ChannelTypes.of(network.eventLoops()).datagram();
        boolean isBatched = type == EpollDatagramChannel.class;
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(isBatched ? ROOM * BATCH : ROOM))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(MOST_WAITING / 2, MOST_WAITING))
                .handler(handler);
        if (isBatched) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, ROOM);
        }
        return bootstrap.bind(local);
    }

    InetSocketAddress local() {
        return local;
    }

    /** Takes over the buffer. */
    boolean send(InetSocketAddress to, ByteBuf datagram) {
        if (!channel.isWritable()) {
            datagram.release();
            return false;
        }
        if (channel.eventLoop().inEventLoop()) {
            write(to, datagram);
            return true;
        }
        try {
            channel.eventLoop().execute(() -> write(to, datagram));
            return true;
        } catch (RejectedExecutionException e) {
            datagram.release();
            return false;
        }
    }

    /** In the turn of the loop that follows, what has been written in this one is sent. */
    private void write(InetSocketAddress to, ByteBuf datagram) {
        channel.write(new DatagramPacket(datagram, to), channel.voidPromise());
        if (!isToBeFlushed) {
            isToBeFlushed = true;
            channel.eventLoop().execute(() -> {
                isToBeFlushed = false;
                channel.flush();
            });
        }
    }

    /** On the loop the port is free again when it returns. */
    ChannelFuture close() {
        return channel.close();
    }
}
