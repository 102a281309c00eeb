package net.shoal.engine.swarm;

import java.util.Set;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import org.jspecify.annotations.Nullable;

/** What we give one peer: whether we choke it, and its requests. */
final class Serving {
    /** A peer that asks so often for what it cannot have never stops. */
    private static final int MAX_REFUSALS = 10_000;

    /** Who has a slot and asks for nothing so long has no use for it now, in nanoseconds. */
    private static final long IDLE_AFTER = 1_000_000_000L;

    private final PeerConnection peer;
    private final PeerLink link;
    private final Swarm swarm;
    private final boolean fast;
    private @Nullable UploadQueue queue;
    private boolean choked = true;
    private boolean interested;
    private long lastRequest;
    private int refusals;
    private Set<Integer> allowed = Set.of();
    /** Bytes that it may still have while it is choked. */
    private long allowance;

    /** @param fast the peer understands rejects (BEP 6) */
    Serving(PeerConnection peer, PeerLink link, Swarm swarm, boolean fast) {
        this.peer = peer;
        this.link = link;
        this.swarm = swarm;
        this.fast = fast;
    }

    /** The content is known. */
    void join(ReadCache cache) {
        queue = new UploadQueue(peer, link, cache, swarm.upBudget(link));
    }

    void onInterested(boolean now) {
        interested = now;
        if (now) {
            swarm.choking().onInterested(peer);
            if (choked) {
                allowSome();
            }
        } else {
            swarm.choking().onNotInterested(peer);
        }
    }

    void onRequest(Message.Request request) throws ProtocolException {
        var open = queue;
        if (open == null) {
            return;
        }
        lastRequest = swarm.now();
        int piece = request.piece();
        int offset = request.offset();
        int length = request.length();
        if (!mayHave(piece, length) || !swarm.mayServe(piece, offset, length)) {
            countRefusal();
            refuse(piece, offset, length);
        } else if (!open.add(piece, offset, length)) {
            if (!fast) {
                throw new ProtocolException("asked for more than " + UploadQueue.MAX_REQUESTS + " blocks at once");
            }
            countRefusal();
            refuse(piece, offset, length);
        }
    }

    private void countRefusal() throws ProtocolException {
        if (++refusals > MAX_REFUSALS) {
            throw new ProtocolException("keeps asking for what it cannot have");
        }
    }

    private boolean mayHave(int piece, int length) {
        if (!swarm.superSeeding().shows(peer, piece)) {
            return false;
        }
        if (!choked) {
            return true;
        }
        if (!allowed.contains(piece) || allowance < length) {
            return false;
        }
        allowance -= length;
        return true;
    }

    /** To one that has next to nothing, and no slot yet: some pieces for nothing (BEP 6). */
    private void allowSome() {
        var content = swarm.content();
        var address = peer.address().inet();
        if (!fast
                || content.isEmpty()
                || address.isEmpty()
                || !allowed.isEmpty()
                || !peer.pieces().isBeginner()
                || !swarm.choking().allowsAnother()) {
            return;
        }
        var layout = content.get().layout();
        allowed = AllowedFast.of(
                address.get().getAddress(), swarm.hashes().wireForms().get(0), layout);
        for (int piece : allowed) {
            if (content.get().picker().have().get(piece) && swarm.superSeeding().shows(peer, piece)) {
                // each once, and what was lost on the way
                allowance += 2L * layout.lengthOf(piece);
                link.send(new Message.AllowedFast(piece));
            }
        }
    }

    /** @return false if that was not asked for, or has been sent */
    boolean onCancel(Message.Cancel cancel) {
        boolean waited = queue != null && queue.cancel(cancel.piece(), cancel.offset(), cancel.length());
        if (waited) {
            refuse(cancel.piece(), cancel.offset(), cancel.length());
        }
        return waited;
    }

    /** Without BEP 6 there is no way to say so. */
    void refuse(int piece, int offset, int length) {
        if (fast && !peer.isClosed()) {
            link.send(new Message.RejectRequest(piece, offset, length));
        }
    }

    void choke() {
        choked = true;
        link.send(Message.CHOKE);
        if (queue != null) {
            queue.drain(this::refuse);
        }
    }

    void unchoke() {
        choked = false;
        lastRequest = swarm.now();
        peer.traffic().unchoked(swarm.now());
        link.send(Message.UNCHOKE);
    }

    /** Sends what it can. */
    void pump() {
        if (queue != null) {
            queue.pump();
        }
    }

    void close() {
        if (queue != null) {
            queue.drain((piece, offset, length) -> {});
        }
    }

    boolean isChoked() {
        return choked;
    }

    /** It has no slot, and is given something all the same. */
    boolean isAllowedSome() {
        return choked && interested && allowance > 0 && peer.pieces().isBeginner();
    }

    /** It has a slot and makes no use of it. */
    boolean isIdle(long now) {
        return !choked && (queue == null || queue.size() == 0) && now - lastRequest > IDLE_AFTER;
    }

    /** It wants something of us. */
    boolean isInterested() {
        return interested;
    }
}
