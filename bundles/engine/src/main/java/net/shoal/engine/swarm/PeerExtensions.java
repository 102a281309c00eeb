package net.shoal.engine.swarm;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import net.shoal.api.transfer.ConnectedPeer;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.SwarmView;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.wire.ExtendedHandshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.base.wire.WireReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extension protocol with one peer (BEP 10): who speaks what under which id. An extension that throws loses this peer, nothing else. */
final class PeerExtensions {
    private static final Logger LOG = LoggerFactory.getLogger(PeerExtensions.class);
    private static final String CLIENT = "Shoal 0.1";

    private final PeerConnection peer;
    private final PeerLink link;
    private final Swarm swarm;
    private final SwarmView window;
    private final List<Attached> attached = new ArrayList<>();
    /** All that we have told of, with the id they have now: 0 for those that are gone. */
    private final TreeMap<String, Integer> told = new TreeMap<>();

    private ExtendedHandshake theirs = ExtendedHandshake.EMPTY;
    private BDict lastDict = BDict.EMPTY;

    PeerExtensions(PeerConnection peer, PeerLink link, Swarm swarm) {
        this.peer = peer;
        this.link = link;
        this.swarm = swarm;
        this.window = new SwarmWindow(swarm);
    }

    /** One extension on this connection, and its view of the peer. */
    private final class Attached implements PeerWire {
        final Extensions.Entry entry;
        int theirId;

        @Nullable
        WireSession session;

        Attached(Extensions.Entry entry) {
            this.entry = entry;
        }

        @Override
        public SwarmView swarm() {
            return window;
        }

        @Override
        public ConnectedPeer peer() {
            return peer.describe();
        }

        @Override
        public void send(ByteBuffer payload) {
            PeerExtensions.this.send(theirId, payload);
        }

        @Override
        public void found(Collection<FoundPeer> peers) {
            swarm.dialling().foundBy(peer, peers);
        }

        @Override
        public void reject(String reason) {
            swarm.peers().ban(peer, reason);
        }
    }

    /** Joins the extensions there are now, and tells the peer. Again whenever they, or what they say, change. */
    void announce() {
        var now = new ArrayList<Extensions.Entry>();
        for (var entry : swarm.context().extensions().now()) {
            if (suits(entry)) {
                now.add(entry);
            }
        }
        for (var one : List.copyOf(attached)) {
            if (!now.contains(one.entry)) {
                detach(one);
            }
        }
        for (var entry : now) {
            if (attached.stream().noneMatch(one -> one.entry.equals(entry))) {
                attach(entry);
            }
        }
        link.send(
                new Message.Extended(ExtendedHandshake.MESSAGE_ID, ByteBuffer.wrap(BencodeWriter.write(handshake()))));
    }

    private boolean suits(Extensions.Entry entry) {
        try {
            return entry.extension().suits(window);
        } catch (RuntimeException e) {
            LOG.warn("Extension {} failed with {}", entry.extension().name(), link.address(), e);
            return false;
        }
    }

    private void attach(Extensions.Entry entry) {
        var one = new Attached(entry);
        attached.add(one);
        contain(one, () -> one.session = entry.extension().attach(one));
        greet(one, lastDict);
    }

    private BDict handshake() {
        told.replaceAll((name, id) -> 0);
        told.putAll(StateMessages.IDS);
        for (var one : attached) {
            told.put(one.entry.extension().name(), one.entry.id());
        }
        int port = swarm.context().listenPort().getAsInt();
        var ours = new ExtendedHandshake(
                told,
                Optional.of(CLIENT),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                OptionalInt.of(UploadQueue.MAX_REQUESTS),
                OptionalInt.empty(),
                link.address().inet().map(InetSocketAddress::getAddress),
                swarm.saysUploadOnly(),
                OptionalInt.of(WireReader.MAX_BLOCK));
        var handshake = BDict.builder();
        for (var one : List.copyOf(attached)) {
            contain(one, () -> session(one).contribute(handshake));
        }
        ours.contribute(handshake);
        return handshake.build();
    }

    /** @throws ProtocolException if it is no valid extension message at all */
    void onMessage(int id, ByteBuffer payload) throws ProtocolException {
        if (id == ExtendedHandshake.MESSAGE_ID) {
            onHandshake(payload);
            return;
        }
        if (StateMessages.isOne(id)) {
            peer.waste(1, "state messages");
            peer.state().onMessage(id, payload);
            return;
        }
        for (var one : attached) {
            if (one.entry.id() == id) {
                contain(one, () -> session(one).onMessage(payload));
                return;
            }
        }
        peer.waste(1 + payload.remaining() / 1024, "extension messages");
    }

    private void onHandshake(ByteBuffer payload) throws ProtocolException {
        if (payload.remaining() > ExtendedHandshake.MAX_LENGTH) {
            throw new ProtocolException("extended handshake of " + payload.remaining() + " bytes");
        }
        peer.waste(1 + payload.remaining() / 64, "extended handshakes");
        BDict dict;
        try {
            dict = BencodeReader.LENIENT.readDict(payload);
        } catch (BencodeException e) {
            throw new ProtocolException("extended handshake: " + e.getMessage());
        }
        theirs = theirs.updatedBy(ExtendedHandshake.of(dict));
        lastDict = dict;
        theirs.requestQueue().ifPresent(peer::requestLimit);
        theirs.longestRequest().ifPresent(peer::longestRequest);
        theirs.yourAddress().ifPresent(address -> swarm.dialling().learnOurAddress(peer, address));
        swarm.dialling().learnPort(peer);
        for (var one : List.copyOf(attached)) {
            greet(one, dict);
        }
        peer.state().uploadOnly(theirs.uploadOnly());
    }

    /** Sends a message to one of their extensions; to none if the id is 0. */
    void send(int theirId, ByteBuffer payload) {
        if (theirId != 0 && !peer.isClosed()) {
            link.send(new Message.Extended(theirId, payload));
        }
    }

    /** The id under which it takes messages of this extension; 0 if it does not. */
    int theirIdOf(String extension) {
        return theirs.idOf(extension).orElse(0);
    }

    /** As it names itself, printable. */
    Optional<String> client() {
        return theirs.client();
    }

    /** Where it listens. */
    OptionalInt port() {
        return theirs.port();
    }

    /** {@code e}: it would rather be connected by an encrypted channel. */
    boolean prefersEncryption() {
        return lastDict.integer("e").orElse(0) != 0;
    }

    private void greet(Attached one, BDict dict) {
        one.theirId = theirIdOf(one.entry.extension().name());
        if (one.theirId != 0) {
            contain(one, () -> session(one).onHandshake(dict));
        }
    }

    void onTick() {
        for (var one : List.copyOf(attached)) {
            contain(one, () -> session(one).onTick());
        }
    }

    void close() {
        for (var one : List.copyOf(attached)) {
            detach(one);
        }
    }

    private void detach(Attached one) {
        if (attached.remove(one) && one.session != null) {
            contain(one, one.session::onClosed);
        }
    }

    private static WireSession session(Attached one) {
        var session = one.session;
        if (session == null) {
            throw new IllegalStateException("has not attached");
        }
        return session;
    }

    private void contain(Attached one, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("Extension {} failed with {}", one.entry.extension().name(), link.address(), e);
            attached.remove(one);
        }
    }
}
