package net.shoal.engine.swarm;

import net.shoal.base.model.Block;
import net.shoal.base.wire.WireReader;
import org.jspecify.annotations.Nullable;

/** What one peer is to be sent: requests wait here until its link takes more, and what they need is read ahead. */
final class UploadQueue implements Budget.Taker {
    /** As we advertise it (reqq); a peer that sends more has them refused. */
    static final int MAX_REQUESTS = 2_000;

    /** How far ahead of what is being sent a peer's requests are read. */
    private static final int READ_AHEAD = 2 << 20;

    /** The same where it takes long until it is sent: one read from disk. */
    private static final int READ_AHEAD_LIMITED = 256 << 10;

    private final PeerConnection peer;
    private final PeerLink link;
    private final ReadCache cache;
    private final Budget budget;
    private final UploadRequests requests = new UploadRequests();
    /** Requests, from the first, whose spans have been asked for; and the bytes of those. */
    private int aheadCount;

    private int aheadBytes;
    /** The first request had its turn while it was still being read. */
    private boolean paid;

    private @Nullable ReadSpan current;
    private @Nullable ReadSpan lastAhead;

    UploadQueue(PeerConnection peer, PeerLink link, ReadCache cache, Budget budget) {
        this.peer = peer;
        this.link = link;
        this.cache = cache;
        this.budget = budget;
    }

    int size() {
        return requests.size();
    }

    /**
     * Where there is a limit, a request for several blocks is answered block by block, so that peers share it evenly.
     *
     * @return false if there are too many already
     */
    boolean add(int piece, int offset, int length) {
        if (requests.size() >= MAX_REQUESTS) {
            return false;
        }
        int part = budget.isLimited() ? Block.SIZE : length;
        for (int done = 0; done < length; done += part) {
            requests.add(piece, offset + done, Math.min(part, length - done));
        }
        return true;
    }

    /** @return false if none of it is waiting (any longer) */
    boolean cancel(int piece, int offset, int length) {
        if (remove(piece, offset, length)) {
            return true;
        }
        boolean any = false;
        for (int done = 0; done < length && length <= WireReader.MAX_BLOCK; done += Block.SIZE) {
            any |= remove(piece, offset + done, Math.min(Block.SIZE, length - done));
        }
        return any;
    }

    private boolean remove(int piece, int offset, int length) {
        int index = requests.remove(piece, offset, length);
        if (index >= 0 && index < aheadCount) {
            aheadCount--;
            aheadBytes -= length;
        }
        return index >= 0;
    }

    @Override
    public void onTurn() {
        pump();
        if (!paid && requests.size() > 0 && link.isWritable() && spanOf(0).state() == ReadSpan.State.LOADING) {
            paid = budget.mayTake(this, requests.length(0)) > 0;
            budget.spend(paid ? requests.length(0) : 0);
        }
    }

    /** Sends as much as the link takes, the disk has brought and the limit allows. */
    void pump() {
        readAhead();
        while (requests.size() > 0 && link.isWritable()) {
            int piece = requests.piece(0);
            int offset = requests.offset(0);
            int length = requests.length(0);
            var span = spanOf(0);
            if (span.state() == ReadSpan.State.LOADING) {
                span.await(this);
                return;
            }
            boolean loaded = span.state() == ReadSpan.State.LOADED;
            if (loaded && !pay(length)) {
                return;
            }
            removeFirst(length);
            if (loaded) {
                link.sendBlock(piece, offset, length, span.data(), offset - span.offset);
                peer.onBlockSent(length);
            } else {
                peer.serving().refuse(piece, offset, length);
            }
            if (!span.shared) {
                forgetCurrent();
            }
            if (aheadBytes < (budget.isLimited() ? READ_AHEAD_LIMITED : READ_AHEAD) / 2) {
                readAhead();
            }
        }
    }

    private boolean pay(int length) {
        if (!paid && budget.mayTake(this, length) == 0) {
            return false;
        }
        budget.spend(paid ? 0 : length);
        paid = false;
        return true;
    }

    private ReadSpan spanOf(int index) {
        int piece = requests.piece(index);
        int offset = requests.offset(index);
        int length = requests.length(index);
        var span = current;
        if (span == null || !span.holds(piece, offset, length) || span.isReleased()) {
            forgetCurrent();
            span = cache.get(piece, offset, length);
            current = span;
        }
        return span;
    }

    /** One that was read for a single request is nobody else's. */
    private void forgetCurrent() {
        if (current != null && !current.shared) {
            current.abandon();
        }
        current = null;
    }

    private void removeFirst(int length) {
        requests.removeFirst();
        if (aheadCount > 0) {
            aheadCount--;
            aheadBytes -= length;
        }
    }

    private void readAhead() {
        int most = budget.isLimited() ? READ_AHEAD_LIMITED : READ_AHEAD;
        while (aheadCount < requests.size() && aheadBytes < most && (aheadCount == 0 || cache.hasRoom())) {
            int piece = requests.piece(aheadCount);
            int offset = requests.offset(aheadCount);
            int length = requests.length(aheadCount);
            var span = lastAhead;
            boolean covered = span != null && span.holds(piece, offset, length) && !span.isReleased();
            if (!covered && !ReadCache.isSplit(offset, length)) {
                lastAhead = cache.shared(piece, offset);
            }
            aheadCount++;
            aheadBytes += length;
        }
    }

    /** Empties it. */
    void drain(Refused refused) {
        budget.leave(this);
        if (paid) {
            paid = false;
            budget.giveBack(requests.length(0));
        }
        for (int i = 0; i < requests.size(); i++) {
            refused.on(requests.piece(i), requests.offset(i), requests.length(i));
        }
        requests.clear();
        aheadCount = 0;
        aheadBytes = 0;
        forgetCurrent();
        lastAhead = null;
    }

    /** Sees one request that will not be answered. */
    interface Refused {
        void on(int piece, int offset, int length);
    }
}
