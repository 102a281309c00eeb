package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.wire.ClientName;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.engine.picker.PickerPeer;
import org.jspecify.annotations.Nullable;

/**
 * One peer of a swarm: who chokes whom, who wants what, and where each message goes. Until the info dictionary is known it has neither a
 * {@link RequestPipeline} nor an {@link UploadQueue}, and what the peer says it has is kept for later.
 *
 * <pre>
 *   connected → (extended handshake, bitfield) → content known → interested ⇄ not, choked ⇄ not (both ways) → closed
 * </pre>
 */
final class PeerConnection implements LinkEvents {
    /** Peers keep a connection alive every two minutes (BEP 3); some are late. */
    private static final long IDLE_TIMEOUT = 150_000_000_000L;

    private static final long KEEP_ALIVE = 110_000_000_000L;
    private static final long MAX_WASTED_REQUESTS = 10_000;

    private final Swarm swarm;
    private final PeerLink link;
    private final Handshake theirs;
    private final boolean fast;
    private final Traffic traffic;
    private final PeerExtensions extensions;
    private @Nullable EarlyHaves early = new EarlyHaves();
    private @Nullable PickerPeer<PeerConnection> picks;
    private @Nullable RequestPipeline pipeline;
    private @Nullable UploadQueue uploads;
    private boolean toldPieces;
    private int requestLimit = RequestPipeline.DEFAULT_PEER_LIMIT;
    private boolean choked = true;
    private boolean interesting;
    private boolean peerChoking = true;
    private boolean peerInterested;
    private boolean closed;
    private int refusals;
    private int strikes;
    private long lastReceived;
    private long lastKeepAlive;

    PeerConnection(Swarm swarm, PeerLink link, Handshake theirs) {
        this.swarm = swarm;
        this.link = link;
        this.theirs = theirs;
        this.fast = theirs.supports(Handshake.FAST);
        long now = swarm.now();
        this.traffic = new Traffic(now);
        this.lastReceived = now;
        this.lastKeepAlive = now;
        this.extensions = new PeerExtensions(this, link, swarm);
    }

    /** Says what we are and have. */
    void start() {
        var content = swarm.content();
        content.ifPresent(this::tellPieces);
        if (content.isEmpty() && fast) {
            link.send(Message.HAVE_NONE);
        }
        announceExtensions();
        content.ifPresent(this::join);
        link.start(this);
    }

    private void tellPieces(Content content) {
        var have = content.picker().have();
        if (fast && have.cardinality() == have.size()) {
            link.send(Message.HAVE_ALL);
        } else if (have.cardinality() > 0) {
            link.send(new Message.BitfieldBytes(ByteBuffer.wrap(have.toWire())));
        } else if (fast) {
            link.send(Message.HAVE_NONE);
        }
    }

    void announceExtensions() {
        if (theirs.supports(Handshake.EXTENSION_PROTOCOL)) {
            extensions.announce();
        }
    }

    /** The content became known while we were connected. */
    void onContent(Content content) {
        var have = content.picker().have();
        for (int piece = have.nextSet(0); piece >= 0; piece = have.nextSet(piece + 1)) {
            link.send(new Message.Have(piece));
        }
        join(content);
    }

    private void join(Content content) {
        try {
            var before = early;
            early = null;
            picks = content.picker().addPeer(this);
            picks.choking(peerChoking);
            pipeline = new RequestPipeline(link, content, swarm.download(), picks);
            pipeline.peerLimit(requestLimit);
            uploads = new UploadQueue(this, link, swarm.readCache());
            if (before != null) {
                content.picker().peerHas(picks, before.resolve(content.layout().pieceCount()));
                onNewPieces();
            }
        } catch (ProtocolException e) {
            swarm.disconnect(this, e.getMessage());
        }
    }

    // ---- what arrives

    @Override
    public void onMessage(Message message) {
        if (closed) {
            return;
        }
        try {
            if (message instanceof Message.Request request) {
                onRequest(request);
            } else if (message instanceof Message.Have have) {
                onHave(have.piece());
            } else if (message instanceof Message.Extended extended) {
                extensions.onMessage(extended.id(), extended.payload());
            } else {
                dispatch(message);
            }
        } catch (ProtocolException e) {
            swarm.disconnect(this, e.getMessage());
        }
    }

