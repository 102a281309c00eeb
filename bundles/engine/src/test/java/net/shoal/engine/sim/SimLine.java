package net.shoal.engine.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** A host's line to the network: so many bytes a second each way, shared by its links in turn. */
final class SimLine {
    /** What a link sends before it is the next one's turn. */
    private static final int TURN = 16 * 1024;

    private final Timeline time;
    private final long upRate;
    private final long downRate;
    private final Duration latency;
    private final ArrayDeque<SimLink> waiting = new ArrayDeque<>();
    private boolean busy;
    private long downFreeAt;

    /** @param latency from here to the middle of the network */
    SimLine(Timeline time, long upRate, long downRate, Duration latency) {
        this.time = time;
        this.upRate = upRate;
        this.downRate = downRate;
        this.latency = latency;
    }

    /** The link has something to send. */
    void offer(SimLink link) {
        waiting.addLast(link);
        next();
    }

    private void next() {
        if (busy) {
            return;
        }
        var link = waiting.pollFirst();
        if (link == null) {
            return;
        }
        var packets = link.take(TURN);
        long bytes = packets.stream().mapToLong(SimLink.Packet::size).sum();
        busy = true;
        time.schedule(nanos(bytes, upRate), () -> {
            busy = false;
            send(link, packets, bytes);
            link.sent(bytes);
            if (link.hasMore()) {
                waiting.addLast(link);
            }
            next();
        });
    }

    private void send(SimLink link, List<SimLink.Packet> packets, long bytes) {
        var there = link.other().line();
        time.schedule(latency.plus(there.latency).toNanos(), () -> there.receive(link.other(), packets, bytes));
    }

    private void receive(SimLink link, List<SimLink.Packet> packets, long bytes) {
        downFreeAt = Math.max(downFreeAt, time.nanoTime()) + nanos(bytes, downRate);
        time.schedule(downFreeAt - time.nanoTime(), () -> link.arrived(packets));
    }

    /** Runs at the other end when a round trip's worth of what was sent before is there. */
    void flushThen(SimLink link, Runnable task) {
        time.schedule(latency.plus(link.other().line().latency).toNanos(), task);
    }

    private static long nanos(long bytes, long rate) {
        return (long) (bytes * 1e9 / rate);
    }

    Duration latency() {
        return latency;
    }
}
