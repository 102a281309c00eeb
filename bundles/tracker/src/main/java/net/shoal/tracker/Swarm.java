package net.shoal.tracker;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Who shares one torrent. */
final class Swarm {
    private final Map<Family, PeerTable> tables = new EnumMap<>(Family.class);
    private final Census census = new Census();
    private int completed;

    Swarm(int maxPeers, int maxPeersPerSource) {
        for (var family : Family.values()) {
            tables.put(family, new PeerTable(maxPeers, maxPeersPerSource));
        }
    }

    /** @throws BadRequest if its address has too many peers here already */
    void announced(Announce announce, long expires) throws BadRequest {
        var peer = new Peer(announce.address(), announce.port(), announce.peerId(), announce.role());
        var table = table(Family.of(announce.address()));
        if (announce.event() == Event.STOPPED) {
            table.remove(peer).ifPresent(census::remove);
            return;
        }
        if (!table.hasRoomFor(peer)) {
            throw new BadRequest("too many peers of this torrent announce from your address");
        }
        // told over both families, or twice, it counts once
        if (announce.event() == Event.COMPLETED && announce.isSeed() && !census.isSeeding(peer.id())) {
            completed++;
        }
        table.put(peer, expires).ifPresent(census::remove);
        census.add(peer);
    }

    List<Peer> draw(Family family, int count, Predicate<Peer> fits, RandomGenerator random) {
        return table(family).draw(count, fits, random);
    }

    void expire(long now) {
        tables.values().forEach(table -> table.expire(now).forEach(census::remove));
    }

    SwarmCounts counts() {
        int downloaders = census.count(Role.DOWNLOADER);
        return new SwarmCounts(
                census.count(Role.SEED), completed, downloaders + census.count(Role.PARTIAL_SEED), downloaders);
    }

    /** Entries in memory. */
    int size() {
        return tables.values().stream().mapToInt(PeerTable::size).sum();
    }

    private PeerTable table(Family family) {
        return java.util.Objects.requireNonNull(tables.get(family));
    }
}
