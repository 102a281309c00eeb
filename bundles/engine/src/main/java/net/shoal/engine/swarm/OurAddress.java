package net.shoal.engine.swarm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Where peers see us ({@code yourip} of BEP 10): what most of their hosts say. A hint; nothing depends on it being true. */
final class OurAddress {
    private static final int MAX_VOTES = 64;

    private final IntSupplier port;
    /** What each host said last. */
    private final Map<InetAddress, InetAddress> votes = new LinkedHashMap<>();

    private @Nullable InetAddress v4;
    private @Nullable InetAddress v6;

    OurAddress(IntSupplier port) {
        this.port = port;
    }

    /** @return true if we now take another address for ours */
    boolean told(InetAddress by, InetAddress ours) {
        if (ours.isAnyLocalAddress()
                || ours.isMulticastAddress()
                || ours.isLoopbackAddress() != by.isLoopbackAddress()) {
            return false;
        }
        if (votes.size() < MAX_VOTES || votes.containsKey(by)) {
            votes.put(by, ours);
        }
        boolean isV4 = ours.getAddress().length == 4;
        var before = isV4 ? v4 : v6;
        var now = mostNamed(ours.getAddress().length);
        if (isV4) {
            v4 = now;
        } else {
            v6 = now;
        }
        return now != null && !now.equals(before);
    }

    private @Nullable InetAddress mostNamed(int length) {
        var counts = new LinkedHashMap<InetAddress, Integer>();
        votes.values().stream()
                .filter(address -> address.getAddress().length == length)
                .forEach(address -> counts.merge(address, 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Of the kind that {@code peer} is, with our port; unspecified while nobody has told. */
    InetSocketAddress towards(InetAddress peer) {
        var known = peer.getAddress().length == 4 ? v4 : v6;
        return known == null ? PeerPriority.unknown(peer) : new InetSocketAddress(known, port.getAsInt());
    }

    boolean is(InetSocketAddress address) {
        return address.getPort() == port.getAsInt()
                && (address.getAddress().equals(v4) || address.getAddress().equals(v6));
    }
}
