package net.shoal.engine.swarm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.transfer.FoundPeer;
import net.shoal.api.transfer.PeerTrait;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.swarm.PeerBook.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a swarm in peers: dials the addresses of its book as long as there is room. Those of a private torrent come from its trackers (BEP 27). */
final class Dialling {
    private static final Logger LOG = LoggerFactory.getLogger(Dialling.class);
    private static final long SECOND = 1_000_000_000L;
    private static final long RECONNECT_AFTER = 5 * SECOND;
    /** A peer that dialled us is left to dial again. */
    private static final long INBOUND_AFTER = 60 * SECOND;
    /** A peer that has no use for us, nor we for it, right now. */
    private static final long REDUNDANT_AFTER = 600 * SECOND;

    private final Swarm swarm;
    private final SwarmContext context;
    private final OurAddress ours;
    private final PeerBook book = new PeerBook(this::priority);
    private int dials;

    Dialling(Swarm swarm) {
        this.swarm = swarm;
        this.context = swarm.context();
        this.ours = new OurAddress(context.listenPort());
    }

    int known() {
        return book.size();
    }

    /** @param origin {@code DISCOVERY}, {@code TRACKER} or {@code USER} */
    void found(Collection<PeerAddress> peers, Origin origin) {
        if (swarm.isPrivate() && origin != Origin.TRACKER) {
            return;
        }
        for (var peer : peers) {
            if (origin == Origin.USER) {
                book.addFirst(peer);
            } else {
                book.add(peer, origin);
            }
        }
        dial();
    }

    /** A peer has named them. */
    void foundBy(PeerConnection source, Collection<FoundPeer> peers) {
        if (swarm.isPrivate()) {
            return;
        }
        var by = PeerBook.host(source.address());
        for (var peer : peers) {
            if (isWorthTrying(peer, source.address())) {
                book.addHearsay(peer.address(), by);
            }
        }
        dial();
    }

    private boolean isWorthTrying(FoundPeer peer, PeerAddress source) {
        boolean useless = swarm.isUploadOnly() && peer.traits().contains(PeerTrait.UPLOAD_ONLY);
        return !useless
                && peer.address().inet().map(inet -> isPlausible(inet, source)).orElse(true);
    }

    /** Nobody knows what is nearer to us than to himself: a stranger does not make us dial into our own network. */
    private boolean isPlausible(InetSocketAddress inet, PeerAddress source) {
        var scope = NetworkScope.of(inet.getAddress());
        var sourceScope = source.inet().map(InetSocketAddress::getAddress).flatMap(NetworkScope::of);
        return inet.getPort() > 0
                && scope.isPresent()
                && scope.get().compareTo(sourceScope.orElse(NetworkScope.INTERNET)) >= 0
                && !ours.is(inet);
    }

    /** BEP 40. */
    long priority(PeerAddress address) {
        return address.inet()
                .map(inet -> PeerPriority.of(ours.towards(inet.getAddress()), inet))
                .orElse(0L);
    }

    /** A peer tells where it sees us. */
    void learnOurAddress(PeerConnection peer, InetAddress address) {
        boolean changed = peer.address()
                .inet()
                .filter(inet -> ours.told(inet.getAddress(), address))
                .isPresent();
        if (changed) {
            book.reorder();
        }
    }

    /** An inbound peer has told where it listens, so that it can be found again. */
    void learnPort(PeerConnection peer) {
        if (peer.link().inbound()) {
            peer.listens().ifPresent(book::connectedFrom);
        }
    }

    /** Nanoseconds until there is somebody to dial. */
    long dueIn() {
        return dials > 0 ? 0 : book.dueIn(swarm.now());
    }

    /** There is somebody to dial now. */
    boolean hasDue() {
        return book.dueIn(swarm.now()) <= 0;
    }

    /** Starts as many attempts as there is room for. */
    void dial() {
        if (dueIn() == 0) {
            swarm.awake();
        }
        while (swarm.isRunning()
                && dials < context.limits().maxDials()
                && swarm.peers().count() + dials < swarm.maxPeers()) {
            if (book.dueIn(swarm.now()) > 0) {
                swarm.slots().content();
                return;
            }
            if (!swarm.slots().take()) {
                return;
            }
            var next = book.next(swarm.now());
            dials++;
            dial(next.orElseThrow());
        }
    }

    private void dial(PeerAddress address) {
        // a hybrid's peer may know it by its v2 infohash alone (BEP 52): each second attempt is for that one
        boolean second = book.failures(address) % 2 == 1;
        context.dialer().dial(address, swarm.ourHandshake(second), new Dialer.Result() {
            @Override
            public void onConnected(PeerLink link, Handshake theirs) {
                dials--;
                if (isStillWelcome(address)) {
                    book.reached(address);
                    swarm.peers().admit(link, theirs);
                } else {
                    link.close("not from a tracker of this private torrent");
                    swarm.slots().giveBack();
                }
                dial();
            }

            @Override
            public void onFailed(String reason) {
                dials--;
                swarm.slots().giveBack();
                LOG.debug("{} cannot be reached: {}", address, reason);
                book.failed(address, swarm.now());
                dial();
            }
        });
    }

    /** While it was dialled the torrent may have turned out to be private, or another tracker may have taken over. */
    private boolean isStillWelcome(PeerAddress address) {
        return !swarm.isPrivate() || isFromTracker(address);
    }

    boolean isFromTracker(PeerAddress address) {
        return book.originOf(address).filter(Origin.TRACKER::equals).isPresent();
    }

    /** A connection that we dialled did not come about after all. */
    void refused(PeerAddress address) {
        book.failed(address, swarm.now());
    }

    void closed(PeerConnection peer, boolean redundant) {
        long usual = peer.link().inbound() ? INBOUND_AFTER : RECONNECT_AFTER;
        peer.listens()
                .ifPresent(
                        address -> book.closed(address, swarm.now(), redundant ? REDUNDANT_AFTER : usual, redundant));
    }

    /** What is wanted has changed: those that were of no use may have it. */
    void wakeRedundant() {
        book.wakeRedundant(swarm.now());
        dial();
    }

    /** What could not be reached may be there now. */
    void wakeAll() {
        book.wakeAll(swarm.now());
        dial();
    }

    /** The torrent is private. */
    void keepTrackerPeers() {
        book.keepOnly(Origin.TRACKER);
    }

    void forgetAll() {
        book.clear();
    }

    void ban(PeerAddress address) {
        book.ban(address);
    }

    boolean isBanned(PeerAddress address) {
        return book.isBanned(address);
    }
}
