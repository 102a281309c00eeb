package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import net.shoal.api.transfer.ConnectedPeer;
import net.shoal.api.transfer.PeerTrait;
import net.shoal.base.model.Block;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.ClientName;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.engine.picker.PickerPeer;
import org.jspecify.annotations.Nullable;

/**
 * One peer of a swarm, and where each of its messages goes: what it has to {@link PeerPieces}, what it asks for to {@link Serving},
 * what it sends to the {@link RequestPipeline}, which is there once the content is known.
 *
 * <pre>
 *   connected → (extended handshake, bitfield) → content known → interested ⇄ not, choked ⇄ not (both ways) → closed
 * </pre>
 */
final class PeerConnection implements LinkEvents {
    /** Bytes that may wait to be sent at least: two blocks, so that the line has something to do. */
    private static final long LEAST_WAITING = 32 << 10;

    /** As many as keep the fastest line busy. */
    private static final long MOST_WAITING = 1 << 20;

    /** Peers keep a connection alive every two minutes (BEP 3); some are late. */
    private static final long IDLE_TIMEOUT = 150_000_000_000L;

    private static final long KEEP_ALIVE = 110_000_000_000L;

    /** Who cannot send a block in this time is of no use, and may be there to take up a place. */
    private static final long MESSAGE_TIMEOUT = 240_000_000_000L;

    /** A bitfield may come again (see {@link PeerPieces}), but to look through one takes its time. */
    private static final int BITFIELD_BYTES = 64;

    private final Swarm swarm;
    private final PeerLink link;
    private final Handshake theirs;
    private final boolean fast;
    /** The infohash that the answering side named: v1, or v2 where both know it. */
    private final Sha1Hash agreed;

    private final Traffic traffic;
    private final PeerExtensions extensions;
    private final StateMessages state;
    private final DhtPorts dhtPorts;
    private final PeerPieces pieces;
    private final Serving serving;
    private final Intake intake;
    private final Patience patience = new Patience();
    private @Nullable RequestPipeline pipeline;
    private int requestLimit = RequestPipeline.DEFAULT_PEER_LIMIT;
    private int longestRequest = Block.SIZE;
    private boolean chokingUs = true;
    private boolean closed;
    private final Trust trust = new Trust();

    private long lastReceived;
    /** When a message was last received to its end, and whether one was since {@link #lastReceived}. */
    private long lastWhole;

    private boolean whole;
    private long lastKeepAlive;

    PeerConnection(Swarm swarm, PeerLink link, Handshake theirs) {
        this.swarm = swarm;
        this.link = link;
        this.theirs = theirs;
        this.fast = theirs.supports(Handshake.FAST);
        this.agreed = link.inbound() ? swarm.answer(theirs).infoHash() : theirs.infoHash();
        long now = swarm.now();
        this.traffic = new Traffic(now);
        this.lastReceived = now;
        this.lastWhole = now;
        this.lastKeepAlive = now;
        this.extensions = new PeerExtensions(this, link, swarm);
        this.state = new StateMessages(this, extensions);
        this.dhtPorts = new DhtPorts(link, swarm);
        this.pieces = new PeerPieces(this, swarm);
        this.serving = new Serving(this, link, swarm, fast);
        this.intake = new Intake(link, swarm.downBudget(link));
    }

