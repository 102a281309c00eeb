package net.shoal.transport.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.internal.PlatformDependent;
import java.util.Map;
import net.shoal.api.net.ChannelTypes;

/**
 * The settings of sockets. The kernel sizes its own buffers, which it does better than a constant would; what is set here is how
 * much goes through one system call, and how much waits in front of it.
 */
final class SocketOptions {
    /** Connections the kernel completes before we take them. */
    private static final int BACKLOG = 1024;
    /**
     * Bytes of one read: what the peer has sent decides, between these. On loopback with epoll a GB took the receiving thread 0.18 s of
     * CPU with reads of up to 1 MiB, 0.26 s with 256 KiB, 0.42 s with 64 KiB. A loop has one such buffer in use at a time.
     */
    private static final int READ_MOST = 1024 * 1024;

    private static final int READ_LEAST = 1024;
    /** A new connection begins small: it may be anybody's. It is at the most after three full reads. */
    private static final int READ_FIRST = 2 * 1024;
    /** Reads before the loop turns to its other channels. */
    private static final int READS_A_TURN = 4;
    /** Bytes that wait to be written: above the high mark a channel is not writable until they are below the low one. */
    private static final WriteBufferWaterMark UNWRITTEN = new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

    private SocketOptions() {}

    static void dialling(Bootstrap bootstrap, ChannelTypes types, int timeoutMillis) {
        connection().forEach((option, value) -> set(bootstrap, option, value));
        bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis);
        if (isEpoll(types)) {
            // with a local address but no port: the port is chosen at connect, so that it is unique for the pair only
            bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
    }

    static void listening(ServerBootstrap bootstrap, ChannelTypes types) {
        connection().forEach((option, value) -> setChild(bootstrap, option, value));
        bootstrap.option(ChannelOption.SO_BACKLOG, BACKLOG);
        if (!PlatformDependent.isWindows()) {
            // on Windows this would let another process take the port; elsewhere it is what a restart needs
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        }
    }

    private static Map<ChannelOption<?>, Object> connection() {
        return Map.of(
                ChannelOption.AUTO_READ,
                false,
                ChannelOption.TCP_NODELAY,
                true,
                ChannelOption.ALLOCATOR,
                PooledByteBufAllocator.DEFAULT,
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                UNWRITTEN,
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(READ_LEAST, READ_FIRST, READ_MOST).maxMessagesPerRead(READS_A_TURN));
    }

    private static boolean isEpoll(ChannelTypes types) {
        return types.stream() == EpollSocketChannel.class;
    }

    @SuppressWarnings("unchecked")
    private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    @SuppressWarnings("unchecked")
    private static <T> void setChild(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }
}
