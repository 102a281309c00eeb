package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extension protocol with one peer (BEP 10): who speaks what under which id. An extension that throws loses this peer, nothing else. */
final class PeerExtensions {
    private static final Logger LOG = LoggerFactory.getLogger(PeerExtensions.class);
    private static final String CLIENT = "Shoal 0.1";
    private static final int HANDSHAKE = 0;
    /** What a terminal or a page will be shown of a client's name. */
    private static final int MAX_CLIENT_NAME = 64;

    private final PeerConnection peer;
    private final PeerLink link;
    private final Swarm swarm;
    private final List<Attached> attached = new ArrayList<>();
    private Optional<BDict> theirs = Optional.empty();

    PeerExtensions(PeerConnection peer, PeerLink link, Swarm swarm) {
        this.peer = peer;
        this.link = link;
        this.swarm = swarm;
    }

    /** One extension on this connection, and its view of the peer. */
    private final class Attached implements PeerWire {
        final Extensions.Entry entry;
        int theirId;
        @Nullable WireSession session;

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
            swarm.ban(peer, reason);
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
            if (attached.stream().noneMatch(one -> one.entry == entry)) {
                attach(entry);
            }
        }
        link.send(new Message.Extended(HANDSHAKE, ByteBuffer.wrap(BencodeWriter.write(handshake()))));
    }

    private void attach(Extensions.Entry entry) {
        var one = new Attached(entry);
        attached.add(one);
        contain(one, () -> one.session = entry.extension().attach(one));
        theirs.ifPresent(handshake -> greet(one, handshake));
    }

    private BDict handshake() {
        var ids = BDict.builder();
        var handshake = BDict.builder();
        handshake.put("v", CLIENT).put("reqq", UploadQueue.MAX_REQUESTS);
        int port = swarm.context().listenPort().getAsInt();
        if (port != 0) {
            handshake.put("p", port);
        }
        link.address()
                .inet()
                .ifPresent(address -> handshake.put(
                        "yourip", net.shoal.base.bencode.BString.of(address.getAddress().getAddress())));
        for (var one : List.copyOf(attached)) {
            ids.put(one.entry.extension().name(), one.entry.id());
            contain(one, () -> session(one).contribute(handshake));
        }
        return handshake.put("m", ids.build()).build();
    }

    /** @throws ProtocolException if it is no valid extension message at all */
    void onMessage(int id, ByteBuffer payload) throws ProtocolException {
        if (id == HANDSHAKE) {
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
        BDict handshake;
        try {
            handshake = BencodeReader.LENIENT.readDict(payload);
        } catch (BencodeException e) {
            throw new ProtocolException("extended handshake: " + e.getMessage());
        }
        theirs = Optional.of(handshake);
        handshake.integer("reqq").ifPresent(reqq -> peer.requestLimit((int) Math.min(reqq, Integer.MAX_VALUE)));
        handshake.text("v").ifPresent(name -> peer.client(printable(name)));
        handshake.integer("p").ifPresent(port -> swarm.learnPort(peer, port));
        for (var one : List.copyOf(attached)) {
            greet(one, handshake);
        }
    }

    private void greet(Attached one, BDict handshake) {
        var ids = handshake.dict("m").orElse(BDict.EMPTY);
        if (ids.get(one.entry.extension().name()).orElse(null) instanceof BInteger id) {
            one.theirId = id.value() > 0 && id.value() < 256 ? (int) id.value() : 0;
        }
        if (one.theirId != 0) {
            contain(one, () -> session(one).onHandshake(handshake));
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

    private static String printable(String name) {
        var clean = new StringBuilder();
        name.codePoints()
                .limit(MAX_CLIENT_NAME)
                .filter(c -> Character.isLetterOrDigit(c) || (c >= ' ' && c < 127))
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
