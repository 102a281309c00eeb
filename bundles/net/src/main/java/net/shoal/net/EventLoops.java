package net.shoal.net;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the node's event loops, of the best kind there is here. */
final class EventLoops {
    /** One swarm lives on one loop; disk and hashing have threads of their own, so more loops than this gain nothing. */
    static final int MOST_BY_DEFAULT = 4;

    private static final long CLOSE_SECONDS = 5;

    private EventLoops() {}

    /** @param count 0 means what fits this machine */
    static IoEventLoopGroup open(int count) {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = count > 0 ? count : Math.max(1, Math.min(cores, MOST_BY_DEFAULT));
        return new MultiThreadIoEventLoopGroup(threads, named(), handlers());
    }

    static String kind(IoEventLoopGroup loops) {
        if (loops.isIoType(EpollIoHandler.class)) {
            return "epoll";
        }
        return loops.isIoType(KQueueIoHandler.class) ? "kqueue" : "NIO";
    }

    /** Ends them and waits; whoever had channels there has closed them before. */
    static void close(IoEventLoopGroup loops) {
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private static IoHandlerFactory handlers() {
        if (Epoll.isAvailable()) {
            return EpollIoHandler.newFactory();
        }
        return KQueue.isAvailable() ? KQueueIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    private static ThreadFactory named() {
        var next = new AtomicInteger(1);
        return task -> {
            var thread = new FastThreadLocalThread(task, "shoal-net-" + next.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
