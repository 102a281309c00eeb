package net.shoal.itests.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.base.wire.Handshake;

/**
 * Peers that have nothing to give and nothing to say. Half of those that can be dialled shake hands, the others never do; and those that dial
 * a node do not say who they are either, and come again when they are sent away. Served by one thread.
 */
final class SilentPeers implements AutoCloseable {
    private static final long COME_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TICK_MILLIS = 100;
    private static final String GREETED = "greeted";
    /** The first byte of a plain handshake (BEP 3). */
    private static final byte PROTOCOL_LENGTH = 19;

    private final Selector selector = Selector.open();
    private final List<String> addresses = new ArrayList<>();
    private final Queue<Call> calls = new ArrayDeque<>();
    private final AtomicInteger dialled = new AtomicInteger();
    private final AtomicInteger greeted = new AtomicInteger();
    private final AtomicInteger called = new AtomicInteger();
    private final Thread thread = new Thread(this::serve, "silent peers");
    private volatile boolean closed;

    /** @param doors how many can be dialled, each at an address of its own in 127.0.1.0/24 */
    SilentPeers(int doors) throws IOException {
        for (int i = 0; i < doors; i++) {
            var door = ServerSocketChannel.open();
            door.bind(new InetSocketAddress(host(1, i), 0));
            door.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT, i % 2 == 0);
            addresses.add(
                    ((InetSocketAddress) door.getLocalAddress()).getAddress().getHostAddress() + ":"
                            + door.socket().getLocalPort());
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** One that dials. */
    private record Call(InetAddress from, InetSocketAddress to, long due) {}

    /** {@code HOST:PORT} of those that can be dialled. */
    List<String> addresses() {
        return addresses;
    }

    /** How often they were. */
    int dialled() {
        return dialled.get();
    }

    /** To how many the node has a connection, after a handshake. */
    int greeted() {
        return greeted.get();
    }

    /** How often they dialled. */
    int called() {
        return called.get();
    }

    /** So many dial this node, each from an address of its own in 127.0.2.0/24, and go on until they are closed. */
    void call(String node, int callers) throws IOException {
        int colon = node.lastIndexOf(':');
        var to = new InetSocketAddress(node.substring(0, colon), Integer.parseInt(node.substring(colon + 1)));
        synchronized (calls) {
            for (int i = 0; i < callers; i++) {
                calls.add(new Call(host(2, i), to, System.nanoTime()));
            }
        }
        selector.wakeup();
    }

    private static InetAddress host(int net, int number) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, (byte) net, (byte) (1 + number)});
    }

    private void serve() {
        try {
            while (!closed) {
                callThoseDue();
                selector.select(TICK_MILLIS);
                for (var key : selector.selectedKeys()) {
                    serve(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.channel() instanceof ServerSocketChannel door) {
            var channel = door.accept();
            if (channel != null) {
                dialled.incrementAndGet();
                channel.configureBlocking(false)
                        .register(selector, SelectionKey.OP_READ, Boolean.TRUE.equals(key.attachment()));
            }
        } else if (key.channel() instanceof SocketChannel channel) {
            talk(key, channel);
        }
    }

    private void talk(SelectionKey key, SocketChannel channel) {
        var bytes = ByteBuffer.allocate(4096);
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                called.incrementAndGet();
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            if (channel.read(bytes) < 0) {
                hangUp(key, channel);
            } else if (Boolean.TRUE.equals(key.attachment())) {
                answer(key, channel, bytes.flip());
            }
        } catch (IOException e) {
            hangUp(key, channel);
        }
    }

    /** With what it was sent, but for the end of the peer id, which is to be its own: whoever dials knows what it wants. */
    private void answer(SelectionKey key, SocketChannel channel, ByteBuffer theirs) throws IOException {
        if (theirs.remaining() >= Handshake.LENGTH && theirs.get(0) == PROTOCOL_LENGTH) {
            theirs.limit(Handshake.LENGTH);
            var host =
                    ((InetSocketAddress) channel.getLocalAddress()).getAddress().getAddress();
            theirs.put(Handshake.LENGTH - host.length, host);
            channel.write(theirs);
            key.attach(GREETED);
            greeted.incrementAndGet();
        }
    }

    private void hangUp(SelectionKey key, SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone in any case
        }
        if (GREETED.equals(key.attachment())) {
            greeted.decrementAndGet();
        } else if (key.attachment() instanceof Call call) {
            synchronized (calls) {
                calls.add(new Call(call.from(), call.to(), System.nanoTime() + COME_AGAIN_NANOS));
            }
        }
    }

    private void callThoseDue() throws IOException {
        synchronized (calls) {
            for (var call = calls.peek(); call != null && call.due() - System.nanoTime() <= 0; call = calls.peek()) {
                calls.remove();
                var channel = SocketChannel.open();
                channel.bind(new InetSocketAddress(call.from(), 0)).configureBlocking(false);
                channel.connect(call.to());
                channel.register(selector, SelectionKey.OP_CONNECT, call);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
