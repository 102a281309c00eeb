package net.shoal.engine.sim;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.base.wire.WireWriter;
import net.shoal.engine.swarm.LinkEvents;
import net.shoal.engine.swarm.PeerLink;
import net.shoal.engine.swarm.SharedBuffer;

/** One end of a simulated connection. */
final class SimLink implements PeerLink {
    private static final int HIGH_WATER = 128 * 1024;

    private final Timeline time;
    private final SimLine line;
    private final PeerAddress address;
    private final boolean inbound;
    private final Traffic traffic;
    private final Faults faults;
    private final ArrayDeque<Packet> outbox = new ArrayDeque<>();
    private final ArrayDeque<Packet> inbox = new ArrayDeque<>();
    private SimLink other;
    private LinkEvents events;
    private long queued;
    private int mayWait = HIGH_WATER;
    private boolean waitsForRoom;
    private boolean inLine;
    private boolean reading = true;
    private boolean closed;
    private boolean mute;

    /** A message under way. */
    record Packet(Message message, int size) {}

    /** Hears of every message that arrives. */
    interface Traffic {
        /** @param taken false for a block that nobody wants any more */
        void arrived(Message message, boolean taken);
    }

    SimLink(Timeline time, SimLine line, PeerAddress address, boolean inbound, Traffic traffic, Faults faults) {
        this.time = time;
        this.line = line;
        this.address = address;
        this.inbound = inbound;
        this.traffic = traffic;
        this.faults = faults;
    }

    static void join(SimLink one, SimLink two) {
        one.other = two;
        two.other = one;
    }

    SimLink other() {
        return other;
    }

    SimLine line() {
        return line;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public String transport() {
        return "sim";
    }

    @Override
    public String security() {
        return "plain";
    }

    @Override
    public boolean encrypted() {
        return false;
    }

    @Override
    public boolean inbound() {
        return inbound;
    }

    @Override
    public void start(LinkEvents events) {
        this.events = events;
        time.execute(this::deliver);
    }

    @Override
    public void send(Message message) {
        push(copy(message));
    }

    @Override
    public void sendBlock(int piece, int offset, int length, SharedBuffer data, int from) {
        var bytes =
                ByteBuffer.allocate(length).put(data.view().slice(from, length)).flip();
        push(new Message.Piece(piece, offset, bytes));
    }

    private void push(Message message) {
        if (closed) {
            return;
        }
        if (faults.isNext("a message")) {
            close("no memory");
            return;
        }
        var packet = new Packet(message, WireWriter.size(message));
        outbox.addLast(packet);
        queued += packet.size;
        waitsForRoom |= queued >= mayWait;
        if (!inLine) {
            inLine = true;
            line.offer(this);
        }
    }

    /** What a message holds is valid during the call alone. */
    private static Message copy(Message message) {
        if (message instanceof Message.BitfieldBytes bitfield) {
            return new Message.BitfieldBytes(copy(bitfield.bytes()));
        }
        return message instanceof Message.Extended extended
                ? new Message.Extended(extended.id(), copy(extended.payload()))
                : message;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    List<Packet> take(int bytes) {
        var packets = new ArrayList<Packet>();
        for (int size = 0; size < bytes && !outbox.isEmpty(); size += packets.get(packets.size() - 1).size) {
            packets.add(outbox.pollFirst());
        }
        return packets;
    }

    boolean hasMore() {
        inLine = !outbox.isEmpty();
        return inLine;
    }

    void sent(long bytes) {
        queued -= bytes;
        if (waitsForRoom && queued <= mayWait / 2) {
            waitsForRoom = false;
            if (!closed && events != null) {
                events.onWritable();
            }
        }
    }

    /** Something arrives at the other end that is no whole message. */
    void drip() {
        if (!other.closed && other.events != null) {
            other.events.onReadComplete();
        }
    }

    void arrived(List<Packet> packets) {
        if (!closed && !mute) {
            inbox.addAll(packets);
            deliver();
        }
    }

    /** What is thrown costs the connection, as Netty has it. */
    private void deliver() {
        try {
            deliverAll();
        } catch (OutOfMemoryError e) {
            close(e.toString());
        }
    }

    private void deliverAll() {
        boolean any = false;
        while (events != null && reading && !closed && !inbox.isEmpty()) {
            deliver(inbox.pollFirst().message);
            any = true;
        }
        if (any && !closed) {
            events.onReadComplete();
        }
    }

    private void deliver(Message message) {
        if (!(message instanceof Message.Piece block)) {
            traffic.arrived(message, true);
            events.onMessage(message);
            return;
        }
        try {
            int length = block.data().remaining();
            var target = events.beginBlock(block.piece(), block.offset(), length);
            traffic.arrived(message, target != null);
            if (target != null) {
                target.duplicate().put(block.data().duplicate());
                events.endBlock(block.piece(), block.offset(), length);
            }
        } catch (ProtocolException e) {
            close(e.getMessage());
        }
    }

    @Override
    public boolean isWritable() {
        return queued < mayWait;
    }

    @Override
    public void mayWait(int bytes) {
        mayWait = Math.min(HIGH_WATER, bytes);
        waitsForRoom |= queued >= mayWait;
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        if (on) {
            time.execute(this::deliver);
        }
    }

    @Override
    public void close(String reason) {
        if (closed) {
            return;
        }
        end(reason);
        // what was sent before still arrives, and then the end
        line.flushThen(this, () -> {
            if (!mute) {
                other.end("closed by the peer: " + reason);
            }
        });
    }

    /** From now on nothing gets through, and neither end hears of it. */
    void mute() {
        mute = true;
        other.mute = true;
    }

    /** The connection is lost at both ends at once, with what was under way. */
    void cut() {
        end("connection lost");
        other.end("connection lost");
    }

    private void end(String reason) {
        if (closed) {
            return;
        }
        closed = true;
        time.execute(() -> {
            if (events != null) {
                events.onClosed(reason);
            }
        });
    }
}
