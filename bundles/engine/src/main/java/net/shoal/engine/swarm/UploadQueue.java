package net.shoal.engine.swarm;

import org.jspecify.annotations.Nullable;

/** What one peer is to be sent: requests wait here until its link takes more, and what they need is read ahead. */
final class UploadQueue {
    /** As we advertise it (reqq); a peer that sends more has them refused. */
    static final int MAX_REQUESTS = 2_000;

    /** How far ahead of what is being sent a peer's requests are read. */
    private static final int READ_AHEAD = 2 << 20;

    private final PeerConnection peer;
    private final PeerLink link;
    private final ReadCache cache;
    private final UploadRequests requests = new UploadRequests();
    /** Requests, from the first, whose spans have been asked for; and the bytes of those. */
    private int aheadCount;

    private int aheadBytes;
    private @Nullable ReadSpan current;
    private @Nullable ReadSpan lastAhead;

    UploadQueue(PeerConnection peer, PeerLink link, ReadCache cache) {
        this.peer = peer;
        this.link = link;
        this.cache = cache;
    }

    int size() {
        return requests.size();
    }

    /** @return false if there are too many already */
    boolean add(int piece, int offset, int length) {
        if (requests.size() >= MAX_REQUESTS) {
            return false;
        }
        requests.add(piece, offset, length);
        return true;
    }

    /** @return false if it is not waiting (any longer) */
    boolean cancel(int piece, int offset, int length) {
        int index = requests.remove(piece, offset, length);
        if (index >= 0 && index < aheadCount) {
            aheadCount--;
            aheadBytes -= length;
        }
        return index >= 0;
    }

    /** Sends as much as the link takes and the disk has brought. */
    void pump() {
        readAhead();
        while (requests.size() > 0 && link.isWritable()) {
            int piece = requests.piece(0);
            int offset = requests.offset(0);
            int length = requests.length(0);
            var span = spanOf(piece, offset, length);
            if (span.state() == ReadSpan.State.LOADING) {
                span.await(this);
                return;
            }
            removeFirst(length);
            if (span.state() == ReadSpan.State.LOADED) {
                link.sendBlock(piece, offset, length, span.data(), offset - span.offset);
                peer.onBlockSent(length);
            } else {
                peer.serving().refuse(piece, offset, length);
            }
            if (!span.shared) {
                span.release();
                current = null;
            }
            if (aheadBytes < READ_AHEAD / 2) {
                readAhead();
            }
        }
    }

    private ReadSpan spanOf(int piece, int offset, int length) {
        var span = current;
        if (span == null || !span.holds(piece, offset, length) || span.isReleased()) {
            span = cache.get(piece, offset, length);
            current = span;
        }
        return span;
    }

    private void removeFirst(int length) {
        requests.removeFirst();
        if (aheadCount > 0) {
            aheadCount--;
            aheadBytes -= length;
        }
    }

    private void readAhead() {
        while (aheadCount < requests.size() && aheadBytes < READ_AHEAD && (aheadCount == 0 || cache.hasRoom())) {
            int piece = requests.piece(aheadCount);
            int offset = requests.offset(aheadCount);
            int length = requests.length(aheadCount);
            var span = lastAhead;
            boolean covered = span != null && span.holds(piece, offset, length) && !span.isReleased();
            if (!covered && !ReadCache.isSplit(offset, length)) {
                lastAhead = cache.get(piece, offset, length);
            }
            aheadCount++;
            aheadBytes += length;
        }
    }

    /** Empties it. */
    void drain(Refused refused) {
        for (int i = 0; i < requests.size(); i++) {
            refused.on(requests.piece(i), requests.offset(i), requests.length(i));
        }
        requests.clear();
        aheadCount = 0;
        aheadBytes = 0;
        current = null;
        lastAhead = null;
    }

    /** Sees one request that will not be answered. */
    interface Refused {
        void on(int piece, int offset, int length);
    }
}
