package net.shoal.extension.metadata;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongSupplier;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.metainfo.Info;

/** {@code ut_metadata} with one peer: asks while our swarm has no info dictionary, answers once it has. */
final class MetadataSession implements WireSession {
    /** Requests to one peer at once. */
    private static final int PIPELINE = 16;

    private static final long SECOND = 1_000_000_000L;
    private static final long TIMEOUT = 5 * SECOND;
    /** A peer that rejected, or did not answer, is left alone for so long. */
    private static final long REST = 20 * SECOND;
    /** Pieces served to one peer a second; who asks for more waits. */
    private static final int SERVED_A_SECOND = 128;

    private static final int MAX_WAITING = MetadataMessage.pieces(MetadataMessage.MAX_SIZE);

    private final PeerWire wire;
    private final MetadataFetch fetch;
    private final LongSupplier clock;
    private final Runnable last;
    /** Piece to the time it was asked for. */
    private final Map<Integer, Long> asked = new HashMap<>();

    private final Queue<Integer> waiting = new ArrayDeque<>();
    private int allowance = SERVED_A_SECOND;
    private int size;
    private boolean resting;
    private long restUntil;

    /** @param last run when the swarm's last session is gone */
    MetadataSession(PeerWire wire, MetadataFetch fetch, LongSupplier clock, Runnable last) {
        this.wire = wire;
        this.fetch = fetch;
        this.clock = clock;
        this.last = last;
    }

    @Override
    public void contribute(BDict.Builder handshake) {
        metadata().ifPresent(bytes -> handshake.put("metadata_size", bytes.remaining()));
    }

    @Override
    public void onHandshake(BDict handshake) {
        long told = handshake.integer("metadata_size").orElse(0);
        if (told <= 0 || told > MetadataMessage.MAX_SIZE) {
            return;
        }
        if (size > 0 && told != size) {
            wire.reject("ut_metadata: the info dictionary has " + size + " bytes, and then " + told);
            return;
        }
        size = (int) told;
        ask();
    }

    @Override
    public void onMessage(ByteBuffer payload) {
        try {
            var message = MetadataMessage.read(payload);
            if (message instanceof MetadataMessage.Request request) {
                onRequest(request.piece());
            } else if (message instanceof MetadataMessage.Data data) {
                onData(data);
            } else if (message instanceof MetadataMessage.Reject reject && asked.remove(reject.piece()) != null) {
                rest();
            }
        } catch (BencodeException e) {
            wire.reject("ut_metadata: " + e.getMessage());
        }
    }

    private Optional<ByteBuffer> metadata() {
        return wire.swarm().info().map(Info::raw);
    }

    // ---- asking

    /** Asks for as much as may be under way. */
    void ask() {
        if (size == 0 || resting || metadata().isPresent() || !fetch.hasPlace(this, size)) {
            return;
        }
        var copy = fetch.copyFor(this, size);
        while (asked.size() < PIPELINE) {
            int piece = copy.next(this, asked.isEmpty());
            if (piece < 0) {
                return;
            }
            asked.put(piece, clock.getAsLong());
            wire.send(MetadataMessage.request(piece));
        }
    }

    private void onData(MetadataMessage.Data data) {
        if (asked.remove(data.piece()) == null || metadata().isPresent()) {
            return;
        }
        if (data.totalSize() != size || !fetch.hasPlace(this, size)) {
            rest();
            return;
        }
        var copy = fetch.copyFor(this, size);
        if (!copy.put(this, data.piece(), data.data())) {
            wire.reject("ut_metadata: sent a piece of the wrong length");
        } else if (copy.isComplete()) {
            asked.clear();
            fetch.complete(copy, this);
        } else {
            ask();
        }
    }

    /** Of the info dictionary, as the peer says; 0 if it has not. */
    int size() {
        return size;
    }

    boolean offer(ByteBuffer whole) {
        return wire.swarm().offerInfoDictionary(whole);
    }

    void sentBadCopy() {
        wire.reject("ut_metadata: sent another info dictionary");
    }

    /** Others may send what it was asked for. */
    private void rest() {
        resting = true;
        restUntil = clock.getAsLong() + REST;
        asked.clear();
        fetch.release(this);
    }

    // ---- answering

    private void onRequest(int piece) {
        var metadata = metadata();
        if (metadata.isEmpty() || piece >= MetadataMessage.pieces(metadata.get().remaining())) {
            wire.send(MetadataMessage.reject(piece));
        } else if (allowance > 0) {
            allowance--;
            wire.send(MetadataMessage.data(piece, metadata.get()));
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(piece);
        } else {
            wire.send(MetadataMessage.reject(piece));
        }
    }

    @Override
    public void onTick() {
        allowance = SERVED_A_SECOND;
        while (allowance > 0 && !waiting.isEmpty()) {
            onRequest(waiting.remove());
        }
        long now = clock.getAsLong();
        if (asked.values().stream().anyMatch(when -> now - when > TIMEOUT)) {
            rest();
        }
        if (resting && now - restUntil >= 0) {
            resting = false;
        }
        ask();
    }

    @Override
    public void onClosed() {
        asked.clear();
        size = 0;
        if (fetch.leave(this)) {
            last.run();
        }
    }
}
