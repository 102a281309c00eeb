package net.shoal.tracker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.model.Sha1Hash;

/** Counts the peers of a swarm by their ids: who announces over IPv4 and IPv6 is one peer, of the greater of its roles. */
final class Census {
    private static final Role[] ROLES = Role.values();

    private final Map<Sha1Hash, Entries> byId = new HashMap<>();
    private final int[] peers = new int[ROLES.length];

    private static final class Entries {
        final int[] inRole = new int[ROLES.length];

        Optional<Role> role() {
            for (int i = ROLES.length - 1; i >= 0; i--) {
                if (inRole[i] > 0) {
                    return Optional.of(ROLES[i]);
                }
            }
            return Optional.empty();
        }
    }

    void add(Peer peer) {
        change(byId.computeIfAbsent(peer.id(), id -> new Entries()), peer, 1);
    }

    void remove(Peer peer) {
        var entries = byId.get(peer.id());
        if (entries != null) {
            change(entries, peer, -1);
        }
    }

    private void change(Entries entries, Peer peer, int by) {
        entries.role().ifPresent(before -> peers[before.rank]--);
        entries.inRole[peer.role().rank] += by;
        entries.role().ifPresentOrElse(now -> peers[now.rank]++, () -> byId.remove(peer.id()));
    }

    boolean isSeeding(Sha1Hash id) {
        var entries = byId.get(id);
        return entries != null && entries.role().equals(Optional.of(Role.SEED));
    }

    int count(Role role) {
        return peers[role.rank];
    }
}
