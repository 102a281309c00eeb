package net.shoal.discovery.dht.sim;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.krpc.KrpcMessage;
import net.shoal.discovery.dht.krpc.KrpcReader;
import net.shoal.discovery.dht.krpc.KrpcWriter;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.NodeSettings;
import net.shoal.discovery.dht.node.PeerHunt;
import net.shoal.discovery.dht.table.Ids;

/** One node of a {@link SimDht}. A hostile one keeps its table like others, so as to be known, and answers with lies. */
final class SimNode {
    private static final int MANY = 256;

    final Endpoint address;
    final boolean isReachable;
    final boolean isHostile;
    /** Half of what a datagram needs from or to it. */
    final double delay;

    final Map<Endpoint, Long> sentTo = new HashMap<>();
    final DhtNode node;
    private final SimDht net;
    private long waking = Long.MAX_VALUE;
    private boolean isGone;
    private Meter meter = Runnable::run;

    SimNode(SimDht net, Endpoint address, boolean isReachable, boolean isHostile) {
        this.net = net;
        this.address = address;
        this.isReachable = isReachable;
        this.isHostile = isHostile;
        this.delay = 40 * Math.exp(0.6 * gauss());
        var settings = new NodeSettings(Set.of(Family.V4), endpoint -> true, 40, 20_000, false);
        this.node = new DhtNode(settings, new Random(net.random.nextLong()), this::send, net.now);
    }

    private double gauss() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += net.random.nextDouble();
        }
        return sum;
    }

    void start(List<Endpoint> routers) {
        node.routers(routers);
        node.start();
        rearm();
    }

    /** Runs all that the node does. */
    interface Meter {
        void run(Runnable task);
    }

    void meter(Meter now) {
        meter = now;
    }

    void leave() {
        isGone = true;
    }

    boolean isGone() {
        return isGone;
    }

    private void send(Endpoint to, byte[] datagram) {
        if (isGone) {
            return;
        }
        if (!isReachable) {
            sentTo.put(to, net.now);
            if (sentTo.size() > MANY) {
                sentTo.values().removeIf(at -> net.now - at >= SimDht.NAT);
            }
        }
        net.send(this, to, datagram);
    }

    void receive(Endpoint from, ByteBuffer datagram) {
        if (isGone || (isHostile && lies(from, datagram))) {
            return;
        }
        meter.run(() -> node.receive(net.now, from, datagram));
        rearm();
    }

    void woken(long at) {
        if (isGone || at != waking) {
            return;
        }
        waking = Long.MAX_VALUE;
        meter.run(() -> node.run(at));
        rearm();
    }

    void lookForAnything() {
        node.peers(Family.V4, Ids.random(net.random), false, new PeerHunt() {
            @Override
            public void found(List<Endpoint> peers) {}

            @Override
            public void done(Lookup walk) {
                node.announce(walk, SimDht.PORT, false, tally -> {});
            }
        });
        rearm();
    }

    /** After it was told something from outside. */
    void rearm() {
        long next = Math.max(net.now, node.next());
        if (next < waking) {
            waking = next;
            net.wake(this, next);
        }
    }

    /** True if it was a question, which is answered with nodes that are not there or lie too, and no peers. */
    private boolean lies(Endpoint from, ByteBuffer datagram) {
        try {
            if (!(KrpcReader.read(datagram.duplicate()) instanceof KrpcMessage.Query query)
                    || query.name().equals("ping")) {
                return false;
            }
            var target = query.arguments().string("info_hash").or(() -> query.arguments()
                    .string("target"));
            var out = new Bencoder()
                    .dict()
                    .text("id")
                    .id(node.view().networks().get(0).id());
            if (target.isPresent() && target.get().length() == Sha1Hash.LENGTH) {
                var nodes = ByteBuffer.allocate(8 * 26);
                for (int i = 0; i < 8; i++) {
                    var other = net.any();
                    boolean isReal = other.isHostile;
                    var id = isReal
                            ? other.node.view().networks().get(0).id()
                            : new Sha1Hash(Sha1Hash.read(target.get().buffer()).high(), net.random.nextLong(), i);
                    id.write(nodes);
                    other.address.write(nodes);
                }
                out.text("nodes").bytes(nodes.array()).text("token").text("lies");
            }
            send(from, KrpcWriter.reply(query.transaction(), out.end(), from, KrpcWriter.MAX_DATAGRAM));
            return true;
        } catch (net.shoal.base.bencode.BencodeException e) {
            return true;
        }
    }
}
