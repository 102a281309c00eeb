package net.shoal.tracker;

import java.util.HashMap;
import java.util.Map;
import net.shoal.base.model.Sha1Hash;

/** Counts the peers of a swarm by their ids: who announces over IPv4 and IPv6 is one peer. */
final class Census {
    private final Map<Sha1Hash, Entries> byId = new HashMap<>();
    private int seeds;

    private static final class Entries {
        int all;
        int seeding;
    }

    void add(Peer peer) {
        var entries = byId.computeIfAbsent(peer.id(), id -> new Entries());
        entries.all++;
        if (peer.isSeed() && entries.seeding++ == 0) {
            seeds++;
        }
    }

    void remove(Peer peer) {
        var entries = byId.get(peer.id());
        if (entries == null) {
            return;
        }
        if (peer.isSeed() && --entries.seeding == 0) {
            seeds--;
        }
        if (--entries.all == 0) {
            byId.remove(peer.id());
        }
    }

    boolean isSeeding(Sha1Hash id) {
        var entries = byId.get(id);
        return entries != null && entries.seeding > 0;
    }

    int seeds() {
        return seeds;
    }

    int leechers() {
        return byId.size() - seeds;
    }
}
