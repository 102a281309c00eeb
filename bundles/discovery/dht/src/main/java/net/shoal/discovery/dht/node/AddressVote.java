package net.shoal.discovery.dht.node;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.shoal.discovery.dht.krpc.Endpoint;

/** Under what address others see us (BEP 42): the latest word of each of many places; a few that lie do not matter. */
final class AddressVote {
    static final int ENOUGH = 8;

    private static final int MOST = 32;

    private final Map<Object, Endpoint> votes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Endpoint> eldest) {
            return size() > MOST;
        }
    };

    void says(Endpoint voter, Endpoint seenAs) {
        if (voter.family() == seenAs.family() && seenAs.withPort(1).leadsSomewhere()) {
            votes.put(voter.isLocal() ? voter : voter.block(), seenAs.withPort(0));
        }
    }

    /** The address, without port, that more than 60 of 100 say. */
    Optional<Endpoint> result() {
        if (votes.size() < ENOUGH) {
            return Optional.empty();
        }
        var counts = new HashMap<Endpoint, Integer>();
        votes.values().forEach(each -> counts.merge(each, 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(each -> each.getValue() * 10 > votes.size() * 6)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
