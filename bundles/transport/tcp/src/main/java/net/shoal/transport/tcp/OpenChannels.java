package net.shoal.transport.tcp;

import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The sockets that are open, so that all can be closed. Safe for use from any thread. */
final class OpenChannels {
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @return false if it is too late: the channel has been closed */
    boolean add(Channel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(done -> channels.remove(channel));
        if (closed) {
            channel.close();
            return false;
        }
        return true;
    }

    int size() {
        return channels.size();
    }

    /** Closes them and waits; must not be called on an event loop. */
    void close(long timeoutMillis) {
        closed = true;
        var all = Set.copyOf(channels);
        var left = new CountDownLatch(all.size());
        for (var channel : all) {
            channel.close();
            channel.closeFuture().addListener(done -> left.countDown());
        }
        try {
            left.await(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
