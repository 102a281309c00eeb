package net.shoal.itests.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line between whoever dials it and one peer, on loopback: what is sent takes so long to arrive, and no more than so many bytes a second do.
 * Nothing is lost, and it takes in whatever it is given, so what is in it at once is what the two ends have let out.
 */
final class SlowLine implements AutoCloseable {
    private static final int PACKET = 16 * 1024;

    private final InetSocketAddress peer;
    private final long delayNanos;
    private final long bytesPerSecond;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicLong within = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    /** @param delayMillis each way */
    SlowLine(String peer, long delayMillis, long bytesPerSecond) throws IOException {
        int colon = peer.lastIndexOf(':');
        this.peer = new InetSocketAddress(
                InetAddress.getByName(peer.substring(0, colon)), Integer.parseInt(peer.substring(colon + 1)));
        this.delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        this.bytesPerSecond = bytesPerSecond;
        run("slow line", this::accept);
    }

    /** {@code HOST:PORT} to dial. */
    String address() {
        return door.getInetAddress().getHostAddress() + ":" + door.getLocalPort();
    }

    /** Bytes from the peer that were under way at once. */
    long mostUnderWay() {
        return most.get();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void run(String name, Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one of the ends, or the line, is closed
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            var near = door.accept();
            var far = new Socket(peer.getAddress(), peer.getPort());
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            carry(near, far, new AtomicLong());
            carry(far, near, within);
        }
    }

    /** The last one is empty. */
    private record Packet(ByteBuffer bytes, long due) {
        int length() {
            return bytes.remaining();
        }
    }

    private void carry(Socket from, Socket to, AtomicLong inside) {
        var line = new LinkedBlockingQueue<Packet>();
        run("slow line, in", () -> {
            try (from) {
                for (int length = 0; length >= 0; ) {
                    var bytes = new byte[PACKET];
                    length = from.getInputStream().read(bytes);
                    long now = inside.addAndGet(Math.max(0, length));
                    most.accumulateAndGet(inside == within ? now : 0, Math::max);
                    line.add(
                            new Packet(ByteBuffer.wrap(bytes, 0, Math.max(0, length)), System.nanoTime() + delayNanos));
                }
            }
        });
        run("slow line, out", () -> {
            try (to;
                    var out = Channels.newChannel(to.getOutputStream())) {
                long free = System.nanoTime();
                for (var packet = line.take(); packet.length() > 0; packet = line.take()) {
                    free = Math.max(free, System.nanoTime()) + packet.length() * 1_000_000_000L / bytesPerSecond;
                    TimeUnit.NANOSECONDS.sleep(Math.max(packet.due, free) - System.nanoTime());
                    int length = packet.length();
                    out.write(packet.bytes);
                    inside.addAndGet(-length);
                }
            }
        });
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
