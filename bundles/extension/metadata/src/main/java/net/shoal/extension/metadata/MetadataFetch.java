package net.shoal.extension.metadata;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One swarm's search for its info dictionary. Peers that name the same size fill one copy together. If that one turns out to be wrong, and
 * more than one peer had a part in it, each fills a copy of its own from then on, so that a bad one is its sender's fault alone.
 */
final class MetadataFetch {
    /** Copies at once; who names yet another size waits. */
    private static final int MAX_COPIES = 4;

    private final Set<MetadataSession> sessions = new HashSet<>();
    private final Map<Object, MetadataCopy> copies = new HashMap<>();
    private boolean alone;
    private boolean done;

    void join(MetadataSession session) {
        sessions.add(session);
    }

    /** @return true if it was the last one */
    boolean leave(MetadataSession session) {
        sessions.remove(session);
        copies.values().forEach(copy -> copy.releaseAll(session));
        if (alone) {
            copies.remove(session);
        }
        refill();
        return sessions.isEmpty();
    }

    boolean isDone() {
        return done;
    }

    /** The copy this peer is to help with, if any. */
    MetadataCopy copyFor(MetadataSession session, int size) {
        var key = alone ? session : (Object) size;
        var copy = copies.get(key);
        if (copy == null || copy.size() != size) {
            copy = new MetadataCopy(size);
            if (copies.size() < MAX_COPIES || copies.containsKey(key)) {
                copies.put(key, copy);
            }
        }
        return copy;
    }

    /** True if there is a place for a copy of this size. */
    boolean hasPlace(MetadataSession session, int size) {
        var key = alone ? session : (Object) size;
        return !done && (copies.containsKey(key) || copies.size() < MAX_COPIES);
    }

    /** A copy is whole. */
    void complete(MetadataCopy copy, MetadataSession last) {
        copies.values().remove(copy);
        if (last.offer(copy.whole())) {
            done = true;
            copies.clear();
            return;
        }
        var senders = Set.copyOf(copy.senders());
        if (senders.size() == 1) {
            senders.forEach(MetadataSession::sentBadCopy);
        } else {
            alone = true;
            copies.clear();
        }
        refill();
    }

    private void refill() {
        if (!done) {
            Set.copyOf(sessions).forEach(MetadataSession::ask);
        }
    }
}
