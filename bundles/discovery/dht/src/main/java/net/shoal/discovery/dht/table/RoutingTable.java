package net.shoal.discovery.dht.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one family that are known to answer, more of them the closer they are to our own id. Bucket {@code i} holds those with
 * exactly {@code i} first bits in common with us, the last one all that have more; it is split when it is full. The first few are larger than
 * BEP 5 has it, which saves lookups a hop.
 *
 * <p>A node comes in only after it has answered. Into a full bucket it comes when one of those there is bad; otherwise it is kept as a
 * spare, and the stalest of those there is asked whether it is still alive. Of one /24 (or /48 of IPv6) there is one a bucket, of one address one in
 * all; both but for local networks.
 */
public final class RoutingTable {
    public static final int K = 8;

    private static final int[] SIZES = {64, 32, 24, 16};

    private final Sha1Hash self;
    private final List<Bucket> buckets = new ArrayList<>();
    private final Map<Endpoint, Contact> byAddress = new HashMap<>();

    public RoutingTable(Sha1Hash self) {
        this.self = self;
        buckets.add(new Bucket());
    }

    public Sha1Hash self() {
        return self;
    }

    public int size() {
        return byAddress.size();
    }

    /** Somebody at this address is in it. */
    public boolean knows(Endpoint endpoint) {
        return byAddress.containsKey(keyOf(endpoint));
    }

    /** How many first bits the closest part of the table shares with us. */
    public int depth() {
        return buckets.size() - 1;
    }

    private static int sizeOf(int bucket) {
        return bucket < SIZES.length ? SIZES[bucket] : K;
    }

    private Bucket bucketOf(Sha1Hash id) {
        return buckets.get(Math.min(Ids.commonBits(self, id), buckets.size() - 1));
    }

    /** One an address; of local networks, where many share one, one a port. */
    private static Endpoint keyOf(Endpoint endpoint) {
        return endpoint.isLocal() ? endpoint : endpoint.withPort(0);
    }

    /** A node has answered a question. */
    public void answered(Sha1Hash id, Endpoint endpoint, long now) {
        if (id.equals(self)) {
            return;
        }
        var known = byAddress.get(keyOf(endpoint));
        if (known != null) {
            if (known.id.equals(id) && known.endpoint.equals(endpoint)) {
                known.answered(now);
                return;
            }
            if (known.isUsable() && !known.isQuestionable(now)) {
                return;
            }
            drop(known);
        }
        insert(new Contact(id, endpoint, now, true));
    }

    /** A node that was in the table of the run before. */
    public void remembered(Sha1Hash id, Endpoint endpoint, long now) {
        if (!id.equals(self) && !byAddress.containsKey(keyOf(endpoint))) {
            insert(new Contact(id, endpoint, now - 24 * 3_600_000L, false));
        }
    }

    private void insert(Contact contact) {
        var bucket = bucketOf(contact.id);
        if (bucket.find(contact.id) != null || bucket.hasNeighbour(contact.endpoint)) {
            return;
        }
        while (bucket == buckets.get(buckets.size() - 1)
                && bucket.live.size() >= sizeOf(buckets.size() - 1)
                && buckets.size() < Ids.BITS) {
            split();
            bucket = bucketOf(contact.id);
        }
        int index = Math.min(Ids.commonBits(self, contact.id), buckets.size() - 1);
        if (bucket.live.size() < sizeOf(index)) {
            bucket.live.add(contact);
            byAddress.put(keyOf(contact.endpoint), contact);
            return;
        }
        var worst = bucket.worst(contact.fits());
        if (worst != null) {
            byAddress.remove(keyOf(worst.endpoint));
            bucket.live.remove(worst);
            bucket.live.add(contact);
            byAddress.put(keyOf(contact.endpoint), contact);
        } else if (contact.fits()) {
            bucket.keepSpare(contact);
        }
    }

    private void split() {
        var last = buckets.get(buckets.size() - 1);
        int bits = buckets.size() - 1;
        var deeper = new Bucket();
        buckets.add(deeper);
        move(last.live, deeper.live, bits);
        move(last.spare, deeper.spare, bits);
    }

    private void move(List<Contact> from, List<Contact> to, int bits) {
        for (int i = from.size() - 1; i >= 0; i--) {
            if (Ids.commonBits(self, from.get(i).id) > bits) {
                to.add(from.remove(i));
            }
        }
    }

    /** A node has asked us something. */
    public void hasAsked(Endpoint endpoint, Sha1Hash id, long now) {
        var known = byAddress.get(keyOf(endpoint));
        if (known != null && known.endpoint.equals(endpoint) && known.id.equals(id)) {
            known.hasAsked(now);
        }
    }

