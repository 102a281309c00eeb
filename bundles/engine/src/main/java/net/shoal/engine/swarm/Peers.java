package net.shoal.engine.swarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is connected to a swarm: who gets in, and who has to go. */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    /** A newcomer has so long to be of use before it has to make room. */
    private static final long IDLE_AFTER = 20_000_000_000L;
    /** Nanoseconds after which a peer that connects once more is believed to have lost the connection we have. */
    private static final long SILENT = 8_000_000_000L;
    /** The same where it comes from elsewhere, which anybody might. */
    private static final long SILENT_ELSEWHERE = 30_000_000_000L;

    private final Swarm swarm;
    private final Set<PeerConnection> connected = new LinkedHashSet<>();

    Peers(Swarm swarm) {
        this.swarm = swarm;
    }

    int count() {
        return connected.size();
    }

    /** As they are now: the list stays as it is when peers come and go. */
    List<PeerConnection> all() {
        return List.copyOf(connected);
    }

    /** True if an inbound connection from there is worth an answer. */
    boolean wants(PeerAddress address, Handshake theirs) {
        return isWelcome(address, theirs)
                && (swarm.slots().hasRoom() || leastBelow(address).isPresent());
    }

    private boolean isWelcome(PeerAddress address, Handshake theirs) {
        return swarm.isRunning()
                && swarm.name().isNamedBy(theirs)
                && !theirs.peerId().equals(swarm.context().peerId())
                && !swarm.dialling().isBanned(address)
                && (!isFull() || leastBelow(address).isPresent());
    }

    private boolean isFull() {
        return connected.size() >= swarm.maxPeers();
    }

    /** Of those nothing goes to or comes from, the one of least priority, if that is less than that of a newcomer (BEP 40). */
    private Optional<PeerConnection> leastBelow(PeerAddress newcomer) {
        var dialling = swarm.dialling();
        return connected.stream()
                .filter(peer -> peer.isPeer() && isIdle(peer))
                .min(Comparator.comparingLong(peer -> dialling.priority(peer.address())))
                .filter(least -> dialling.priority(least.address()) < dialling.priority(newcomer));
    }

    private boolean isIdle(PeerConnection peer) {
        var traffic = peer.traffic();
        long now = swarm.now();
        return now - traffic.connectedAt() > IDLE_AFTER
                && traffic.chokerDownRate(now) == 0
                && traffic.chokerUpRate(now) == 0;
    }

    /** Takes the connection, or closes it if there is no use for it. */
    void admit(PeerLink link, Handshake theirs) {
        boolean dialled = !link.inbound();
        if (!dialled) {
            swarm.context().node().connections().reached();
        }
        if (!isWelcome(link.address(), theirs) || !isBetterThanAnother(link, theirs)) {
            LOG.debug("{}: {} is not needed", swarm.hashes().hex(), link.address());
            link.close("not needed");
            if (dialled) {
                swarm.slots().giveBack();
                swarm.dialling().refused(link.address());
            }
            return;
        }
        if (isFull() || !(dialled || swarm.slots().hasRoom())) {
            leastBelow(link.address())
                    .ifPresent(least -> disconnect(least, "makes room for a peer of higher priority", true));
        }
        if (dialled || swarm.slots().take()) {
            join(link, theirs);
        } else {
            LOG.debug("{}: there are as many connections as there may be", link.address());
            link.close("the node has no connections to spare");
        }
    }

    /** Takes what is no peer, whether there is room for more of them or not. */
    boolean admitSource(PeerLink link, Handshake theirs) {
        if (!swarm.isRunning() || swarm.dialling().isBanned(link.address())) {
            return false;
        }
        join(link, theirs);
        return true;
    }

    private void join(PeerLink link, Handshake theirs) {
        var peer = new PeerConnection(swarm, link, theirs);
        connected.add(peer);
        swarm.awake();
        LOG.debug("{}: {} joined, {} in all", swarm.hashes().hex(), link.address(), connected.size());
        peer.start();
    }

    /**
     * Of two connections with one peer both ends keep the one dialled by the greater peer id. But where the one there is has been
     * silent, the peer may have lost it without our hearing of it.
     */
    private boolean isBetterThanAnother(PeerLink link, Handshake theirs) {
        for (var peer : connected) {
            if (peer.peerId().equals(theirs.peerId())) {
                boolean weAreGreater = swarm.context()
                                .peerId()
                                .value()
                                .compareTo(theirs.peerId().value())
                        > 0;
                boolean isSecond = peer.link().inbound() == link.inbound() || link.inbound() == weAreGreater;
                if (isSecond && !isLost(peer, link)) {
                    return false;
                }
                disconnect(peer, "connected twice");
                return true;
            }
        }
        return true;
    }

    private static boolean isLost(PeerConnection peer, PeerLink again) {
        boolean sameHost = PeerBook.host(peer.address()).equals(PeerBook.host(again.address()));
        return peer.isSilent(sameHost ? SILENT : SILENT_ELSEWHERE);
    }

    /**
     * Drops who owes us something and has said nothing.
     *
     * @return false if there is none
     */
    boolean dropSilent(long since) {
        boolean dropped = false;
        for (var peer : all()) {
            if (peer.owesSince(since)) {
                disconnect(peer, "silent since the network changed");
                dropped = true;
            }
        }
        return dropped;
    }

    /** Where there may be fewer than there are, those that are of least use go. */
    void trim() {
        var all = new ArrayList<>(connected);
        all.removeIf(peer -> !takesSlot(peer));
        int surplus = Math.min(
                all.size(),
                Math.max(all.size() - swarm.maxPeers(), swarm.slots().surplus()));
        if (surplus > 0) {
            all.sort(Comparator.comparingLong(PeerConnection::worth));
            all.subList(0, surplus).forEach(peer -> disconnect(peer, "there are to be fewer connections"));
        }
    }

    /**
     * Once a second: where others wait to be tried and there is no room, the oldest goes of those that neither have anything for us nor want
     * anything. Without this, peers that say nothing could keep all others out.
     */
    void turnOver() {
        boolean crowded = isFull() || !swarm.slots().hasRoom();
        if (crowded && !swarm.isUploadOnly() && swarm.dialling().hasDue()) {
            connected.stream()
                    .filter(peer -> takesSlot(peer) && isIdle(peer) && isUseless(peer))
                    .findFirst()
                    .ifPresent(peer -> disconnect(peer, "is of no use, and others wait to be tried", true));
        }
    }

    /** Before the info dictionary is known nobody can be of interest; whoever has something to say of it says it. */
    private boolean isUseless(PeerConnection peer) {
        return swarm.content().isPresent()
                ? !peer.pieces().isInteresting() && !peer.serving().isInterested()
                : peer.isSilent(IDLE_AFTER);
    }

    private static boolean takesSlot(PeerConnection peer) {
        return peer.link().kind() == PeerLink.Kind.PEER;
    }

    void disconnect(PeerConnection peer, @Nullable String reason) {
        disconnect(peer, reason, false);
    }

    private void disconnect(PeerConnection peer, @Nullable String reason, boolean redundant) {
        if (!connected.remove(peer)) {
            return;
        }
        LOG.debug("{}: {} left: {}", swarm.hashes().hex(), peer.address(), reason);
        peer.close(String.valueOf(reason));
        if (takesSlot(peer)) {
            swarm.slots().giveBack();
        }
        swarm.onLeft(peer, redundant);
    }

    void disconnectPeers(String reason) {
        all().stream().filter(PeerConnection::isPeer).forEach(peer -> disconnect(peer, reason));
    }

    void disconnectAll(String reason) {
        all().forEach(peer -> disconnect(peer, reason));
    }

    /** Shuts out its whole host, also where it has left already. */
    void ban(PeerConnection peer, String reason) {
        swarm.dialling().ban(peer.address());
        disconnect(peer, "banned: it " + reason);
        for (var other : all()) {
            if (swarm.dialling().isBanned(other.address())) {
                disconnect(other, "banned: another from there " + reason);
            }
        }
    }

    /** Two who want nothing have nothing to say to each other (BEP 21). */
    void checkRedundant(PeerConnection peer) {
        if (swarm.isUploadOnly() && peer.isUploadOnly()) {
            disconnect(peer, "neither wants anything", true);
        }
    }

    /** The torrent turned out to be private (BEP 27): those whom no tracker named have to go. */
    void keepTrackerPeers() {
        for (var peer : all()) {
            if (peer.isPeer()
                    && peer.listens().filter(swarm.dialling()::isFromTracker).isEmpty()) {
                disconnect(peer, "the torrent is private, and no tracker named it");
            }
        }
    }

    /**
     * Ends a connection that stalled in the midst of this block.
     *
     * @return false if there is none, and someone is still at it
     */
    boolean closeStalled(int piece, int block) {
        for (var peer : connected) {
            if (peer.hasStalledIn(piece, block)) {
                disconnect(peer, "stalled within a block");
                return true;
            }
        }
        return false;
    }
}
