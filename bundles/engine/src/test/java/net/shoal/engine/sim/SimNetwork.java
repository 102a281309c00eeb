package net.shoal.engine.sim;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import net.shoal.engine.swarm.Dialer;

/** Who can be reached, the links between them, and what went over these. */
final class SimNetwork {
    private final Timeline time;
    private final Map<PeerAddress, SimHost> hosts = new LinkedHashMap<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Map<List<SimHost>, Long> blocks = new LinkedHashMap<>();
    private final Map<List<SimHost>, Integer> bad = new LinkedHashMap<>();
    private TestContent content;
    private final Set<Set<SimHost>> forbidden = new HashSet<>();
    private int addresses;
    private int leafRequests;
    private Faults faults = new Faults(0);

    private record Connection(SimHost one, SimHost two, SimLink link) {}

    SimNetwork(Timeline time) {
        this.time = time;
    }

    /** What is to be sent. */
    void carries(TestContent content) {
        this.content = content;
    }

    /** Of hosts to come. */
    void faults(Faults now) {
        faults = now;
        time.tolerant();
    }

    Faults faults() {
        return faults;
    }

    PeerAddress nextAddress() {
        int number = ++addresses;
        try {
            var host = InetAddress.getByAddress(new byte[] {10, 77, (byte) (number >> 8), (byte) number});
            return PeerAddress.ip(host, 6881);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(SimHost host) {
        hosts.put(host.address(), host);
    }

    List<PeerAddress> addresses() {
        return List.copyOf(hosts.keySet());
    }

    /** The host is gone from one moment to the next. */
    void remove(SimHost host) {
        hosts.remove(host.address());
        for (var connection : List.copyOf(connections)) {
            if (connection.one == host || connection.two == host) {
                connection.link.cut();
            }
        }
        connections.removeIf(connection -> connection.link.isClosed());
    }

    Dialer dialerOf(SimHost from) {
        return (address, ours, result) -> dial(from, address, ours, result);
    }

    /** One round trip to connect, one for the handshakes. */
    private void dial(SimHost from, PeerAddress address, Handshake ours, Dialer.Result result) {
        var to = hosts.get(address);
        if (faults.isNext("a dial")) {
            time.execute(() -> result.onFailed("injected"));
            return;
        }
        long oneWay = from.line().latency().toNanos()
                + (to == null ? 0 : to.line().latency().toNanos());
        time.schedule(3 * oneWay + 1, () -> {
            if (to == null
                    || hosts.get(address) != to
                    || hosts.get(from.address()) != from
                    || forbidden.contains(Set.of(from, to))) {
                time.execute(() -> result.onFailed("nobody is there"));
                return;
            }
            if (!to.wants(from.address(), ours)) {
                time.schedule(oneWay, () -> result.onFailed("not wanted"));
                return;
            }
            connect(from, to, ours, oneWay, result);
        });
    }

    private void connect(SimHost from, SimHost to, Handshake ours, long oneWay, Dialer.Result result) {
        var answer = to.answer(ours);
        var here = new SimLink(
                time, from.line(), to.address(), false, (message, taken) -> note(to, from, message, taken), faults);
        var there = new SimLink(
                time, to.line(), from.address(), true, (message, taken) -> note(from, to, message, taken), faults);
        SimLink.join(here, there);
        connections.add(new Connection(from, to, here));
        to.accept(there, ours);
        time.schedule(oneWay, () -> result.onConnected(here, answer));
    }

    private void note(SimHost from, SimHost to, Message message, boolean taken) {
        long detail = message.hashCode();
        if (message instanceof Message.Piece block) {
            blocks.merge(List.of(from, to), (long) block.data().remaining(), Long::sum);
            if (taken && !content.holds(block)) {
                bad.merge(List.of(from, to), 1, Integer::sum);
            }
            detail = (long) block.piece() << 32 | block.offset();
        }
        if (message instanceof Message.HashRequest request && request.baseLayer() == 0) {
            leafRequests++;
        }
        time.note(
                message.getClass().getSimpleName().hashCode(),
                (long) from.address().hashCode() << 32 | to.address().hashCode(),
                detail);
    }

    /** Payload that came from one to another. */
    long bytes(SimHost from, SimHost to) {
        return blocks.getOrDefault(List.of(from, to), 0L);
    }

    /** Blocks that one took of another and that were not what they should be. */
    int badBlocks(SimHost from, SimHost to) {
        return bad.getOrDefault(List.of(from, to), 0);
    }

    /** How often somebody was asked for the hashes of the blocks of a piece. */
    int leafRequests() {
        return leafRequests;
    }

    long bytesTo(SimHost to) {
        return sum(null, to);
    }

    long bytesFrom(SimHost from) {
        return sum(from, null);
    }

    private long sum(SimHost from, SimHost to) {
        return blocks.entrySet().stream()
                .filter(entry -> from == null || entry.getKey().get(0) == from)
                .filter(entry -> to == null || entry.getKey().get(1) == to)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** As many as have been made so far, but for those that were cut. */
    int connections() {
        return connections.size();
    }

    void permit(SimHost one, SimHost two) {
        forbidden.remove(Set.of(one, two));
    }

    /** These two cannot reach each other. */
    void forbid(SimHost one, SimHost two) {
        forbidden.add(Set.of(one, two));
    }

    /** The connection between two goes dead, and neither hears of it. */
    void mute(SimHost one, SimHost two) {
        for (var connection : connections) {
            if ((connection.one == one && connection.two == two) || (connection.one == two && connection.two == one)) {
                connection.link.mute();
            }
        }
    }

    /** Cuts the connection between two, if there is one. */
    void cut(SimHost one, SimHost two) {
        for (var connection : connections) {
            if ((connection.one == one && connection.two == two) || (connection.one == two && connection.two == one)) {
                connection.link.cut();
            }
        }
        connections.removeIf(connection -> connection.link.isClosed());
    }
}
