package net.shoal.discovery.dht;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;

/** One transfer in the DHT: each of its infohashes in each network. What outsiders call is posted to the loop; what they see is a snapshot. */
final class DhtSession implements DiscoverySession {
    private final DhtLoop loop;
    private final Swarms swarms;
    private final HourlyItems hourly;
    private final List<Sha1Hash> hashes;
    private final PeerSink sink;
    private final List<Swarm> own = new ArrayList<>();
    private boolean isAdded;
    private boolean isClosed;
    private volatile List<DiscoveryStatus> status =
            List.of(new DiscoveryStatus(DhtDiscovery.NAME, "", "waits for its turn", Optional.empty()));

    DhtSession(DhtLoop loop, Swarms swarms, HourlyItems hourly, Wanted wanted, PeerSink sink) {
        this.loop = loop;
        this.swarms = swarms;
        this.hourly = hourly;
        this.hashes = wanted.hashes().wireForms();
        this.sink = sink;
        for (var hash : wanted.hashes().wireForms()) {
            for (var family : Family.values()) {
                own.add(new Swarm(hash, family, wanted.port(), this::found));
            }
        }
    }

    private void found(List<Endpoint> peers) {
        Collection<PeerAddress> addresses =
                peers.stream().map(peer -> PeerAddress.ip(peer.inet())).toList();
        sink.found(addresses);
    }

    @Override
    public void update(Progress progress) {
        loop.execute(() -> {
            if (isClosed) {
                return;
            }
            boolean looks = progress.left() > 0 && progress.wantsPeers() > 0;
            own.forEach(swarm -> swarm.update(progress.isSeed(), looks, loop.now()));
            if (!isAdded) {
                isAdded = true;
                own.forEach(swarms::add);
                hashes.forEach(hash -> hourly.atWork(hash, true));
                swarms.tick();
            }
            var all = own.stream()
                    .flatMap(swarm -> swarm.status(loop.now()).stream())
                    .collect(Collectors.toCollection(ArrayList::new));
            if (all.isEmpty()) {
                all.add(waiting());
            }
            hashes.forEach(hash -> hourly.status(hash, loop.now()).ifPresent(all::add));
            status = List.copyOf(all);
        });
    }

    private DiscoveryStatus waiting() {
        boolean knowsAny = loop.node().view().networks().stream().anyMatch(network -> network.usable() > 0);
        return new DiscoveryStatus(
                DhtDiscovery.NAME,
                "",
                knowsAny ? "waits for its turn" : "no node of the DHT is known yet",
                Optional.empty());
    }

    @Override
    public List<DiscoveryStatus> status() {
        return status;
    }

    /** There is no good-bye in the DHT: nodes forget an announce by themselves. */
    @Override
    public void close() {
        loop.execute(() -> {
            if (isAdded && !isClosed) {
                hashes.forEach(hash -> hourly.atWork(hash, false));
            }
            isClosed = true;
            own.forEach(swarms::remove);
        });
    }
}
