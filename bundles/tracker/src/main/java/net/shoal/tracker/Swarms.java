package net.shoal.tracker;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import net.shoal.base.model.Sha1Hash;

/** Every swarm the tracker knows of. No I/O and no clock: times are milliseconds that the caller passes in. */
final class Swarms {
    private final Limits limits;
    private final RandomGenerator random;
    private final SelfAddresses self;
    /** The one nobody has announced to for longest first. */
    private final LinkedHashMap<Sha1Hash, Swarm> byHash = new LinkedHashMap<>(16, 0.75f, true);

    private int peers;

    /** @param self tells others how to reach the peers that announce from this machine */
    Swarms(Limits limits, SelfAddresses self, RandomGenerator random) {
        this.limits = limits;
        this.self = self;
        this.random = random;
    }

    /** What a peer is told. */
    record Told(SwarmCounts counts, List<Peer> ipv4, List<Peer> ipv6) {}

    /** @param families which to draw peers of */
    Told announce(Announce announce, List<Family> families, long now) throws BadRequest {
        var swarm = announce.event() == Event.STOPPED ? byHash.get(announce.infoHash()) : swarm(announce.infoHash());
        if (swarm == null) {
            return new Told(SwarmCounts.NONE, List.of(), List.of());
        }
        int before = swarm.size();
        swarm.expire(now);
        try {
            swarm.announced(announce, now + limits.lifeMillis());
        } finally {
            peers += swarm.size() - before;
        }
        boundPeers(announce.infoHash());
        return new Told(
                swarm.counts(),
                draw(swarm, Family.IPV4, families, announce),
                draw(swarm, Family.IPV6, families, announce));
    }

    private Swarm swarm(Sha1Hash infoHash) {
        var known = byHash.get(infoHash);
        if (known != null) {
            return known;
        }
        var fresh = new Swarm(limits.peersPerSwarm(), limits.peersPerSource());
        byHash.put(infoHash, fresh);
        if (byHash.size() > limits.swarms()) {
            evictIdlest();
        }
        return fresh;
    }

    private void boundPeers(Sha1Hash busy) {
        while (peers > limits.peers() && byHash.size() > 1 && !eldest().equals(busy)) {
            evictIdlest();
        }
    }

    private Sha1Hash eldest() {
        return byHash.keySet().iterator().next();
    }

    private void evictIdlest() {
        var idlest = byHash.values().iterator();
        peers -= idlest.next().size();
        idlest.remove();
    }

    private List<Peer> draw(Swarm swarm, Family family, List<Family> families, Announce announce) {
        if (announce.event() == Event.STOPPED || !families.contains(family)) {
            return List.of();
        }
        var told = new ArrayList<Peer>();
        for (var peer : drawOthers(swarm, family, announce)) {
            self.seenFrom(announce.address(), peer).ifPresent(told::add);
        }
        return told;
    }

    /**
     * Not itself. Seeds, partial ones too, have nothing for each other, so for a seed they come last; they do come, for a magnet client says that nothing
     * is left while it does not know how much there is (aria2).
     */
    private List<Peer> drawOthers(Swarm swarm, Family family, Announce announce) {
        Predicate<Peer> others = peer -> !peer.id().equals(announce.peerId());
        if (announce.role().wantsPieces()) {
            return swarm.draw(family, announce.wants(), others, random);
        }
        var drawn = swarm.draw(family, announce.wants(), others.and(Peer::wantsPieces), random);
        drawn.addAll(
                swarm.draw(family, announce.wants() - drawn.size(), others.and(peer -> !peer.wantsPieces()), random));
        return drawn;
    }

    SwarmCounts scrape(Sha1Hash infoHash, long now) {
        var swarm = byHash.get(infoHash);
        if (swarm == null) {
            return SwarmCounts.NONE;
        }
        int before = swarm.size();
        swarm.expire(now);
        peers += swarm.size() - before;
        return swarm.counts();
    }

    /** Forgets who has gone, and swarms without anybody. */
    void sweep(long now) {
        peers = 0;
        for (var each = byHash.values().iterator(); each.hasNext(); ) {
            var swarm = each.next();
            swarm.expire(now);
            if (swarm.size() == 0) {
                each.remove();
            }
            peers += swarm.size();
        }
    }

    int size() {
        return byHash.size();
    }

    int peers() {
        return peers;
    }

    int intervalSeconds() {
        return limits.intervalSeconds();
    }

    int minIntervalSeconds() {
        return limits.minIntervalSeconds();
    }

    /** The addresses of this machine, by which others reach what is on its loopback. */
    interface SelfAddresses {
        Optional<InetAddress> of(Family family);

        /**
         * A peer as somebody at {@code viewer} can reach it. One that announced over loopback is known to others by this machine's own
         * address; one on a link only to those on a link.
         */
        default Optional<Peer> seenFrom(InetAddress viewer, Peer peer) {
            var address = peer.address();
            if (viewer.isLoopbackAddress() || !(address.isLoopbackAddress() || address.isLinkLocalAddress())) {
                return Optional.of(peer);
            }
            if (address.isLinkLocalAddress()) {
                return Optional.of(peer).filter(each -> viewer.isLinkLocalAddress());
            }
            return of(Family.of(address)).map(own -> new Peer(own, peer.port(), peer.id(), peer.role()));
        }
    }
}
