package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import net.shoal.base.model.Bitfield;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.engine.picker.PickerPeer;
import org.jspecify.annotations.Nullable;

/** What a peer has, and whether we want something of it. What it says before the content is known is kept for later. */
final class PeerPieces {
    private static final int BEGINNER = 5;

    private final PeerConnection peer;
    private final Swarm swarm;
    private @Nullable EarlyHaves early = new EarlyHaves();
    private @Nullable PickerPeer<PeerConnection> picks;
    private boolean told;
    /** Then it does not have everything by one word. */
    private boolean hasLost;

    private boolean interesting;

    PeerPieces(PeerConnection peer, Swarm swarm) {
        this.peer = peer;
        this.swarm = swarm;
    }

    /** The content is known. */
    PickerPeer<PeerConnection> join(Content content) {
        var joined = content.picker().addPeer(peer);
        joined.inRuns(peer.link().kind() != PeerLink.Kind.PEER);
        joined.sibling(peer.isSibling());
        picks = joined;
        return joined;
    }

    /** Takes up what was said before, once the peer has joined. */
    void catchUp(Content content) throws ProtocolException {
        var before = early;
        early = null;
        if (before != null) {
            content.picker().peerHas(picks(), before.resolve(content.layout().pieceCount()));
            onChange();
        }
    }

    boolean isJoined() {
        return picks != null;
    }

    PickerPeer<PeerConnection> picks() {
        var joined = picks;
        if (joined == null) {
            throw new IllegalStateException("the content is not known yet");
        }
        return joined;
    }

    void onHave(int piece) throws ProtocolException {
        if (early != null) {
            if (!early.have(piece)) {
                peer.waste(1, "haves");
            }
        } else if (picks().pieces().get(checked(piece))) {
            peer.waste(1, "haves");
        } else {
            swarm.picker().peerHas(picks(), piece);
            onChange();
        }
    }

    /** The first thing it says, and with aria2 also later, where it is shorter than many haves: then it adds to what is known. */
    void onBitfield(ByteBuffer bytes) throws ProtocolException {
        if (early != null) {
            early.bitfield(bytes);
            told = true;
            return;
        }
        var said = EarlyHaves.parse(bytes, swarm.picker().have().size());
        if (told) {
            for (int piece = said.nextSet(0); piece >= 0; piece = said.nextSet(piece + 1)) {
                swarm.picker().peerHas(picks(), piece);
            }
        } else {
            swarm.picker().peerHas(picks(), said);
        }
        told = true;
        onChange();
    }

    void onHaveAll() {
        if (early != null) {
            early.all();
        } else if (!isSeed() && !hasLost) {
            swarm.picker().peerHasAll(picks());
            onChange();
        }
        told = true;
    }

    void onHaveNone() {
        told = true;
    }

    /** BEP 54. */
    void onDontHave(int piece) throws ProtocolException {
        hasLost = true;
        if (early != null) {
            early.dontHave(piece);
        } else {
            swarm.picker().peerLost(picks(), checked(piece));
            peer.forgetRequests(piece);
            updateInterest();
        }
    }

    void onAllowedFast(int piece) throws ProtocolException {
        if (picks != null) {
            picks.allowedFast(checked(piece));
        }
    }

    void onSuggest(int piece) throws ProtocolException {
        if (picks != null) {
            picks.suggested(checked(piece));
        }
    }

    private int checked(int piece) throws ProtocolException {
        int count = swarm.picker().have().size();
        if (piece < 0 || piece >= count) {
            throw new ProtocolException("named piece " + piece + " of " + count);
        }
        return piece;
    }

    private void onChange() {
        updateInterest();
        var hashes = swarm.hashExchange();
        if (hashes != null) {
            hashes.ask(peer);
        }
        swarm.superSeeding().onHave(peer);
        swarm.peers().checkRedundant(peer);
    }

    void updateInterest() {
        if (picks == null || peer.isClosed()) {
            return;
        }
        boolean now = swarm.picker().isInteresting(picks);
        if (now != interesting) {
            interesting = now;
            peer.link().send(now ? Message.INTERESTED : Message.NOT_INTERESTED);
        }
    }

    /** We want something of what it has. */
    boolean isInteresting() {
        return interesting;
    }

    /** It has all there is. */
    boolean isSeed() {
        return picks != null && isFull(picks.pieces());
    }

    /** It has too little to trade with (BEP 6). */
    boolean isBeginner() {
        return picks != null && picks.pieces().cardinality() < BEGINNER;
    }

    /** How much of the content it has, of 1. */
    double share() {
        return picks == null
                ? 0
                : (double) picks.pieces().cardinality()
                        / Math.max(1, picks.pieces().size());
    }

    private static boolean isFull(Bitfield pieces) {
        return pieces.cardinality() == pieces.size();
    }
}