    /** A node has not answered in time. It goes when it does so again, or at once where another waits for its place. */
    public void failed(Endpoint endpoint) {
        var known = byAddress.get(keyOf(endpoint));
        if (known == null || !known.endpoint.equals(endpoint)) {
            return;
        }
        known.failed();
        if (known.isBad() || !known.hasAnswered() || !bucketOf(known.id).spare.isEmpty()) {
            drop(known);
        }
    }

    /** At this address there is not who we took for it. */
    public void isAnother(Endpoint endpoint) {
        var known = byAddress.get(keyOf(endpoint));
        if (known != null && known.endpoint.equals(endpoint)) {
            drop(known);
        }
    }

    private void drop(Contact contact) {
        byAddress.remove(keyOf(contact.endpoint));
        var bucket = bucketOf(contact.id);
        bucket.live.remove(contact);
        while (!bucket.spare.isEmpty()) {
            var next = bucket.spare.remove(bucket.spare.size() - 1);
            if (byAddress.putIfAbsent(keyOf(next.endpoint), next) == null) {
                bucket.live.add(next);
                return;
            }
        }
    }

    /** True if a node with this id would find a place, so that it is worth a question. */
    public boolean wants(Sha1Hash id, Endpoint endpoint) {
        if (id.equals(self) || byAddress.containsKey(keyOf(endpoint))) {
            return false;
        }
        int index = Math.min(Ids.commonBits(self, id), buckets.size() - 1);
        var bucket = buckets.get(index);
        boolean hasRoom = bucket.live.size() < sizeOf(index) || index == buckets.size() - 1;
        return (hasRoom || bucket.worst(SecureId.fits(id, endpoint)) != null) && !bucket.hasNeighbour(endpoint);
    }

    /**
     * The nodes closest to {@code target} that nothing is said against, the closest first.
     *
     * @param secure only those whose ids their addresses allow
     */
    public List<Contact> closest(Sha1Hash target, int count, boolean secure) {
        var found = new ArrayList<Contact>(count + 1);
        int home = Math.min(Ids.commonBits(self, target), buckets.size() - 1);
        // those with as many bits in common are closest, then all deeper ones, then each shallower one
        collect(buckets.get(home), target, count, secure, found);
        if (found.size() < count) {
            for (int i = home + 1; i < buckets.size(); i++) {
                collect(buckets.get(i), target, count, secure, found);
            }
        }
        for (int i = home - 1; i >= 0 && found.size() < count; i--) {
            collect(buckets.get(i), target, count, secure, found);
        }
        return found;
    }

    private static void collect(Bucket bucket, Sha1Hash target, int count, boolean secure, List<Contact> into) {
        for (int i = 0; i < bucket.live.size(); i++) {
            var contact = bucket.live.get(i);
            if (!contact.isUsable() || (secure && !contact.fits())) {
                continue;
            }
            int at = into.size();
            while (at > 0 && Ids.compare(target, contact.id, into.get(at - 1).id) < 0) {
                at--;
            }
            if (at < count) {
                into.add(at, contact);
                if (into.size() > count) {
                    into.remove(count);
                }
            }
        }
    }

    /** The node that was silent for longest, if that is long; it counts as asked then, until it answers or fails. */
    public @Nullable Contact stalest(long now) {
        Contact stalest = null;
        for (int i = 0; i < buckets.size(); i++) {
            var candidate = buckets.get(i).toPing(now);
            if (candidate != null && (stalest == null || candidate.heard() < stalest.heard())) {
                stalest = candidate;
            }
        }
        if (stalest != null) {
            stalest.asked(now);
        }
        return stalest;
    }

    /** The stalest of a full bucket in which somebody waits for a place. */
    public @Nullable Contact toReplace(long now) {
        for (int i = 0; i < buckets.size(); i++) {
            var bucket = buckets.get(i);
            var candidate = bucket.spare.isEmpty() ? null : bucket.toPing(now);
            if (candidate != null) {
                candidate.asked(now);
                return candidate;
            }
        }
        return null;
    }

    /** Of the nodes that have answered, the latest heard first. */
    public List<Contact> contacts() {
        var all = new ArrayList<Contact>(byAddress.values());
        all.sort((a, b) -> Long.compare(b.heard(), a.heard()));
        return all;
    }

    /** How many nodes have answered and nothing is said against. */
    public int usable() {
        int count = 0;
        for (var contact : byAddress.values()) {
            count += contact.isUsable() && contact.hasAnswered() ? 1 : 0;
        }
        return count;
    }
}
