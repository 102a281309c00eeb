package net.shoal.discovery.lsd;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.Discovery;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.conformance.DiscoveryConformance;

/**
 * The world is a network where every peer is in every swarm that anybody announces, and says so ten times a second. Time passes ten times
 * as fast.
 */
class LsdConformanceTest extends DiscoveryConformance {
    private final FakeMulticast network = new FakeMulticast();
    private final Queue<PeerAddress> peers = new ConcurrentLinkedQueue<>();
    private ScheduledFuture<?> chatter;

    @Override
    protected Discovery discovery() {
        var discovery = new LsdDiscovery(network, true, () -> 10 * TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        discovery.open();
        chatter = network.loop.scheduleAtFixedRate(this::speak, 100, 100, TimeUnit.MILLISECONDS);
        return discovery;
    }

    private void speak() {
        for (var said : network.said) {
            for (var peer : peers) {
                var inet = peer.inet().orElseThrow();
                network.deliver(
                        inet.getAddress().getHostAddress(),
                        new LsdMessage(inet.getPort(), said.message().infoHashes(), "world"));
            }
        }
    }

    @Override
    protected void end(Discovery discovery) {
        chatter.cancel(false);
        ((LsdDiscovery) discovery).close();
        network.close();
    }

    @Override
    protected void putPeer(PeerAddress peer) {
        peers.add(peer);
    }

    @Override
    protected int questionsAbout(InfoHashes swarm) {
        return (int) network.said.stream()
                .filter(said -> said.message().infoHashes().stream().anyMatch(List.copyOf(swarm.wireForms())::contains))
                .count();
    }

    @Override
    protected void fallSilent() {
        chatter.cancel(false);
    }
}
