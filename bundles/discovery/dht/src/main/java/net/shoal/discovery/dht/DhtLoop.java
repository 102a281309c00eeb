package net.shoal.discovery.dht;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.Datagram;
import net.shoal.api.net.DatagramClaim;
import net.shoal.api.net.DatagramHandler;
import net.shoal.api.net.Datagrams;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.NodeSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives a {@link DhtNode} on the loop of the node's UDP sockets: its datagrams, its clock, its timers. */
final class DhtLoop implements DatagramHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DhtLoop.class);

    private final Datagrams datagrams;
    private final EventLoop loop;
    private final long start = System.nanoTime();
    private final DhtNode node;
    private @Nullable DatagramClaim claim;
    private @Nullable ScheduledFuture<?> waking;
    private long wakesAt = Long.MAX_VALUE;
    private volatile boolean isClosed;

    DhtLoop(Datagrams datagrams, NodeSettings settings) {
        this.datagrams = datagrams;
        this.loop = datagrams.loop();
        this.node = new DhtNode(settings, new SecureRandom(), this::send, 0);
    }

    DhtNode node() {
        return node;
    }

    /** Milliseconds since it was made. */
    long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** From now on it hears what comes. */
    void open() {
        claim = datagrams.claim(DhtLoop::isOurs, this);
        execute(node::start);
    }

    /** A dictionary with keys, as every message of the DHT is. */
    private static boolean isOurs(ByteBuf datagram) {
        int length = datagram.readableBytes();
        int first = datagram.readerIndex();
        return length >= 20
                && datagram.getByte(first) == 'd'
                && datagram.getByte(first + 1) >= '1'
                && datagram.getByte(first + 1) <= '9'
                && datagram.getByte(first + length - 1) == 'e';
    }

    @Override
    public void received(Datagram datagram) {
        if (!isClosed) {
            var from = Endpoint.of(datagram.sender());
            guarded(() -> node.receive(now(), from, datagram.content().nioBuffer()));
        }
    }

    private void send(Endpoint to, byte[] datagram) {
        if (!isClosed) {
            datagrams.send(to.inet(), Unpooled.wrappedBuffer(datagram));
        }
    }

    /** Runs something on the loop with the time of the node as it is. Callable from any thread; does nothing once it is closed. */
    void execute(Runnable task) {
        if (isClosed) {
            return;
        }
        try {
            loop.execute(() -> guarded(() -> {
                node.run(now());
                task.run();
            }));
        } catch (RejectedExecutionException e) {
            LOG.debug("The node ends");
        }
    }

    /** Runs it every second. */
    ScheduledFuture<?> everySecond(Runnable task) {
        return loop.scheduleWithFixedDelay(
                () -> guarded(() -> {
                    node.run(now());
                    task.run();
                }),
                1,
                1,
                TimeUnit.SECONDS);
    }

    private void guarded(Runnable task) {
        if (isClosed) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("The DHT failed", e);
        }
        rearm();
    }

    private void rearm() {
        long next = node.next();
        if (next < wakesAt) {
            if (waking != null) {
                waking.cancel(false);
            }
            wakesAt = next;
            waking = loop.schedule(this::wake, Math.max(0, next - now()), TimeUnit.MILLISECONDS);
        }
    }

    private void wake() {
        wakesAt = Long.MAX_VALUE;
        guarded(() -> node.run(now()));
    }

    /** Nothing is sent or heard any more. */
    void close() {
        isClosed = true;
        if (claim != null) {
            claim.close();
        }
        try {
            loop.execute(() -> {
                if (waking != null) {
                    waking.cancel(false);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The node ends");
        }
    }

    /** An address as the DHT has it. */
    static Endpoint endpoint(InetSocketAddress address) {
        return Endpoint.of(address);
    }
}
