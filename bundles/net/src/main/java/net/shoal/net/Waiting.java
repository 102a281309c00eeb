package net.shoal.net;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inbound channels whose handshake has not been read yet, oldest first. An honest peer is through in a round trip, so where there are
 * too many the oldest is the one to drop: first of the same address, then of all. Safe for use from any thread.
 */
final class Waiting {
    static final int MOST = 200;
    private static final int FEWEST = 8;
    /** Strangers get no more of what this process may have open. */
    private static final int SHARE_OF_DESCRIPTORS = 8;
    /** One address gets no more of what there is. */
    private static final int SHARE_OF_ADDRESS = 4;

    private final int most;
    private final Map<Channel, Optional<InetAddress>> channels = new LinkedHashMap<>();
    /** Dropped, but not closed yet by their loops: until then they take descriptors. */
    private int leaving;

    private Waiting(int most) {
        this.most = most;
    }

    /** @param descriptors how many files and sockets this process may have open */
    static Waiting within(long descriptors) {
        return new Waiting((int) Math.max(FEWEST, Math.min(MOST, descriptors / SHARE_OF_DESCRIPTORS)));
    }

    int most() {
        return most;
    }

    int mostOfAddress() {
        return most / SHARE_OF_ADDRESS;
    }

    /** On its loop. While those that were dropped are still open the newcomer is closed instead. */
    void add(Channel channel, Optional<InetAddress> address) {
        var dropped = new ArrayList<Channel>();
        synchronized (this) {
            if (leaving >= mostOfAddress()) {
                channel.close(); // at once: we are on its loop
                return;
            }
            oldestBeyond(
                            mostOfAddress(),
                            channels.entrySet().stream()
                                    .filter(entry -> address.isPresent()
                                            && entry.getValue().equals(address))
                                    .map(Map.Entry::getKey)
                                    .toList())
                    .ifPresent(dropped::add);
            if (dropped.isEmpty()) {
                oldestBeyond(most, List.copyOf(channels.keySet())).ifPresent(dropped::add);
            }
            dropped.forEach(channels::remove);
            leaving += dropped.size();
            channels.put(channel, address);
        }
        channel.closeFuture().addListener(closed -> remove(channel));
        dropped.forEach(oldest -> oldest.close().addListener(closed -> hasLeft()));
    }

    private synchronized void hasLeft() {
        leaving--;
    }

    synchronized void remove(Channel channel) {
        channels.remove(channel);
    }

    synchronized int size() {
        return channels.size();
    }

    void closeAll() {
        List<Channel> all;
        synchronized (this) {
            all = List.copyOf(channels.keySet());
        }
        all.forEach(Channel::close);
    }

    private static Optional<Channel> oldestBeyond(int most, List<Channel> oldestFirst) {
        return oldestFirst.size() < most ? Optional.empty() : Optional.of(oldestFirst.get(0));
    }
}
