package net.shoal.engine.sim;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Block;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import net.shoal.engine.swarm.Dialer;
import net.shoal.engine.swarm.LinkEvents;
import net.shoal.engine.swarm.PeerLink;

/**
 * A peer that goes by the rules libtorrent publishes instead of ours: {@link OtherRules} say whom it serves, {@link OtherPicker} what it asks for,
 * and a {@link Session} how much at once. It is here to be compared with, so all else is as simple as can be: nobody is bad, and nothing is hashed.
 */
final class OtherPeer implements SimHost {
    /** {@code connections_limit}. */
    private static final int MAX_PEERS = 200;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Timeline time;
    private final SimNetwork network;
    private final SimLine line;
    private final PeerAddress address;
    private final TestContent content;
    private final OtherRules rules;
    private final Random random;
    private final OtherPicker picker;
    private final Sha1Hash infoHash;
    private final Map<PeerAddress, Session> sessions = new LinkedHashMap<>();
    private final Set<PeerAddress> dialling = new HashSet<>();
    private Duration completedAt;
    private long lastRound;
    private long lastOptimistic;
    private int slots;
    private boolean gone;

    OtherPeer(Timeline time, SimNetwork network, SimLine line, TestContent content, OtherRules rules, Random random) {
        this.time = time;
        this.network = network;
        this.line = line;
        this.address = network.nextAddress();
        this.content = content;
        this.rules = rules;
        this.random = random;
        this.picker = new OtherPicker(content.layout(), random);
        this.infoHash = content.metainfo().info().hashes().wireForms().get(0);
        this.slots = rules.slotsFor(List.of());
        network.add(this);
        tick();
    }

    OtherPeer seeds() {
        picker.have().set(0, content.layout().pieceCount());
        return this;
    }

    Duration completedAt() {
        return completedAt;
    }

    void found(Collection<PeerAddress> peers) {
        for (var peer : peers) {
            if (sessions.size() + dialling.size() < MAX_PEERS && !sessions.containsKey(peer) && dialling.add(peer)) {
                dial(peer);
            }
        }
    }

    private void dial(PeerAddress peer) {
        network.dialerOf(this).dial(peer, answer(null), new Dialer.Result() {
            @Override
            public void onConnected(PeerLink link, Handshake theirs) {
                dialling.remove(peer);
                begin(link);
            }

            @Override
            public void onFailed(String reason) {
                dialling.remove(peer);
            }
        });
    }

    private void begin(PeerLink link) {
        if (gone || sessions.containsKey(link.address())) {
            link.start(new Session(link));
            link.close("one connection is enough");
            return;
        }
        var session = new Session(link);
        sessions.put(link.address(), session);
        link.start(session);
        session.greet();
    }

    void leave() {
        gone = true;
        network.remove(this);
    }

    // ---- once a second

    private void tick() {
        time.after(SECOND, () -> {
            if (!gone) {
                for (var session : List.copyOf(sessions.values())) {
                    session.tick();
                }
                if (time.nanoTime() - lastRound >= OtherRules.INTERVAL.toNanos()) {
                    lastRound = time.nanoTime();
                    round();
                }
                tick();
            }
        });
    }

    private void round() {
        boolean tries = time.nanoTime() - lastOptimistic >= OtherRules.OPTIMISTIC.toNanos();
        var interested = sessions.values().stream().filter(s -> s.interested).toList();
        slots = rules.slotsFor(
                sessions.values().stream().filter(Session::serves).toList());
        int tried = Math.max(1, slots / 5);
        var chosen = new LinkedHashSet<>(rules.choose(
                interested, slots - tried, picker.isComplete(), content.layout().pieceLength(), time.nanoTime()));
        var waiting = new ArrayList<>(interested);
        waiting.removeAll(chosen);
        if (tries) {
            lastOptimistic = time.nanoTime();
            sessions.values().forEach(session -> session.optimistic = false);
            rules.optimistic(waiting, tried, random).forEach(Session::tryOut);
        }
        waiting.stream().filter(session -> session.optimistic).forEach(chosen::add);
        for (var session : List.copyOf(sessions.values())) {
            session.serve(chosen.contains(session));
            session.nextRound();
        }
    }

    private void served() {
        long taken = sessions.values().stream().filter(Session::serves).count();
        for (var session : sessions.values()) {
            if (taken < slots && session.interested && !session.serves()) {
                session.serve(true);
                taken++;
            }
        }
    }

    private void verified(int piece) {
        for (var session : List.copyOf(sessions.values())) {
            session.link.send(new Message.Have(piece));
        }
        if (picker.isComplete()) {
            completedAt = time.elapsed();
        }
        for (var session : List.copyOf(sessions.values())) {
            session.checkInterest();
        }
    }

