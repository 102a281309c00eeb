package net.shoal.itests.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many connections to one port of this machine, each from an address of its own below 127.0.0.0/8, on one thread. */
final class Flood implements AutoCloseable {
    private static final int CONNECTING = 100;
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] BEGINNING =
            "\23BitTorrent protocol".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private final int port;
    private final Selector selector = Selector.open();
    private final Queue<Guest> waiting = new ArrayDeque<>();
    private final CountDownLatch dropped;
    private final Thread thread = new Thread(this::run, "flood");
    private int connecting;
    private volatile boolean closed;
    private volatile long longest;

    private static final class Guest {
        final InetSocketAddress from;
        final boolean drips;
        long since;
        long due;
        int said;

        Guest(InetSocketAddress from, boolean drips) {
            this.from = from;
            this.drips = drips;
        }
    }

    Flood(int port, int idle, int dripping) throws IOException {
        this.port = port;
        this.dropped = new CountDownLatch(idle + dripping);
        for (int i = 0; i < idle + dripping; i++) {
            var address = InetAddress.getByAddress(
                    new byte[] {127, (byte) (1 + i / 60_000), (byte) (i / 250), (byte) (1 + i % 250)});
            waiting.add(new Guest(new InetSocketAddress(address, 0), i % 11 == 0));
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** @return seconds that the one that was there longest was there */
    double awaitDropped(double seconds) throws InterruptedException {
        if (!dropped.await((long) (seconds * 1000), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(dropped.getCount() + " connections are still there after " + seconds + " s");
        }
        return longest / 1e9;
    }

    private void run() {
        try {
            while (!closed) {
                connect();
                selector.select(50);
                for (var key : new ArrayList<>(selector.selectedKeys())) {
                    ready(key);
                }
                selector.selectedKeys().clear();
                drip();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() throws IOException {
        while (connecting < CONNECTING && !waiting.isEmpty()) {
            var guest = waiting.remove();
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.bind(guest.from);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.register(selector, SelectionKey.OP_CONNECT, guest);
            connecting++;
        }
    }

    private void ready(SelectionKey key) throws IOException {
        var guest = (Guest) key.attachment();
        var channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                connecting--;
                channel.finishConnect();
                guest.since = System.nanoTime();
                guest.due = guest.since + SECOND;
                key.interestOps(SelectionKey.OP_READ);
            } else if (channel.read(ByteBuffer.allocate(100)) < 0) {
                gone(key, guest);
            }
        } catch (IOException e) {
            gone(key, guest);
        }
    }

    private void gone(SelectionKey key, Guest guest) throws IOException {
        if (guest.since != 0) {
            longest = Math.max(longest, System.nanoTime() - guest.since);
        }
        key.channel().close();
        dropped.countDown();
    }

    private void drip() throws IOException {
        long now = System.nanoTime();
        for (var key : new ArrayList<>(selector.keys())) {
            var guest = (Guest) key.attachment();
            if (key.isValid() && guest.drips && guest.since != 0 && now >= guest.due) {
                guest.due += SECOND;
                try {
                    ((SocketChannel) key.channel())
                            .write(ByteBuffer.wrap(BEGINNING, guest.said++ % BEGINNING.length, 1));
                } catch (IOException e) {
                    gone(key, guest);
                }
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        thread.join();
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
