package net.shoal.discovery.mdns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.shoal.api.net.FoundNode;
import net.shoal.api.net.MulticastPlace;

/** One segment on virtual time: what one says all hear, itself too, but for what is lost. */
final class Lan {
    final List<Node> nodes = new ArrayList<>();
    int packets;
    private final Random random;
    private final int lossPercent;
    private long now;

    Lan(long seed, int lossPercent) {
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
    }

    /** Code under test with an address of its own. */
    final class Node {
        final MulticastPlace place;
        final InetAddress address;
        final Responder responder;
        final Neighbours neighbours;
        boolean isGone;

        private Node(String name) {
            address = Lan.address("10.0.0." + (nodes.size() + 1));
            place = new MulticastPlace("eth0", 2, false, List.of(new MulticastPlace.Subnet(address, 24)));
            responder = new Responder(
                    name,
                    "host-" + nodes.size(),
                    List.of("version=1"),
                    random::nextInt,
                    (at, message) -> say(this, message));
            neighbours = new Neighbours(
                    instance -> instance.equals(responder.own().instance()), message -> say(this, message));
        }

        void hear(InetSocketAddress sender, ByteBuffer datagram) {
            var message = DnsReader.read(datagram).orElseThrow();
            responder.received(place, message, now);
            if (message.isResponse()) {
                neighbours.received(place, message, now);
            }
        }

        List<String> knows() {
            return neighbours.nodes().stream().map(FoundNode::name).sorted().toList();
        }

        void leave() {
            responder.farewell();
            isGone = true;
        }
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    Node join(String name) {
        var node = new Node(name);
        nodes.add(node);
        node.responder.moveTo(List.of(node.place), 7_716, now);
        node.neighbours.ask(now);
        return node;
    }

    private void say(Node from, DnsMessage message) {
        packets++;
        for (var node : List.copyOf(nodes)) {
            if (!node.isGone && random.nextInt(100) >= lossPercent) {
                node.hear(new InetSocketAddress(from.address, 5_353), DnsWriter.write(message));
            }
        }
    }

    void pass(long millis) {
        for (long end = now + millis; now < end; now = Math.min(end, Math.max(now + 1, due()))) {
            for (var node : nodes) {
                if (!node.isGone && node.responder.due() <= now) {
                    node.responder.tick(now);
                }
                if (!node.isGone && node.neighbours.due() <= now) {
                    node.neighbours.tick(now);
                }
            }
        }
    }

    private long due() {
        return nodes.stream()
                .filter(node -> !node.isGone)
                .mapToLong(node -> Math.min(node.responder.due(), node.neighbours.due()))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
