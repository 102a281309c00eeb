package net.shoal.engine.merkle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.shoal.base.wire.Message.HashRequest;
import org.jspecify.annotations.Nullable;

/** Which peer was asked for which hashes, and who is not worth asking. */
final class HashQuestions {
    /** As libtorrent does. */
    private static final int PER_PEER = 2;

    /** So many time-outs, and a peer is not asked again. */
    private static final int PATIENCE = 3;

    /** So many rejects, and a peer is not asked again. */
    private static final int MAX_REJECTS = 256;

    /** So many rejects of leaves, and for a while a peer is asked for none that are not needed: many keep none, and reading costs. */
    private static final int MAX_LEAF_REJECTS = 4;

    private static final long LEAF_PAUSE = 10_000_000_000L;

    /** What is known of one peer. */
    private static final class Asked {
        final List<Question> open = new ArrayList<>();
        final Set<HashRequest> rejected = new HashSet<>();
        int timeouts;
        int leafRejects;
        long leafRejectedAt;
    }

    /**
     * A request under way.
     *
     * @param tree of the file it is about
     */
    record Question(HashRequest request, FileTree tree, long askedAt) {}

    private final Map<Object, Asked> peers = new LinkedHashMap<>();
    /** How many peers each request is with. */
    private final Map<HashRequest, Integer> underway = new HashMap<>();

    boolean mayAsk(Object peer) {
        var asked = peers.get(peer);
        return asked == null
                || (asked.open.size() < PER_PEER && asked.timeouts < PATIENCE && asked.rejected.size() < MAX_REJECTS);
    }

    /** True unless this peer has it or rejected it, or so many others are at it. */
    boolean isAskable(Object peer, HashRequest request, int atOnce) {
        if (underway.getOrDefault(request, 0) >= atOnce) {
            return false;
        }
        var asked = peers.get(peer);
        return asked == null
                || (!asked.rejected.contains(request)
                        && asked.open.stream().noneMatch(question -> question.request.equals(request)));
    }

    void ask(Object peer, HashRequest request, FileTree tree, long now) {
        underway.merge(request, 1, Integer::sum);
        peers.computeIfAbsent(peer, p -> new Asked()).open.add(new Question(request, tree, now));
    }

    /** Takes the question that this answers, if there is one. */
    @Nullable
    Question take(Object peer, HashRequest request) {
        var asked = peers.get(peer);
        if (asked == null) {
            return null;
        }
        for (Iterator<Question> all = asked.open.iterator(); all.hasNext(); ) {
            var question = all.next();
            if (question.request.equals(request)) {
                all.remove();
                ended(request);
                return question;
            }
        }
        return null;
    }

    private void ended(HashRequest request) {
        underway.computeIfPresent(request, (r, count) -> count == 1 ? null : count - 1);
    }

    void rejected(Object peer, long now, HashRequest request) {
        if (take(peer, request) == null) {
            return;
        }
        var asked = peers.computeIfAbsent(peer, p -> new Asked());
        asked.rejected.add(request);
        if (request.baseLayer() == 0) {
            asked.leafRejects++;
            asked.leafRejectedAt = now;
        }
    }

    /** It has just said, more than once, that it has none for us. */
    boolean refusesLeaves(Object peer, long now) {
        var asked = peers.get(peer);
        if (asked == null || asked.leafRejects < MAX_LEAF_REJECTS) {
            return false;
        }
        if (now - asked.leafRejectedAt < LEAF_PAUSE) {
            return true;
        }
        asked.leafRejects = 0;
        return false;
    }

    void removePeer(Object peer) {
        var asked = peers.remove(peer);
        if (asked != null) {
            asked.open.forEach(question -> ended(question.request));
        }
    }

    void expire(long now, long timeout) {
        for (var asked : peers.values()) {
            for (Iterator<Question> all = asked.open.iterator(); all.hasNext(); ) {
                var question = all.next();
                if (now - question.askedAt >= timeout) {
                    all.remove();
                    ended(question.request);
                    asked.timeouts++;
                }
            }
        }
    }
}
