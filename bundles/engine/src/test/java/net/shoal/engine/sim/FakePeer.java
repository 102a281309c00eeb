package net.shoal.engine.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.WireWriter;
import net.shoal.engine.swarm.Dialer;
import net.shoal.engine.swarm.LinkEvents;
import net.shoal.engine.swarm.PeerLink;

/**
 * A peer that is told what to do, message by message. Out of the box it says nothing, wants nothing and answers nothing; a scenario gives it
 * habits with {@link #on}.
 */
final class FakePeer implements SimHost {
    private final SimNetwork network;
    private final SimLine line;
    private final PeerAddress address;
    private final TestContent content;
    private final PeerId id;
    private final long reserved;
    private final Sha1Hash infoHash;
    private final List<Sha1Hash> answered = new ArrayList<>();
    private final List<Habit<?>> habits = new ArrayList<>();
    private final List<Message> heard = new ArrayList<>();
    private long heardBytes;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final List<String> goodbyes = new ArrayList<>();
    private BiConsumer<FakePeer, Session> greeting = (peer, session) -> {};

    private record Habit<M extends Message>(Class<M> to, BiConsumer<Session, M> does) {
        void meet(Session session, Message message) {
            if (to.isInstance(message)) {
                does.accept(session, to.cast(message));
            }
        }
    }

    FakePeer(SimNetwork network, SimLine line, TestContent content, long reserved, Sha1Hash infoHash) {
        this.network = network;
        this.line = line;
        this.address = network.nextAddress();
        this.content = content;
        this.reserved = reserved;
        this.infoHash = infoHash;
        this.id = new PeerId(new Sha1Hash(address.hashCode(), 0, 1));
    }

    /** What to do when such a message comes. */
    <M extends Message> FakePeer on(Class<M> message, BiConsumer<Session, M> does) {
        habits.add(new Habit<>(message, does));
        return this;
    }

    /** What to say first. */
    FakePeer greet(BiConsumer<FakePeer, Session> says) {
        greeting = says;
        return this;
    }

    /** Says that it has everything, unchokes and sends what it is asked for. */
    FakePeer seeds() {
        return greet((peer, session) -> {
                    var all = new Bitfield(content.layout().pieceCount());
                    all.setAll();
                    session.send(new Message.BitfieldBytes(ByteBuffer.wrap(all.toWire())));
                    session.send(Message.UNCHOKE);
                })
                .on(Message.Request.class, Session::sendBlock);
    }

    void dial(SimHost to) {
        var ours = new Handshake(reserved, infoHash, id);
        network.dialerOf(this).dial(to.address(), ours, new Dialer.Result() {
            @Override
            public void onConnected(PeerLink link, Handshake theirs) {
                answered.add(theirs.infoHash());
                accept(link, theirs);
            }

            @Override
            public void onFailed(String reason) {
                goodbyes.add(reason);
            }
        });
    }

    /** The infohashes it was answered with. */
    List<Sha1Hash> answered() {
        return answered;
    }

    /** All that was said to it, by whomever. */
    List<Message> heard() {
        return heard;
    }

    <M extends Message> List<M> heard(Class<M> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Of all that was said to it, but for blocks. */
    long heardBytes() {
        return heardBytes;
    }

    /** Why its connections ended. */
    List<String> goodbyes() {
        return goodbyes;
    }

    Set<Session> sessions() {
        return sessions;
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public SimLine line() {
        return line;
    }

    @Override
    public boolean wants(PeerAddress from, Handshake theirs) {
        return theirs.infoHash().equals(infoHash);
    }

    @Override
    public Handshake answer(Handshake theirs) {
        return new Handshake(reserved, theirs.infoHash(), id);
    }

    @Override
    public void accept(PeerLink link, Handshake theirs) {
        var session = new Session(link);
        sessions.add(session);
        link.start(session);
        greeting.accept(this, session);
    }

    /** One connection of it. */
    final class Session implements LinkEvents {
        private final PeerLink link;

        private Session(PeerLink link) {
            this.link = link;
        }

        void send(Message message) {
            link.send(message);
        }

        FakePeer peer() {
            return FakePeer.this;
        }

        boolean isOpen() {
            return sessions.contains(this);
        }

        /** Sends a byte, and no more of the message it belongs to. */
        void drip() {
            ((SimLink) link).drip();
        }

        void sendBlock(Message.Request request) {
            sendBlock(request, content.block(request.piece(), request.offset(), request.length()));
        }

        /** What there should be up to there, and then something else. */
        void sendBlock(Message.Request request, long good) {
            var block = content.block(request.piece(), request.offset(), request.length());
            var bytes = ByteBuffer.allocate(request.length()).put(block).flip();
            for (int at = (int) good; at < bytes.limit(); at++) {
                bytes.put(at, (byte) 7);
            }
            sendBlock(request, bytes);
        }

        /** Other bytes than there should be. */
        void sendBadBlock(Message.Request request) {
            sendBlock(request, ByteBuffer.allocate(request.length()));
        }

        void leave() {
            link.close("has had enough");
            sessions.remove(this);
        }

        private void sendBlock(Message.Request request, ByteBuffer data) {
            link.send(new Message.Piece(request.piece(), request.offset(), data));
        }

        @Override
        public void onMessage(Message message) {
            heard.add(message);
            heardBytes += WireWriter.size(message);
            habits.forEach(habit -> habit.meet(this, message));
        }

        @Override
        public ByteBuffer beginBlock(int piece, int offset, int length) {
            return ByteBuffer.allocate(length);
        }

        @Override
        public void endBlock(int piece, int offset, int length) {
            onMessage(new Message.Piece(piece, offset, ByteBuffer.allocate(0)));
        }

        @Override
        public void onReadComplete() {}

        @Override
        public void onWritable() {}

        @Override
        public void onClosed(String reason) {
            sessions.remove(this);
            goodbyes.add(reason);
        }
    }
}
