package net.shoal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.shoal.api.net.NetworkScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens, reads and closes the sockets of all groups. It hands on so many datagrams a second, and the rest is lost. */
final class MulticastThread implements AutoCloseable {
    /** Datagrams a turn, and the pause after it: two thousand a second at most. */
    static final int BATCH = 40;

    private static final Logger LOG = LoggerFactory.getLogger(MulticastThread.class);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    /** Longer by one than any that is taken (RFC 6762, section 17). */
    private static final int ROOM = 9_001;

    private static final long CLOSE_MILLIS = 2_000;

    private final Selector selector;
    private final NetworkScope scope;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer room = ByteBuffer.allocate(ROOM);

    /** Who takes what comes in at one socket. */
    interface Taker {
        void take(InetSocketAddress sender, ByteBuffer datagram);
    }

    MulticastThread(NetworkScope scope) throws IOException {
        this.scope = scope;
        selector = Selector.open();
        thread = new Thread(this::run, "shoal-multicast");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs it there, in order. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** On the thread. */
    void read(MulticastSocket socket, Taker taker) throws ClosedChannelException {
        socket.channel().register(selector, SelectionKey.OP_READ, taker);
    }

    private void run() {
        while (selector.isOpen()) {
            try {
                turn();
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.error("The local network is not heard", e);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void turn() throws IOException {
        selector.select();
        var ready = selector.selectedKeys();
        for (var key : ready) {
            read(key, Math.max(1, BATCH / ready.size()));
        }
        ready.clear();
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void read(SelectionKey key, int most) {
        try {
            for (int i = 0; i < most; i++) {
                room.clear();
                if (!(((DatagramChannel) key.channel()).receive(room) instanceof InetSocketAddress sender)) {
                    return;
                }
                take((Taker) key.attachment(), sender, room.flip());
            }
        } catch (IOException e) {
            LOG.debug("Cannot read: {}", String.valueOf(e.getMessage()));
        }
    }

    private void take(Taker taker, InetSocketAddress sender, ByteBuffer datagram) {
        if (datagram.hasRemaining() && sender.getPort() > 0 && scope.permits(sender.getAddress())) {
            taker.take(sender, datagram);
        }
    }

    /** Waits until what was to be run before has been. */
    @Override
    public void close() {
        execute(this::end);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("Cannot close", e);
        }
    }
}
