package net.shoal.engine.swarm;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.wire.ExtendedHandshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
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
    private final List<Attached> attached = new ArrayList<>();
    private ExtendedHandshake theirs = ExtendedHandshake.EMPTY;
    private BDict lastDict = BDict.EMPTY;

    PeerExtensions(PeerConnection peer, PeerLink link, Swarm swarm) {
        this.peer = peer;
        this.link = link;
        this.swarm = swarm;
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
        public InfoHashes hashes() {
            return swarm.hashes();
        }

        @Override
        public void send(ByteBuffer payload) {
            if (theirId != 0 && !peer.isClosed()) {
                link.send(new Message.Extended(theirId, payload));
            }
        }

        @Override
        public Optional<ByteBuffer> infoDictionary() {
            return swarm.infoDictionary();
        }

        @Override
        public boolean offerInfoDictionary(ByteBuffer bytes) {
            return swarm.offerInfoDictionary(bytes);
        }

        @Override
        public void reject(String reason) {
            swarm.peers().ban(peer, reason);
        }
    }

    /** Joins the extensions there are now, and tells the peer. Again whenever they, or what they say, change. */
    void announce() {
        var now = swarm.context().extensions().now();
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

    private void attach(Extensions.Entry entry) {
        var one = new Attached(entry);
        attached.add(one);
        contain(one, () -> one.session = entry.extension().attach(one));
        greet(one, lastDict);
    }

    private BDict handshake() {
        var ids = new TreeMap<String, Integer>();
        for (var one : attached) {
            ids.put(one.entry.extension().name(), one.entry.id());
        }
        int port = swarm.context().listenPort().getAsInt();
        var ours = new ExtendedHandshake(
                ids,
                Optional.of(CLIENT),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                OptionalInt.of(UploadQueue.MAX_REQUESTS),
                OptionalInt.empty(),
                link.address().inet().map(InetSocketAddress::getAddress),
                false);
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
        for (var one : attached) {
            if (one.entry.id() == id) {
                contain(one, () -> session(one).onMessage(payload));
                return;
            }
        }
    }

    private void onHandshake(ByteBuffer payload) throws ProtocolException {
        BDict dict;
        try {
            dict = BencodeReader.LENIENT.readDict(payload);
        } catch (BencodeException e) {
            throw new ProtocolException("extended handshake: " + e.getMessage());
        }
        theirs = theirs.updatedBy(ExtendedHandshake.of(dict));
        lastDict = dict;
        theirs.requestQueue().ifPresent(peer::requestLimit);
        theirs.port().ifPresent(port -> swarm.dialling().learnPort(peer, port));
        for (var one : List.copyOf(attached)) {
            greet(one, dict);
        }
    }

    /** As it names itself, printable. */
    Optional<String> client() {
        return theirs.client();
    }

    private void greet(Attached one, BDict dict) {
        one.theirId = theirs.idOf(one.entry.extension().name()).orElse(0);
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