    private void dispatch(Message message) throws ProtocolException {
        if (message instanceof Message.Choke) {
            onChoke();
        } else if (message instanceof Message.Unchoke) {
            onUnchoke();
        } else if (message instanceof Message.Interested) {
            peerInterested = true;
            swarm.choking().onInterested(this);
        } else if (message instanceof Message.NotInterested) {
            peerInterested = false;
            swarm.choking().onNotInterested(this);
        } else if (message instanceof Message.BitfieldBytes bitfield) {
            onBitfield(bitfield.bytes());
        } else if (message instanceof Message.HaveAll) {
            onHaveAll();
        } else if (message instanceof Message.HaveNone) {
            tellOnce();
        } else if (message instanceof Message.Cancel cancel && uploads != null) {
            if (uploads.cancel(cancel.piece(), cancel.offset(), cancel.length()) && fast) {
                refuse(cancel.piece(), cancel.offset(), cancel.length());
            }
        } else if (message instanceof Message.RejectRequest reject && pipeline != null) {
            pipeline.onReject(reject.piece(), reject.offset());
        } else if (message instanceof Message.AllowedFast allowed && picks != null) {
            picks.allowedFast(checked(allowed.piece()));
        } else if (message instanceof Message.SuggestPiece suggested && picks != null) {
            picks.suggested(checked(suggested.piece()));
        } else {
            onHashMessage(message);
        }
    }

    private void onHashMessage(Message message) {
        var hashes = swarm.hashExchange();
        if (hashes == null) {
            return;
        }
        if (message instanceof Message.HashRequest request) {
            hashes.onRequest(this, request);
        } else if (message instanceof Message.Hashes answer) {
            hashes.onHashes(this, answer);
        } else if (message instanceof Message.HashReject reject) {
            hashes.onReject(this, reject);
        }
    }

    private int checked(int piece) throws ProtocolException {
        int count =
                swarm.content().map(content -> content.layout().pieceCount()).orElse(Integer.MAX_VALUE);
        if (piece < 0 || piece >= count) {
            throw new ProtocolException("named piece " + piece + " of " + count);
        }
        return piece;
    }

    private void onHave(int piece) throws ProtocolException {
        if (early != null) {
            early.have(piece);
        } else if (picks != null) {
            swarm.picker().peerHas(picks, checked(piece));
            onNewPieces();
        }
    }

    private void onBitfield(ByteBuffer bytes) throws ProtocolException {
        tellOnce();
        if (early != null) {
            early.bitfield(bytes);
        } else if (picks != null) {
            int count = swarm.picker().have().size();
            swarm.picker().peerHas(picks, EarlyHaves.parse(bytes, count));
            onNewPieces();
        }
    }

    private void onHaveAll() throws ProtocolException {
        tellOnce();
        if (early != null) {
            early.all();
        } else if (picks != null) {
            swarm.picker().peerHasAll(picks);
            onNewPieces();
        }
    }

    private void tellOnce() throws ProtocolException {
        if (toldPieces) {
            throw new ProtocolException("told twice what it has");
        }
        toldPieces = true;
    }

    private void onNewPieces() {
        updateInterest();
        var hashes = swarm.hashExchange();
        if (hashes != null) {
            hashes.ask(this);
        }
        swarm.checkRedundant(this);
    }

    private void onRequest(Message.Request request) throws ProtocolException {
        var queue = uploads;
        if (queue == null) {
            return;
        }
        int piece = request.piece();
        if (!swarm.mayServe(piece, request.offset(), request.length()) || choked) {
            countRefusal();
            refuse(piece, request.offset(), request.length());
        } else if (!queue.add(piece, request.offset(), request.length())) {
            if (!fast) {
                throw new ProtocolException("asked for more than " + UploadQueue.MAX_REQUESTS + " blocks at once");
            }
            refuse(piece, request.offset(), request.length());
        }
    }

    private void countRefusal() throws ProtocolException {
        if (++refusals > MAX_WASTED_REQUESTS) {
            throw new ProtocolException("keeps asking for what it cannot have");
        }
    }

    /** BEP 6; without it there is no way to say so. */
    void refuse(int piece, int offset, int length) {
        if (fast && !closed) {
            link.send(new Message.RejectRequest(piece, offset, length));
        }
    }

    private void onChoke() {
        peerChoking = true;
        if (pipeline != null) {
            pipeline.onChoke(fast);
        }
    }

    private void onUnchoke() {
        peerChoking = false;
        if (pipeline != null) {
            pipeline.onUnchoke();
            fill();
        }
    }

    @Override
    public @Nullable ByteBuffer beginBlock(int piece, int offset, int length) throws ProtocolException {
        return pipeline == null || closed ? null : pipeline.begin(piece, offset, length);
    }

