package net.shoal.net;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.MulticastGroup;
import net.shoal.api.net.MulticastHandler;
import net.shoal.api.net.MulticastPlace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group and its sockets. Moves on the thread of multicast; sends on any, its handler is called on the loop. */
final class JoinedGroup implements MulticastGroup {
    /** Datagrams that wait for the loop. */
    static final int MOST_WAITING = 200;

    private static final Logger LOG = LoggerFactory.getLogger(JoinedGroup.class);

    private final GroupAddress address;
    private final MulticastHandler handler;
    private final EventLoop loop;
    private final Runnable onClose;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Map<MulticastPlace, MulticastSocket> sockets = Map.of();
    private volatile boolean isClosed;

    JoinedGroup(GroupAddress address, MulticastHandler handler, EventLoop loop, Runnable onClose) {
        this.address = address;
        this.handler = handler;
        this.loop = loop;
        this.onClose = onClose;
    }

    /**
     * Joins where it has not, and leaves what is no more.
     *
     * @return false if something could not be joined
     */
    boolean moveTo(List<MulticastPlace> places, MulticastThread thread) {
        var now = new LinkedHashMap<MulticastPlace, MulticastSocket>();
        var before = sockets;
        boolean isWhole = true;
        for (var place : isClosed ? List.<MulticastPlace>of() : places) {
            var open = before.get(place);
            try {
                now.put(place, open != null ? open : open(place, thread));
            } catch (IOException | RuntimeException e) {
                LOG.debug("Cannot join {} at {}: {}", address.v4(), place, e.toString());
                isWhole = false;
            }
        }
        sockets = now;
        before.forEach((place, socket) -> {
            if (!now.containsKey(place)) {
                socket.close();
            }
        });
        if (!now.keySet().equals(before.keySet())) {
            tell();
        }
        return isWhole;
    }

    private MulticastSocket open(MulticastPlace place, MulticastThread thread) throws IOException {
        var socket = MulticastSocket.open(place, address);
        try {
            thread.read(socket, (sender, datagram) -> take(place, sender, datagram));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private void take(MulticastPlace place, InetSocketAddress sender, ByteBuffer datagram) {
        int length = datagram.remaining();
        if (length > address.maxLength() || waiting.get() >= MOST_WAITING) {
            return;
        }
        var copy = ByteBuffer.allocate(length).put(datagram).flip();
        waiting.incrementAndGet();
        post(() -> {
            waiting.decrementAndGet();
            handler.received(place, sender, copy);
        });
    }

    /** The handler hears where the group is joined. */
    void tell() {
        post(() -> handler.placesChanged(places()));
    }

    private void post(Runnable call) {
        try {
            loop.execute(() -> {
                try {
                    if (!isClosed) {
                        call.run();
                    }
                } catch (RuntimeException e) {
                    LOG.error("{} failed", handler.getClass().getName(), e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The event loop is closed");
        }
    }

    @Override
    public List<MulticastPlace> places() {
        return List.copyOf(sockets.keySet());
    }

    @Override
    public void send(MulticastPlace from, ByteBuffer datagram) {
        var socket = sockets.get(from);
        if (socket != null) {
            socket.send(datagram);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        onClose.run();
    }
}
