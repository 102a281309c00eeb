package net.shoal.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.shoal.api.net.SecureLayer;
import net.shoal.base.model.PeerAddress;

/**
 * Which secure layer a peer did not speak when it was dialled last: the next time that one is tried last, and the time after that as if
 * nothing had happened, since a peer may have been restarted with other settings. Safe for use from any thread.
 */
final class LastFailures {
    static final int MOST = 2_000;

    private final Map<PeerAddress, String> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerAddress, String> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(PeerAddress address, SecureLayer layer) {
        failures.remove(address);
        failures.put(address, layer.name());
    }

    /** The layers in the order they are to be tried now; forgets what it knew of the peer. */
    synchronized List<SecureLayer> order(PeerAddress address, List<SecureLayer> ranked) {
        var failed = failures.remove(address);
        return failed == null
                ? ranked
                : Stream.concat(
                                ranked.stream().filter(layer -> !layer.name().equals(failed)),
                                ranked.stream().filter(layer -> layer.name().equals(failed)))
                        .toList();
    }
}
