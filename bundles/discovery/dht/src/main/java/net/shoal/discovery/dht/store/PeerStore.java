package net.shoal.discovery.dht.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.table.Ids;

/**
 * Who announced which infohash to us in the last 45 minutes. Where there are more keys or peers than we keep, those closest to our own id stay: for
 * them others come to us.
 */
public final class PeerStore {
    static final long LIFE = 45 * 60_000L;
    static final int MAX_KEYS = 2_000;
    static final int MAX_PEERS = 100_000;
    /** BEP 51: what fits beside nodes, and no more than tells an indexer where to go on. */
    static final int MAX_SAMPLES = 20;

    private static final long SAMPLES_LIVE = 5 * 60_000L;

    private record Key(PeerSet v4, PeerSet v6) {
        PeerSet of(Family family) {
            return family == Family.V4 ? v4 : v6;
        }

        int size() {
            return v4.size() + v6.size();
        }
    }

    private final RandomGenerator random;
    private final Map<Sha1Hash, Key> keys = new HashMap<>();
    private int peers;
    private byte[] samples = new byte[0];
    private long sampled = Long.MIN_VALUE / 2;

    public PeerStore(RandomGenerator random) {
        this.random = random;
    }

    public int keys() {
        return keys.size();
    }

    public int peers() {
        return peers;
    }

    /** True if a further peer of it would not be kept, so that no token is to be given out for it. */
    public boolean isFull(Sha1Hash key, Family family) {
        var known = keys.get(key);
        return peers >= MAX_PEERS || (known != null && known.of(family).isFull());
    }

    /** @param self our id, to which keys have to be close if there are too many */
    public void announce(Sha1Hash key, Endpoint peer, boolean seed, Sha1Hash self, long now) {
        if (!keys.containsKey(key) && !hasRoom(key, self)) {
            return;
        }
        var known = keys.computeIfAbsent(key, k -> new Key(new PeerSet(Family.V4), new PeerSet(Family.V6)));
        int before = known.size();
        if (peers < MAX_PEERS) {
            known.of(peer.family()).add(peer, seed, now);
        }
        peers += known.size() - before;
    }

    private boolean hasRoom(Sha1Hash key, Sha1Hash self) {
        if (keys.size() < MAX_KEYS) {
            return true;
        }
        var farthest = key;
        for (var other : keys.keySet()) {
            farthest = Ids.compare(self, other, farthest) > 0 ? other : farthest;
        }
        if (farthest.equals(key)) {
            return false;
        }
        forget(farthest);
        return true;
    }

    private void forget(Sha1Hash key) {
        var known = keys.remove(key);
        peers -= known == null ? 0 : known.size();
    }

    public int count(Sha1Hash key, Family family) {
        var known = keys.get(key);
        return known == null ? 0 : known.of(family).size();
    }

    /** Some of the peers of a key, as compact addresses. */
    public byte[][] some(Sha1Hash key, Family family, int most, boolean noSeeds) {
        var known = keys.get(key);
        return known == null ? new byte[0][] : known.of(family).some(most, noSeeds, random);
    }

    /** Seeds and other peers of a key (BEP 33). */
    public record Scrape(Bloom seeds, Bloom peers) {}

    public Optional<Scrape> scrape(Sha1Hash key) {
        var known = keys.get(key);
        if (known == null) {
            return Optional.empty();
        }
        var scrape = new Scrape(new Bloom(), new Bloom());
        known.v4().addTo(scrape.seeds(), scrape.peers());
        known.v6().addTo(scrape.seeds(), scrape.peers());
        return Optional.of(scrape);
    }

    /** Some keys one behind the other; the same for five minutes, so that asking again tells nothing new (BEP 51). */
    public byte[] samples(long now) {
        if (now - sampled >= SAMPLES_LIVE) {
            sampled = now;
            samples = choose();
        }
        return samples.clone();
    }

    private byte[] choose() {
        List<Sha1Hash> all = new ArrayList<>(keys.keySet());
        int count = Math.min(MAX_SAMPLES, all.size());
        var out = java.nio.ByteBuffer.allocate(count * Sha1Hash.LENGTH);
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(all.size() - i);
            var chosen = all.set(other, all.get(i));
            chosen.write(out);
        }
        return out.array();
    }

    /** Forgets what is too old; called every few minutes. */
    public void expire(long now) {
        peers = 0;
        for (var each = keys.values().iterator(); each.hasNext(); ) {
            var key = each.next();
            key.v4().expire(now - LIFE);
            key.v6().expire(now - LIFE);
            peers += key.size();
            if (key.size() == 0) {
                each.remove();
            }
        }
    }
}
