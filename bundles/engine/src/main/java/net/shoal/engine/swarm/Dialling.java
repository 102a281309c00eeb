package net.shoal.engine.swarm;

import java.net.InetSocketAddress;
import java.util.Collection;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.Handshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a swarm in peers: dials the addresses of its book as long as there is room. */
final class Dialling {
    private static final Logger LOG = LoggerFactory.getLogger(Dialling.class);
    private static final long SECOND = 1_000_000_000L;
    private static final long RECONNECT_AFTER = 5 * SECOND;
    /** A peer that has no use for us, nor we for it, right now. */
    private static final long REDUNDANT_AFTER = 600 * SECOND;

    private final Swarm swarm;
    private final SwarmContext context;
    private final PeerBook book = new PeerBook();
    private int dials;

    Dialling(Swarm swarm) {
        this.swarm = swarm;
        this.context = swarm.context();
    }

    int known() {
        return book.size();
    }

    void found(Collection<PeerAddress> peers) {
        peers.forEach(book::add);
        dial();
    }

    /** A user named them: they come first. */
    void foundByUser(Collection<PeerAddress> peers) {
        peers.forEach(book::addFirst);
        dial();
    }

    /** An inbound peer tells where it listens, so that it can be found again. */
    void learnPort(PeerConnection peer, int port) {
        if (peer.link().inbound() && port > 0 && port < 65_536) {
            peer.address()
                    .inet()
                    .map(InetSocketAddress::getAddress)
                    .ifPresent(host -> book.addConnected(PeerAddress.ip(host, port), swarm.now()));
        }
    }

    /** Starts as many attempts as there is room for. */
    void dial() {
        while (swarm.isRunning()
                && dials < context.limits().maxDials()
                && swarm.peers().count() + dials < swarm.maxPeers()) {
            var next = book.next(swarm.now());
            if (next.isEmpty()) {
                return;
            }
            dials++;
            dial(next.get());
        }
    }

    private void dial(PeerAddress address) {
        // a hybrid's peer may know it by its v2 infohash alone (BEP 52): each second attempt is for that one
        boolean second = book.failures(address) % 2 == 1;
        context.dialer().dial(address, swarm.ourHandshake(second), new Dialer.Result() {
            @Override
            public void onConnected(PeerLink link, Handshake theirs) {
                dials--;
                swarm.peers().admit(link, theirs);
                dial();
            }

            @Override
            public void onFailed(String reason) {
                dials--;
                LOG.debug("{} cannot be reached: {}", address, reason);
                book.failed(address, swarm.now());
                dial();
            }
        });
    }

    /** A connection that we dialled did not come about after all. */
    void refused(PeerAddress address) {
        book.failed(address, swarm.now());
    }

    void closed(PeerConnection peer, boolean redundant) {
        if (!peer.link().inbound()) {
            book.closed(peer.address(), swarm.now(), redundant ? REDUNDANT_AFTER : RECONNECT_AFTER);
        }
    }

    void ban(PeerAddress address) {
        book.ban(address);
    }

    boolean isBanned(PeerAddress address) {
        return book.isBanned(address);
    }
}
