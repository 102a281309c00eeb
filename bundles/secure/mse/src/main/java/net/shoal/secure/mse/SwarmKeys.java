package net.shoal.secure.mse;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.shoal.base.model.Sha1Hash;

/**
 * Finds the swarm a dialler means. Every swarm is looked at, whichever it is, with the same few instructions: how long it takes tells nobody
 * which swarms there are. 10,000 of them take some 20 µs; what is hashed for each is kept until the swarms change. Safe for use
 * from any thread.
 */
final class SwarmKeys {
    private volatile Table known = new Table(List.of());

    /** @param masked as it was said, see {@link Secret#masked} */
    Optional<Sha1Hash> find(Collection<Sha1Hash> swarms, Sha1Hash masked, Secret secret) {
        var now = List.copyOf(swarms);
        var table = known;
        if (!table.swarms.equals(now)) {
            table = new Table(now);
            known = table;
        }
        return table.find(Secret.xor(masked, secret.mask()));
    }

    private static final class Table {
        final List<Sha1Hash> swarms;
        private final long[] high;
        private final long[] middle;
        private final int[] low;

        Table(List<Sha1Hash> swarms) {
            this.swarms = swarms;
            high = new long[swarms.size()];
            middle = new long[swarms.size()];
            low = new int[swarms.size()];
            for (int n = 0; n < low.length; n++) {
                var hash = Secret.requestHash(swarms.get(n));
                high[n] = hash.high();
                middle[n] = hash.middle();
                low[n] = hash.low();
            }
        }

        Optional<Sha1Hash> find(Sha1Hash wanted) {
            long found = 0;
            for (int n = 0; n < low.length; n++) {
                long difference = (high[n] ^ wanted.high()) | (middle[n] ^ wanted.middle()) | (low[n] ^ wanted.low());
                // all ones where there is no difference, else all zeros
                long same = ~((difference | -difference) >> 63);
                found |= same & (n + 1L);
            }
            return found == 0 ? Optional.empty() : Optional.of(swarms.get((int) found - 1));
        }
    }
}