    // ---- as others see it

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
        boolean crossing = dialling.contains(from) && address.toString().compareTo(from.toString()) < 0;
        return !gone && !crossing && !sessions.containsKey(from) && sessions.size() < MAX_PEERS;
    }

    @Override
    public Handshake answer(Handshake theirs) {
        return new Handshake(Handshake.FAST, infoHash, new PeerId(new Sha1Hash(address.hashCode(), 0, 1)));
    }

    @Override
    public void accept(PeerLink link, Handshake theirs) {
        begin(link);
    }

    @Override
    public String toString() {
        return address + " (" + picker.have().cardinality() + " pieces)";
    }

    /** One connection of it. Requests for {@link #QUEUE_TIME} are under way; until the rate no longer grows, one more with each block. */
    final class Session implements LinkEvents {
        /** {@code request_queue_time}, seconds. */
        private static final int QUEUE_TIME = 3;

        /** {@code max_out_request_queue}. */
        private static final int MAX_QUEUE = 500;

        private static final int MIN_QUEUE = 2;
        private static final int FIRST_QUEUE = 4;

        /** Slow start ends when the rate grows by less in a second. */
        private static final int GROWTH = 5_000;

        /** {@code send_buffer_watermark_factor}: of what goes out in a second. */
        private static final double WATERMARK = 0.5;

        /** {@code send_buffer_low_watermark} and {@code send_buffer_watermark}. */
        private static final int LEAST_WAITING = 10 * 1024;

        private static final int MOST_WAITING = 500 * 1024;

        /** {@code piece_timeout}. */
        private static final long TIMEOUT = Duration.ofSeconds(20).toNanos();

        private final PeerLink link;
        private final BitSet pieces = new BitSet();
        private final LinkedHashSet<OtherPicker.Pick> outstanding = new LinkedHashSet<>();
        private final ArrayDeque<Message.Request> requests = new ArrayDeque<>();
        private boolean choking = true;
        private boolean choked = true;
        private boolean interested;
        private boolean interesting;
        private boolean optimistic;
        private boolean slowStart = true;
        private boolean snubbed;
        private int queue = FIRST_QUEUE;
        private long rate;
        private long received;
        private long sent;
        private long sentRate;
        private long lastBlock;
        private long receivedLastRound;
        private long receivedThisRound;
        private long sentLastRound;
        private long sentThisRound;
        private long sentSinceUnchoke;
        private long unchokedAt;
        private long triedAt;

        private Session(PeerLink link) {
            this.link = link;
        }

        BitSet pieces() {
            return pieces;
        }

        int outstanding() {
            return outstanding.size();
        }

        boolean serves() {
            return !choking;
        }

        long receivedLastRound() {
            return receivedLastRound;
        }

        long sentLastRound() {
            return sentLastRound;
        }

        long sentSinceUnchoke() {
            return sentSinceUnchoke;
        }

        long unchokedAt() {
            return unchokedAt;
        }

        long triedAt() {
            return triedAt;
        }

        private void tryOut() {
            optimistic = true;
            triedAt = time.nanoTime();
        }

        private void nextRound() {
            receivedLastRound = receivedThisRound;
            receivedThisRound = 0;
            sentLastRound = sentThisRound;
            sentThisRound = 0;
        }

        private void greet() {
            var have = picker.have();
            if (picker.isComplete()) {
                link.send(Message.HAVE_ALL);
            } else if (have.isEmpty()) {
                link.send(Message.HAVE_NONE);
            } else {
                var bits = new Bitfield(content.layout().pieceCount());
                have.stream().forEach(bits::set);
                link.send(new Message.BitfieldBytes(ByteBuffer.wrap(bits.toWire())));
            }
        }

        private void serve(boolean on) {
            if (on == !choking) {
                return;
            }
            choking = !on;
            link.send(on ? Message.UNCHOKE : Message.CHOKE);
            if (on) {
                unchokedAt = time.nanoTime();
                sentSinceUnchoke = 0;
            } else {
                requests.forEach(r -> link.send(new Message.RejectRequest(r.piece(), r.offset(), r.length())));
                requests.clear();
            }
        }

        private void checkInterest() {
            boolean now = picker.wants(pieces);
            if (now != interesting) {
                interesting = now;
                link.send(now ? Message.INTERESTED : Message.NOT_INTERESTED);
            }
            if (picker.isComplete() && pieces.cardinality() == content.layout().pieceCount()) {
                link.close("both have everything");
            }
        }

        private void tick() {
            long before = rate;
            // of the last five seconds or so
            rate += (received - rate) / 5;
            received = 0;
            sentRate += (sent - sentRate) / 5;
            sent = 0;
            link.mayWait((int) Math.max(LEAST_WAITING, Math.min(MOST_WAITING, sentRate * WATERMARK)));
            if (slowStart && before > 0 && rate - before < GROWTH) {
                slowStart = false;
            }
            if (!slowStart) {
                queue = (int) Math.max(MIN_QUEUE, Math.min(MAX_QUEUE, rate * QUEUE_TIME / Block.SIZE));
            }
            if (!outstanding.isEmpty() && !snubbed && time.nanoTime() - lastBlock > TIMEOUT) {
                snubbed = true;
                outstanding.forEach(pick -> picker.release(pick));
                outstanding.clear();
                picker.share(this);
            }
            ask();
        }

        private void ask() {
            int most = snubbed ? 1 : queue;
            while (!choked && interesting && outstanding.size() < most) {
                var pick = picker.pick(this, rate, sessions.size());
                if (pick == null || !outstanding.add(pick)) {
                    return;
                }
                if (outstanding.size() == 1) {
                    lastBlock = time.nanoTime();
                }
                var block = content.layout().block(pick.piece(), pick.block());
                link.send(new Message.Request(pick.piece(), block.offset(), block.length()));
            }
        }

        private void send() {
            while (!requests.isEmpty() && link.isWritable()) {
                var next = requests.poll();
                link.send(new Message.Piece(
                        next.piece(), next.offset(), content.block(next.piece(), next.offset(), next.length())));
                sent += next.length();
                sentThisRound += next.length();
                sentSinceUnchoke += next.length();
            }
        }

        @Override
        public void onMessage(Message message) {
            if (message instanceof Message.Request request) {
                if (choking) {
                    link.send(new Message.RejectRequest(request.piece(), request.offset(), request.length()));
                } else {
                    requests.add(request);
                    send();
                }
            } else if (message instanceof Message.Cancel cancel) {
                requests.removeIf(r -> r.piece() == cancel.piece() && r.offset() == cancel.offset());
            } else if (message instanceof Message.Have have) {
                has(have.piece());
            } else if (message instanceof Message.HaveAll) {
                pieces.set(0, content.layout().pieceCount());
                hasMore(pieces);
            } else if (message instanceof Message.BitfieldBytes bytes) {
                hasMore(BitSet.valueOf(reversed(bytes.bytes())));
            } else if (message instanceof Message.RejectRequest reject) {
                giveUp(new OtherPicker.Pick(reject.piece(), reject.offset() / Block.SIZE));
            } else if (message instanceof Message.Choke) {
                choked = true;
                picker.share(this);
            } else if (message instanceof Message.Unchoke) {
                choked = false;
                slowStart = true;
                queue = Math.max(queue, FIRST_QUEUE);
                ask();
            } else if (message instanceof Message.Interested) {
                interested = true;
                served();
            } else if (message instanceof Message.NotInterested) {
                interested = false;
                serve(false);
                served();
            }
        }

        private void has(int piece) {
            if (!pieces.get(piece)) {
                pieces.set(piece);
                var one = new BitSet();
                one.set(piece);
                picker.count(one, 1);
                checkInterest();
                ask();
            }
        }

        private void hasMore(BitSet more) {
            pieces.or(more);
            picker.count(pieces, 1);
            checkInterest();
        }

        private static byte[] reversed(ByteBuffer wire) {
            var bytes = new byte[wire.remaining()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (Integer.reverse(wire.get(wire.position() + i)) >>> 24);
            }
            return bytes;
        }

        private void giveUp(OtherPicker.Pick pick) {
            if (outstanding.remove(pick)) {
                picker.release(pick);
            }
        }

        @Override
        public ByteBuffer beginBlock(int piece, int offset, int length) {
            if (picker.needs(piece, offset / Block.SIZE)) {
                return ByteBuffer.allocate(length);
            }
            giveUp(new OtherPicker.Pick(piece, offset / Block.SIZE));
            return null;
        }

        @Override
        public void endBlock(int piece, int offset, int length) {
            var pick = new OtherPicker.Pick(piece, offset / Block.SIZE);
            outstanding.remove(pick);
            lastBlock = time.nanoTime();
            snubbed = false;
            received += length;
            receivedThisRound += length;
            queue += slowStart && queue < MAX_QUEUE ? 1 : 0;
            for (var other : sessions.values()) {
                if (other.outstanding.remove(pick)) {
                    other.link.send(new Message.Cancel(piece, offset, length));
                }
            }
            if (picker.received(piece, pick.block())) {
                verified(piece);
            }
        }

        @Override
        public void onReadComplete() {
            ask();
        }

        @Override
        public void onWritable() {
            send();
        }

        @Override
        public void onClosed(String reason) {
            if (sessions.remove(link.address(), this)) {
                outstanding.forEach(pick -> picker.release(pick));
                outstanding.clear();
                picker.share(this);
                picker.count(pieces, -1);
                served();
            }
        }
    }
}
