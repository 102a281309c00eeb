package net.shoal.engine.swarm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.shoal.base.model.Sha256Hash;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who spoilt a piece. Of one that did not match its hash, the hash of each block is kept, and who sent it; when the piece has come
 * again and matches, whoever sent another block than belongs there is guilty, and nobody else is. Until then all its senders are suspects: each
 * is given pieces that no one else shares, of which a bad one has one culprit. Nobody is ever judged by how often he was a suspect.
 */
final class Suspects {
    /** Of which hashes are kept, in all; the oldest pieces make room. */
    private static final int MAX_BLOCKS = 1 << 16;

    private final Map<Integer, List<Attempt>> pieces = new LinkedHashMap<>();
    private int blocks;

    /**
     * What a piece consisted of when it was found to be bad.
     *
     * @param senders by block; null for what is not known to have come from a peer; padding at the end is left out
     * @param hashes by block, as many at least, unless none are wanted
     */
    record Attempt(List<@Nullable PeerConnection> senders, List<Sha256Hash> hashes) {
        Set<PeerConnection> all() {
            var all = new LinkedHashSet<PeerConnection>();
            senders.stream().filter(Objects::nonNull).forEach(all::add);
            return all;
        }

        /** Who sent other blocks than these. */
        private void findOthers(List<Sha256Hash> right, Set<PeerConnection> found) {
            for (int block = 0; block < senders.size(); block++) {
                var sender = senders.get(block);
                if (sender != null && !hashes.get(block).equals(right.get(block))) {
                    found.add(sender);
                }
            }
        }

        /** Who sent a block in two ways, of which one at least is wrong. */
        private void findTurncoats(Attempt before, Set<PeerConnection> found) {
            for (int block = 0; block < senders.size(); block++) {
                var sender = senders.get(block);
                if (sender != null
                        && sender == before.senders.get(block)
                        && !hashes.get(block).equals(before.hashes.get(block))) {
                    found.add(sender);
                }
            }
        }
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The piece was bad before and has not come again yet: the hashes of its blocks are wanted when it does. */
    boolean isDoubted(int piece) {
        return pieces.containsKey(piece);
    }

    /**
     * It did not match.
     *
     * @return who has certainly sent something bad
     */
    Set<PeerConnection> failed(int piece, Attempt attempt) {
        var senders = attempt.all();
        if (senders.size() == 1) {
            return senders;
        }
        var guilty = new LinkedHashSet<PeerConnection>();
        var before = pieces.computeIfAbsent(piece, any -> new ArrayList<>());
        before.forEach(earlier -> attempt.findTurncoats(earlier, guilty));
        before.add(attempt);
        blocks += attempt.hashes.size();
        senders.forEach(PeerConnection::suspected);
        makeRoom(piece);
        return guilty;
    }

    private void makeRoom(int newest) {
        while (blocks > MAX_BLOCKS) {
            int oldest = pieces.keySet().iterator().next();
            if (oldest == newest) {
                return;
            }
            forget(oldest);
        }
    }

    /**
     * It matches now.
     *
     * @param right the hashes of its blocks, if it {@linkplain #isDoubted was bad before}
     * @return who has sent something bad
     */
    Set<PeerConnection> verified(int piece, List<Sha256Hash> right) {
        var guilty = new LinkedHashSet<PeerConnection>();
        for (var attempt : pieces.getOrDefault(piece, List.of())) {
            attempt.findOthers(right, guilty);
        }
        forget(piece);
        return guilty;
    }

    private void forget(int piece) {
        var attempts = pieces.remove(piece);
        if (attempts == null) {
            return;
        }
        for (var attempt : attempts) {
            blocks -= attempt.hashes.size();
            attempt.all().forEach(PeerConnection::unsuspected);
        }
    }
}
