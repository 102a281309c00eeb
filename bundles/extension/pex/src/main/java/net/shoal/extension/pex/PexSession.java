package net.shoal.extension.pex;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerWire;
import net.shoal.api.transfer.WireSession;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.model.PeerAddress;

/**
 * {@code ut_pex} with one peer. It is told whom we are connected to a few seconds after it came, and once a minute what has changed; what it
 * tells is handed on, as much of it as it may tell.
 */
final class PexSession implements WireSession {
    /** Peers added, and dropped, by one message (BEP 11). */
    static final int MAX_CHANGES = 50;

    private static final long SECOND = 1_000_000_000L;
    /** Time enough to be connected to some. */
    private static final long FIRST_AFTER = 5 * SECOND;

    private static final long INTERVAL = 60 * SECOND;
    /** Added peers that are taken of a message, and of the first one. */
    private static final int MAX_TAKEN = 50;

    private static final int MAX_TAKEN_FIRST = 200;

    private final PeerWire wire;
    private final LongSupplier clock;
    private final PexFlood flood = new PexFlood();
    /** Whom the peer was told of and not yet told that they are gone. */
    private final Set<PeerAddress> told = new HashSet<>();

    private boolean isWelcome;
    private boolean hasTold;
    private long due;

    PexSession(PeerWire wire, LongSupplier clock) {
        this.wire = wire;
        this.clock = clock;
    }

    // ---- telling

    @Override
    public void onHandshake(BDict handshake) {
        if (!isWelcome) {
            isWelcome = true;
            due = clock.getAsLong() + FIRST_AFTER;
        }
    }

    @Override
    public void onTick() {
        // before the info dictionary is there, nobody knows whether the torrent is private (BEP 27)
        if (!isWelcome || clock.getAsLong() - due < 0 || wire.swarm().info().isEmpty()) {
            return;
        }
        due = clock.getAsLong() + INTERVAL;
        var news = news();
        if (!news.isEmpty()) {
            wire.send(news.toBytes());
        }
    }

    private PexMessage news() {
        var now = connected();
        var added = new ArrayList<FoundPeer>();
        for (var peer : now.values()) {
            if (added.size() < MAX_CHANGES && told.add(peer.address())) {
                added.add(peer);
            }
        }
        var dropped = new ArrayList<PeerAddress>();
        for (var address : List.copyOf(told)) {
            if (dropped.size() < MAX_CHANGES && !now.containsKey(address)) {
                told.remove(address);
                dropped.add(address);
            }
        }
        return new PexMessage(added, dropped);
    }

    /** Those that this peer may be told of: others that can be dialled, from where it is. */
    private Map<PeerAddress, FoundPeer> connected() {
        var self = wire.peer();
        var peers = new LinkedHashMap<PeerAddress, FoundPeer>();
        for (var peer : wire.swarm().peers()) {
            boolean other =
                    !peer.address().equals(self.address()) && !peer.listens().equals(self.listens());
            peer.listens()
                    .filter(address -> other && Reach.mayTell(address, self.address()))
                    .ifPresent(address -> peers.put(address, new FoundPeer(address, peer.traits())));
        }
        return peers;
    }

    // ---- being told

    @Override
    public void onMessage(ByteBuffer payload) {
        var verdict = flood.onMessage(clock.getAsLong());
        if (verdict == PexFlood.Verdict.REJECT) {
            wire.reject("ut_pex: told of peers far too often");
            return;
        }
        if (verdict == PexFlood.Verdict.IGNORE) {
            return;
        }
        try {
            var message = PexMessage.read(payload);
            int limit = hasTold ? MAX_TAKEN : MAX_TAKEN_FIRST;
            hasTold = true;
            var added = message.added();
            wire.found(added.subList(0, Math.min(limit, added.size())));
        } catch (BencodeException e) {
            wire.reject("ut_pex: " + e.getMessage());
        }
    }

    @Override
    public void onClosed() {
        told.clear();
    }
}
