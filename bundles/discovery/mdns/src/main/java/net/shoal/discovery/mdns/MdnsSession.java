package net.shoal.discovery.mdns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import net.shoal.api.net.FoundNode;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.base.model.PeerAddress;

/**
 * Tries the nodes of the local network as peers of one transfer that lacks some. They may have it or not: to one that has not, we are a
 * stranger who asks for something unknown. Each is told of once, and again after a while. Safe for use from any thread.
 */
final class MdnsSession implements DiscoverySession {
    static final long AGAIN = TimeUnit.MINUTES.toMillis(10);
    /** Whoever asks for nothing has nobody to find: those who lack it come to him. */
    private static final int MOST_TOLD = Neighbours.MOST * Neighbours.MOST_ADDRESSES;

    private final Supplier<List<FoundNode>> nodes;
    private final PeerSink sink;
    private final BooleanSupplier mayTell;
    private final LongSupplier clock;
    private final Map<PeerAddress, Long> told = new HashMap<>();
    private int tried;
    private boolean isClosed;

    /** @param mayTell false while enough has been told to all transfers together */
    MdnsSession(Supplier<List<FoundNode>> nodes, PeerSink sink, BooleanSupplier mayTell, LongSupplier clock) {
        this.nodes = nodes;
        this.sink = sink;
        this.mayTell = mayTell;
        this.clock = clock;
    }

    @Override
    public synchronized void update(Progress progress) {
        if (isClosed || progress.left() == 0 || progress.wantsPeers() == 0) {
            return;
        }
        long now = clock.getAsLong();
        for (var node : nodes.get()) {
            var fresh = node.addresses().stream()
                    .filter(address -> now - told.getOrDefault(address, now - AGAIN) >= AGAIN)
                    .toList();
            if (!fresh.isEmpty() && mayTell.getAsBoolean()) {
                if (told.size() >= MOST_TOLD) {
                    told.clear();
                }
                fresh.forEach(address -> told.put(address, now));
                tried++;
                sink.found(fresh);
            }
        }
    }

    @Override
    public synchronized List<DiscoveryStatus> status() {
        int known = nodes.get().size();
        if (known == 0 && tried == 0) {
            return List.of();
        }
        return List.of(new DiscoveryStatus(
                MdnsDiscovery.NAME,
                "local network",
                known + (known == 1 ? " node" : " nodes") + " there, " + tried + " tried as peers",
                Optional.empty()));
    }

    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