    /** Says what we are and have. */
    void start() {
        var content = swarm.content();
        if (content.isPresent() && !swarm.superSeeding().mask(this)) {
            tellPieces(content.get());
        } else if (fast) {
            link.send(Message.HAVE_NONE);
        }
        announceExtensions();
        dhtPorts.say(theirs);
        content.ifPresent(this::join);
        if (!closed) {
            link.start(this);
        }
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
            var picks = pieces.join(content);
            picks.choking(chokingUs);
            picks.newcomer(!content.hasV2() && link.kind() == PeerLink.Kind.PEER && !trust.isKnown());
            pipeline = new RequestPipeline(
                    link, content, swarm.download(), picks, swarm.downBudget(link), intake, patience);
            pipeline.peerLimit(requestLimit);
            pipeline.longestRequest(longestRequest);
            serving.join(swarm.readCache());
            pieces.catchUp(content);
        } catch (ProtocolException e) {
            swarm.peers().disconnect(this, e.getMessage());
        }
    }

    // ---- what arrives

    @Override
    public void onMessage(Message message) {
        if (closed) {
            return;
        }
        whole = true;
        try {
            // those that come by the thousand first
            if (message instanceof Message.Request request) {
                serving.onRequest(request);
            } else if (message instanceof Message.Have have) {
                pieces.onHave(have.piece());
            } else if (message instanceof Message.Extended extended) {
                extensions.onMessage(extended.id(), extended.payload());
            } else {
                dispatch(message);
            }
        } catch (ProtocolException e) {
            swarm.peers().disconnect(this, e.getMessage());
        }
    }

    private void dispatch(Message message) throws ProtocolException {
        if (message instanceof Message.Cancel cancel) {
            waste(serving.onCancel(cancel) ? 0 : 1, "cancels");
        } else if (message instanceof Message.RejectRequest reject) {
            waste(onReject(reject) ? 0 : 1, "rejects");
        } else if (message instanceof Message.BitfieldBytes bitfield) {
            waste(1 + bitfield.bytes().remaining() / BITFIELD_BYTES, "bitfields");
            pieces.onBitfield(bitfield.bytes());
        } else if (isOfHashes(message)) {
            onHashes(message);
        } else {
            waste(1, message.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " messages");
            dispatchShort(message);
        }
    }

    private static boolean isOfHashes(Message message) {
        return message instanceof Message.HashRequest
                || message instanceof Message.Hashes
                || message instanceof Message.HashReject;
    }

    private void onHashes(Message message) throws ProtocolException {
        var exchange = swarm.hashExchange();
        if (exchange == null) {
            waste(1, "hash messages");
        } else {
            exchange.onMessage(this, message);
        }
    }

    private void dispatchShort(Message message) throws ProtocolException {
        if (message instanceof Message.Choke) {
            onChoke();
        } else if (message instanceof Message.Unchoke) {
            onUnchoke();
        } else if (message instanceof Message.Interested) {
            serving.onInterested(true);
        } else if (message instanceof Message.NotInterested) {
            serving.onInterested(false);
        } else if (message instanceof Message.HaveAll) {
            pieces.onHaveAll();
        } else if (message instanceof Message.HaveNone) {
            pieces.onHaveNone();
        } else if (message instanceof Message.AllowedFast allowed) {
            pieces.onAllowedFast(allowed.piece());
        } else if (message instanceof Message.SuggestPiece suggested) {
            pieces.onSuggest(suggested.piece());
        } else if (message instanceof Message.Port port) {
            dhtPorts.onPort(port.port());
        }
    }

    private boolean onReject(Message.RejectRequest reject) {
        return pipeline != null && pipeline.onReject(reject.piece(), reject.offset(), reject.length());
    }

    /** It said something that was of no use; nobody listens to that for ever. */
    void waste(int cost, String what) throws ProtocolException {
        if (cost > 0 && isPeer()) {
            patience.spend(cost, what, swarm.now());
        }
    }

    private void onChoke() {
        chokingUs = true;
        if (pipeline != null) {
            pipeline.onChoke(fast);
        }
    }

    private void onUnchoke() {
        chokingUs = false;
        if (pipeline != null) {
            pipeline.onUnchoke();
            fill();
        }
    }

    @Override
    public @Nullable ByteBuffer beginBlock(int piece, int offset, int length) throws ProtocolException {
        whole = true;
        if (pipeline == null || closed) {
            waste(closed ? 0 : Patience.ofBlock(length), "blocks");
            return null;
        }
        return pipeline.begin(piece, offset, length);
    }

    @Override
    public void endBlock(int piece, int offset, int length) {
        whole = true;
        if (pipeline != null && !closed) {
            traffic.received(length);
            if (!isSibling()) {
                swarm.totals().received(length);
            }
            pipeline.end(this, length);
            if (swarm.download().isFlooded()) {
                swarm.holdUp();
            }
        }
    }

    @Override
    public void onReadComplete() {
        if (!closed) {
            lastReceived = swarm.now();
            if (whole) {
                whole = false;
                lastWhole = lastReceived;
            }
            fill();
            serving.pump();
        }
    }

    @Override
    public void onWritable() {
        if (!closed) {
            var exchange = swarm.hashExchange();
            if (exchange != null) {
                exchange.onWritable(this);
            }
            serving.pump();
        }
    }

    @Override
    public void onClosed(String reason) {
        swarm.peers().disconnect(this, reason);
    }

    // ---- what we do

    /** Asks for blocks, if it has any for us. */
    void fill() {
        if (pieces.isInteresting() && pipeline != null) {
            pipeline.fill();
        }
    }

    void have(int piece) {
        link.send(new Message.Have(piece));
    }

    /** What we say of ourselves in the extended handshake has changed. */
    void sayUploadOnly(boolean now) {
        announceExtensions();
        state.sayUploadOnly(now);
    }

    /** It has lost a piece. */
    void forgetRequests(int piece) {
        if (pipeline != null) {
            pipeline.forget(piece);
        }
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

    /** Nothing has come for so many nanoseconds. */
    boolean isSilent(long nanos) {
        return swarm.now() - lastReceived >= nanos;
    }

    /** We wait for blocks, or for it to take what we send, and nothing has come since then. */
    boolean owesSince(long since) {
        boolean owes = !link.isWritable() || (pipeline != null && pipeline.size() > 0);
        return owes && lastReceived - since < 0;
    }

    /** What goes out in half a second, as libtorrent has it: to a slow peer a request of ours is not to wait for minutes behind what it is sent. */
    private static int mayWait(long rate) {
        long half = Math.max(LEAST_WAITING, Math.min(MOST_WAITING, rate / 2));
        // not another with every little change
        return (int) Long.highestOneBit(half);
    }

    /** Once a second. */
    void tick(long now) {
        traffic.tick(now);
        if (traffic.upRate() > 0) {
            link.mayWait(mayWait(traffic.upRate()));
        }
        if (intake.isOff()) {
            lastReceived = now;
            lastWhole = now;
        }
        if (now - lastReceived > IDLE_TIMEOUT) {
            swarm.peers().disconnect(this, "nothing came for " + IDLE_TIMEOUT / 1_000_000_000L + " s");
            return;
        }
        if (now - lastWhole > MESSAGE_TIMEOUT) {
            swarm.peers().disconnect(this, "no message was whole for " + MESSAGE_TIMEOUT / 1_000_000_000L + " s");
            return;
        }
        if (now - lastKeepAlive > KEEP_ALIVE) {
            lastKeepAlive = now;
            link.send(Message.KEEP_ALIVE);
        }
        if (pipeline != null) {
            intake.full(intake.isFull() && swarm.download().isFlooded());
            pipeline.tick(traffic.downRate(), now);
            pieces.updateInterest();
            fill();
        }
        extensions.onTick();
    }

    /** Called by the swarm, which has taken it off its list. */
    void close(String reason) {
        closed = true;
        intake.close();
        if (pipeline != null) {
            pipeline.close();
        }
        serving.close();
        extensions.close();
        link.close(reason);
    }

    boolean hasStalledIn(int piece, int block) {
        return pipeline != null && pipeline.hasStalledIn(piece, block);
    }

    /** There is no memory for what it sends, or there is again. */
    void holdUp(boolean full) {
        intake.full(full);
    }

    /** Less may be fetched than before. */
    void limitLowered() {
        if (pipeline != null) {
            pipeline.limitLowered(fast);
        }
    }

    /** Requests it keeps at once (reqq). */
    void requestLimit(int limit) {
        requestLimit = limit;
        if (pipeline != null) {
            pipeline.peerLimit(limit);
        }
    }

    /** Bytes that it takes one request for. */
    void longestRequest(int bytes) {
        longestRequest = bytes;
        if (pipeline != null) {
            pipeline.longestRequest(bytes);
        }
    }

    /** It had a part in a bad piece: until it is clear who spoilt that, it shares no piece with others. */
    void suspected() {
        trust.suspected();
        onParole(true);
    }

    /** It is clear, or will never be. */
    void unsuspected() {
        if (trust.unsuspected()) {
            onParole(false);
        }
    }

    /** It has sent all of a good piece: it is trusted to share, until it is suspected again. */
    void redeemed() {
        onParole(false);
    }

    /** So many blocks of it are what they should be. */
    void proved(int blocks) {
        trust.proved(blocks);
        if (trust.isKnown() && !closed) {
            picks().newcomer(false);
        }
    }

    Trust trust() {
        return trust;
    }

    private void onParole(boolean now) {
        if (!closed) {
            picks().onParole(now);
        }
    }

    /** Who gives and takes most is worth most, and who might comes before who would not. */
    long worth() {
        long now = swarm.now();
        int may = (pieces.isInteresting() ? 2 : 0) + (serving.isInterested() ? 1 : 0);
        return (traffic.chokerDownRate(now) + traffic.chokerUpRate(now)) * 4 + may;
    }

    // ---- what others ask

    Swarm swarm() {
        return swarm;
    }

    PeerLink link() {
        return link;
    }

    PeerPieces pieces() {
        return pieces;
    }

    /** As the picker knows it. */
    PickerPeer<PeerConnection> picks() {
        return pieces.picks();
    }

    StateMessages state() {
        return state;
    }

    Serving serving() {
        return serving;
    }

    Traffic traffic() {
        return traffic;
    }

    PeerAddress address() {
        return link.address();
    }

    /** Where it can be dialled: there we have dialled it, or so it says. */
    Optional<PeerAddress> listens() {
        if (!link.inbound()) {
            return Optional.of(address());
        }
        var port = extensions.port();
        return port.isEmpty()
                ? Optional.empty()
                : address().inet().map(inet -> PeerAddress.ip(inet.getAddress(), port.getAsInt()));
    }

    /** False for web seeds and the like, which nobody else can be told of. */
    boolean isPeer() {
        return link.kind() == PeerLink.Kind.PEER;
    }

    /** As others may be told of it. */
    ConnectedPeer describe() {
        var traits = EnumSet.noneOf(PeerTrait.class);
        if (extensions.prefersEncryption()) {
            traits.add(PeerTrait.ENCRYPTION);
        }
        if (isUploadOnly()) {
            traits.add(PeerTrait.UPLOAD_ONLY);
        }
        if (link.transport().equals("utp")) {
            traits.add(PeerTrait.UTP);
        }
        if (extensions.theirIdOf("ut_holepunch") != 0) {
            traits.add(PeerTrait.HOLEPUNCH);
        }
        if (!link.inbound()) {
            traits.add(PeerTrait.REACHABLE);
        }
        return new ConnectedPeer(address(), listens(), traits);
    }

    /** It wants nothing of anybody: it has everything, or (BEP 21) all that it wants. */
    boolean isUploadOnly() {
        return pieces.isSeed() || (state.isUploadOnly() && !serving.isInterested());
    }

    PeerId peerId() {
        return theirs.peerId();
    }

    String client() {
        return extensions.client().orElseGet(() -> ClientName.of(theirs.peerId()));
    }

    /** We agreed on the v2 infohash: only such peers are asked for hashes (BEP 52). */
    boolean speaksV2() {
        return swarm.hashes().v2().filter(v2 -> v2.wire().equals(agreed)).isPresent();
    }

    /** Another transfer of this node: what comes of it has not come over the network. */
    boolean isSibling() {
        return link.kind() == PeerLink.Kind.SIBLING;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isChokingUs() {
        return chokingUs;
    }

    boolean isSnubbed() {
        return pipeline != null && pipeline.isSnubbed();
    }

    /** It was asked for something that it has not sent. */
    boolean owesBlocks() {
        return pipeline != null && pipeline.size() > 0;
    }

    /** When it last sent a block, or was first asked for one. */
    long lastProgress() {
        return pipeline == null ? 0 : pipeline.lastProgress();
    }
}