    @Override
    public void endBlock(int piece, int offset, int length) {
        if (pipeline != null && !closed) {
            traffic.received(length);
            swarm.totals().received(length);
            pipeline.end(this);
        }
    }

    @Override
    public void onReadComplete() {
        if (closed) {
            return;
        }
        lastReceived = swarm.now();
        fill();
        if (uploads != null) {
            uploads.pump();
        }
    }

    @Override
    public void onWritable() {
        if (uploads != null && !closed) {
            uploads.pump();
        }
    }

    @Override
    public void onClosed(String reason) {
        swarm.disconnect(this, reason);
    }

    // ---- what we do

    /** Asks for blocks, if it wants any. */
    void fill() {
        if (interesting && pipeline != null) {
            pipeline.fill();
        }
    }

    void updateInterest() {
        if (picks == null || closed) {
            return;
        }
        boolean now = swarm.picker().isInteresting(picks);
        if (now != interesting) {
            interesting = now;
            link.send(now ? Message.INTERESTED : Message.NOT_INTERESTED);
        }
    }

    void choke() {
        choked = true;
        link.send(Message.CHOKE);
        if (uploads != null) {
            uploads.drain(this::refuse);
        }
    }

    void unchoke() {
        choked = false;
        traffic.unchoked(swarm.now());
        link.send(Message.UNCHOKE);
    }

    void have(int piece) {
        link.send(new Message.Have(piece));
    }

    /** Another peer sent this block first. */
    void cancel(int piece, int block) {
        if (pipeline != null) {
            pipeline.cancel(piece, block);
        }
    }

    void onBlockSent(int length) {
        traffic.sent(length);
        swarm.totals().sent(length);
    }

    /** Once a second. */
    void tick(long now) {
        traffic.tick(now);
        if (now - lastReceived > IDLE_TIMEOUT) {
            swarm.disconnect(this, "nothing came for " + IDLE_TIMEOUT / 1_000_000_000L + " s");
            return;
        }
        if (now - lastKeepAlive > KEEP_ALIVE) {
            lastKeepAlive = now;
            link.send(Message.KEEP_ALIVE);
        }
        if (pipeline != null) {
            pipeline.tick(traffic.downRate(), now);
            updateInterest();
            fill();
        }
        extensions.onTick();
    }

    /** Called by the swarm, which has taken it off its list. */
    void close(String reason) {
        closed = true;
        if (pipeline != null) {
            pipeline.close();
        }
        if (uploads != null) {
            uploads.drain((piece, offset, length) -> {});
        }
        extensions.close();
        link.close(reason);
    }

    boolean hasStalledIn(int piece, int block) {
        return pipeline != null && pipeline.hasStalledIn(piece, block);
    }

    void requestLimit(int limit) {
        requestLimit = limit;
        if (pipeline != null) {
            pipeline.peerLimit(limit);
        }
    }

    /**
     * It had a part in a bad piece.
     *
     * @return how often now
     */
    int strike() {
        return ++strikes;
    }

    // ---- what others ask

    Swarm swarm() {
        return swarm;
    }

    PeerLink link() {
        return link;
    }

    PickerPeer<PeerConnection> picks() {
        var known = picks;
        if (known == null) {
            throw new IllegalStateException("the content is not known yet");
        }
        return known;
    }

    PeerAddress address() {
        return link.address();
    }

    PeerId peerId() {
        return theirs.peerId();
    }

    String client() {
        return extensions.client().orElseGet(() -> ClientName.of(theirs.peerId()));
    }

    Traffic traffic() {
        return traffic;
    }

    /** Its handshake was for the v2 infohash: only such peers are asked for hashes (BEP 52). */
    boolean speaksV2() {
        return swarm.hashes()
                .v2()
                .filter(v2 -> v2.wire().equals(theirs.infoHash()))
                .isPresent();
    }

    boolean isClosed() {
        return closed;
    }

    boolean isChoked() {
        return choked;
    }

    boolean isInteresting() {
        return interesting;
    }

    boolean isChokingUs() {
        return peerChoking;
    }

    boolean isInterested() {
        return peerInterested;
    }

    boolean isSnubbed() {
        return pipeline != null && pipeline.isSnubbed();
    }

    /** When it last sent a block, or was first asked for one. */
    long lastProgress() {
        return pipeline == null ? 0 : pipeline.lastProgress();
    }

    /** It has all there is. */
    boolean isSeed() {
        return picks != null && isFull(picks.pieces());
    }

    private static boolean isFull(Bitfield pieces) {
        return pieces.cardinality() == pieces.size();
    }
}
