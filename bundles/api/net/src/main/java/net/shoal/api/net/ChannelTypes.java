package net.shoal.api.net;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** The channel classes that fit a group of event loops: those of epoll or kqueue on a native one, else those of NIO. */
public record ChannelTypes(
        Class<? extends SocketChannel> stream,
        Class<? extends ServerSocketChannel> server,
        Class<? extends DatagramChannel> datagram) {
    public static ChannelTypes of(IoEventLoopGroup loops) {
        if (loops.isIoType(EpollIoHandler.class)) {
            return new ChannelTypes(
                    EpollSocketChannel.class, EpollServerSocketChannel.class, EpollDatagramChannel.class);
        }
        if (loops.isIoType(KQueueIoHandler.class)) {
            return new ChannelTypes(
                    KQueueSocketChannel.class, KQueueServerSocketChannel.class, KQueueDatagramChannel.class);
        }
        return new ChannelTypes(NioSocketChannel.class, NioServerSocketChannel.class, NioDatagramChannel.class);
    }
}
