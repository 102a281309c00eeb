package net.shoal.discovery.dht.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.node.PeerHunt;
import net.shoal.discovery.dht.table.Ids;

/** What announcing and looking up costs in a {@link SimDht}, and how often it succeeds. */
final class Figures {
    private static final int PEER_PORT = 51_413;

    final List<Integer> hops = new ArrayList<>();
    final List<Integer> messages = new ArrayList<>();
    final List<Integer> firstPeers = new ArrayList<>();
    final List<Integer> kept = new ArrayList<>();
    int tried;
    int found;

    /** One node announces a key of its own, another looks it up. */
    void announceAndFind(SimDht net) {
        var announcer = net.anyHonest();
        var seeker = net.anyHonest();
        var key = Ids.random(new java.util.Random(net.random.nextLong()));
        announce(net, announcer, key);
        if (announcer.isGone() || seeker.isGone()) {
            return;
        }
        tried++;
        found += find(net, seeker, key, announcer.address.withPort(PEER_PORT)) ? 1 : 0;
    }

    private void announce(SimDht net, SimNode who, Sha1Hash key) {
        var done = new boolean[1];
        who.node.peers(Family.V4, key, false, new PeerHunt() {
            @Override
            public void found(List<Endpoint> peers) {}

            @Override
            public void done(Lookup walk) {
                who.node.announce(walk, PEER_PORT, false, tally -> {
                    kept.add(tally.taken());
                    done[0] = true;
                });
            }
        });
        who.rearm();
        net.runWhile(() -> !done[0] && !who.isGone());
    }

    private boolean find(SimDht net, SimNode who, Sha1Hash key, Endpoint wanted) {
        var done = new boolean[1];
        var first = new long[] {-1};
        long start = net.now;
        var walk = who.node.peers(Family.V4, key, false, new PeerHunt() {
            @Override
            public void found(List<Endpoint> peers) {
                if (first[0] < 0 && peers.contains(wanted)) {
                    first[0] = net.now - start;
                }
            }

            @Override
            public void done(Lookup lookup) {
                done[0] = true;
                var closest = lookup.closest(1, true);
                if (!closest.isEmpty()) {
                    hops.add(closest.get(0).hops + 1);
                }
            }
        });
        who.rearm();
        net.runWhile(() -> !done[0] && !who.isGone());
        messages.add(walk.asked());
        if (first[0] >= 0) {
            firstPeers.add((int) first[0]);
        }
        return first[0] >= 0;
    }

    double foundShare() {
        return (double) found / tried;
    }

    static int percentile(List<Integer> of, int percent) {
        var sorted = new ArrayList<>(of);
        Collections.sort(sorted);
        return sorted.isEmpty() ? -1 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    static final String HEAD =
            "   nodes  hostile | hops p50 p95 | messages p50 p95 | first peers p50 p95 ms | kept by p50 |   found | a node: messages/s bytes/s";

    String row(SimDht net, double messagesPerNode, double bytesPerNode) {
        return String.format(
                Locale.ROOT,
                "%8d   %4.0f %% |      %3d %3d |          %3d %3d |            %6d %6d |         %3d | %5.1f %% |        %10.2f %7.0f",
                net.shape.nodes(),
                100 * net.shape.hostile(),
                percentile(hops, 50),
                percentile(hops, 95),
                percentile(messages, 50),
                percentile(messages, 95),
                percentile(firstPeers, 50),
                percentile(firstPeers, 95),
                percentile(kept, 50),
                100 * foundShare(),
                messagesPerNode,
                bytesPerNode);
    }
}
