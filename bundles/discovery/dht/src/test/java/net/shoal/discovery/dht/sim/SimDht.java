package net.shoal.discovery.dht.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import net.shoal.discovery.dht.krpc.Endpoint;

/**
 * Many nodes on virtual time: delays with a median of 90 ms there and back, 1 of 100 datagrams lost, some nodes behind NATs that let through only what was
 * asked for in the last minute, nodes that leave and others that come.
 */
final class SimDht {
    static final int PORT = 6881;
    static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;

    private static final double LOSS = 0.01;
    private static final long CHORE = 15 * MINUTE;
    static final long NAT = 60 * SECOND;

    /** What kind of network it is. */
    record Shape(int nodes, double reachable, double hostile, long meanSession, long seed) {}

    final SplittableRandom random;
    final Shape shape;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Endpoint, SimNode> byAddress = new HashMap<>();
    final List<SimNode> alive = new ArrayList<>();
    private final List<SimNode> entries = new ArrayList<>();
    long now;
    private long order;
    long datagrams;
    long bytes;

    private record Event(long at, long order, SimNode node, Endpoint from, ByteBuffer datagram, Runnable task)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    SimDht(Shape shape) {
        this.shape = shape;
        this.random = new SplittableRandom(shape.seed());
    }

    /** All have come after {@code millis}. */
    void populate(long millis) {
        for (int i = 0; i < shape.nodes(); i++) {
            boolean isEntry = i < 8;
            at(isEntry ? 0 : millis * i / shape.nodes(), () -> join(isEntry));
        }
        run(millis);
    }

    private void join(boolean stays) {
        boolean isHostile = !stays && random.nextDouble() < shape.hostile();
        boolean isReachable = stays || isHostile || random.nextDouble() < shape.reachable();
        var node = new SimNode(this, freeAddress(), isReachable, isHostile);
        byAddress.put(node.address, node);
        alive.add(node);
        if (stays) {
            entries.add(node);
        } else if (shape.meanSession() < Long.MAX_VALUE) {
            at(now + (long) (-Math.log(1 - random.nextDouble()) * shape.meanSession()), () -> replace(node));
        }
        node.start(some(entries, 4));
        at(now + random.nextLong(CHORE), () -> chore(node));
    }

    /** Nodes of one /24, as many an address as it takes, that lie and stay. */
    void invade(int nodes, int block) {
        for (int i = 0; i < nodes; i++) {
            var node = new SimNode(this, Endpoint.v4(block << 8 | 1 + i % 254, 1_000 + i), true, true);
            byAddress.put(node.address, node);
            alive.add(node);
            at(now + random.nextLong(5 * MINUTE), () -> {
                node.start(some(entries, 4));
                chore(node);
            });
        }
    }

    /** As any node of somebody who shares something. */
    private void chore(SimNode node) {
        if (!node.isGone()) {
            node.lookForAnything();
            at(now + CHORE, () -> chore(node));
        }
    }

    private void replace(SimNode gone) {
        gone.leave();
        byAddress.remove(gone.address);
        alive.remove(gone);
        join(false);
    }

    private List<Endpoint> some(List<SimNode> from, int count) {
        var chosen = new ArrayList<Endpoint>();
        for (int i = 0; i < count; i++) {
            chosen.add(from.get(random.nextInt(from.size())).address);
        }
        return chosen;
    }

    /** A /24 of its own. */
    private Endpoint freeAddress() {
        while (true) {
            int block = random.nextInt(11 << 16, 100 << 16);
            var endpoint = Endpoint.v4(block << 8 | 1 + random.nextInt(254), PORT);
            if (!endpoint.isLocal() && endpoint.leadsSomewhere() && !byAddress.containsKey(endpoint)) {
                return endpoint;
            }
        }
    }

    SimNode any() {
        return alive.get(random.nextInt(alive.size()));
    }

    SimNode anyHonest() {
        var node = any();
        while (node.isHostile) {
            node = any();
        }
        return node;
    }

    void at(long time, Runnable task) {
        events.add(new Event(time, order++, null, null, null, task));
    }

    void wake(SimNode node, long time) {
        events.add(new Event(time, order++, node, null, null, null));
    }

    void send(SimNode from, Endpoint to, byte[] datagram) {
        datagrams++;
        bytes += datagram.length;
        var receiver = byAddress.get(to);
        if (receiver != null && random.nextDouble() >= LOSS) {
            long delay = Math.round((from.delay + receiver.delay) / 2 * (0.9 + 0.3 * random.nextDouble()));
            events.add(new Event(now + delay, order++, receiver, from.address, ByteBuffer.wrap(datagram), null));
        }
    }

    boolean passes(SimNode to, Endpoint from) {
        return to.isReachable || now - to.sentTo.getOrDefault(from, -NAT) < NAT;
    }

    void run(long until) {
        for (var event = events.peek(); event != null && event.at() <= until; event = events.peek()) {
            events.remove();
            now = event.at();
            if (event.task() != null) {
                event.task().run();
            } else if (event.datagram() == null) {
                event.node().woken(event.at());
            } else if (passes(event.node(), event.from())) {
                event.node().receive(event.from(), event.datagram());
            }
        }
        now = until;
    }

    void runWhile(java.util.function.BooleanSupplier condition) {
        while (condition.getAsBoolean() && !events.isEmpty()) {
            run(Math.max(now, events.peek().at()));
        }
    }
}
