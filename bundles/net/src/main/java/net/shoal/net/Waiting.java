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
    static final int MOST_OF_ADDRESS = 50;

    private final Map<Channel, Optional<InetAddress>> channels = new LinkedHashMap<>();

    void add(Channel channel, Optional<InetAddress> address) {
        var dropped = new ArrayList<Channel>();
        synchronized (this) {
            oldestBeyond(
                            MOST_OF_ADDRESS,
                            channels.entrySet().stream()
                                    .filter(entry -> address.isPresent()
                                            && entry.getValue().equals(address))
                                    .map(Map.Entry::getKey)
                                    .toList())
                    .ifPresent(dropped::add);
            if (dropped.isEmpty()) {
                oldestBeyond(MOST, List.copyOf(channels.keySet())).ifPresent(dropped::add);
            }
            dropped.forEach(channels::remove);
            channels.put(channel, address);
        }
        channel.closeFuture().addListener(closed -> remove(channel));
        dropped.forEach(Channel::close);
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
