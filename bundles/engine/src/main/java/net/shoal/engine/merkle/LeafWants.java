package net.shoal.engine.merkle;

import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import net.shoal.base.model.Sha256Hash;
import org.jspecify.annotations.Nullable;

/**
 * The pieces whose leaves are wanted, and those that have come: of pieces that are bad, to tell which block is, and ahead, of pieces under way,
 * to tell so as soon as a block comes.
 */
final class LeafWants {
    /** Wanted ahead at a time; a piece that is one too many is judged when it is whole. */
    static final int MAX_AHEAD = 64;

    /** Leaves are asked of several peers: those that sent bad blocks would rather not answer. */
    private static final int AT_ONCE = 3;

    /** Nanoseconds after which one more is asked, and so on. */
    private static final long ANOTHER_AFTER = 250_000_000L;

    private final Map<Integer, Want> wants = new LinkedHashMap<>();
    private int ahead;

    /** Of one piece. */
    static final class Want {
        private final long since;
        private boolean ahead;
        /** Whose blocks they are to judge. */
        private final @Nullable Object judged;

        private List<Sha256Hash> leaves = List.of();

        private Want(long since, boolean ahead, @Nullable Object judged) {
            this.since = since;
            this.ahead = ahead;
            this.judged = judged;
        }

        boolean isAhead() {
            return ahead;
        }

        /** How many peers may be asked for them at once. */
        int atOnce(long now) {
            return AT_ONCE + (int) ((now - since) / ANOTHER_AFTER);
        }

        /** Whom they are to judge is asked last. */
        boolean mayAsk(Object peer, long now) {
            return leaves.isEmpty() && (peer != judged || now - since >= ANOTHER_AFTER);
        }
    }

    boolean isEmpty() {
        return wants.isEmpty();
    }

    Map<Integer, Want> all() {
        return wants;
    }

    void want(int piece, long now) {
        var there = wants.get(piece);
        if (there == null) {
            wants.put(piece, new Want(now, false, null));
        } else if (there.ahead) {
            there.ahead = false;
            ahead--;
        }
    }

    /** @return false if they are wanted already, or too many are */
    boolean wantAhead(int piece, Object judged, long now) {
        if (ahead >= MAX_AHEAD || wants.containsKey(piece)) {
            return false;
        }
        wants.put(piece, new Want(now, true, judged));
        ahead++;
        return true;
    }

    void came(int piece, List<Sha256Hash> leaves) {
        var want = wants.get(piece);
        if (want != null) {
            want.leaves = leaves;
        }
    }

    /** Some have not come yet. */
    boolean isWaiting() {
        return wants.values().stream().anyMatch(want -> want.leaves.isEmpty());
    }

    boolean isKnown(int piece) {
        return !leaves(piece).isEmpty();
    }

    private List<Sha256Hash> leaves(int piece) {
        var want = wants.get(piece);
        return want == null ? List.of() : want.leaves;
    }

    /** Empty as long as they are not known. */
    Optional<BitSet> badBlocks(int piece, List<Sha256Hash> hashes) {
        var known = leaves(piece);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var bad = new BitSet();
        for (int i = 0; i < hashes.size(); i++) {
            bad.set(i, i >= known.size() || !known.get(i).equals(hashes.get(i)));
        }
        return Optional.of(bad);
    }

    /** True unless the leaves, which are known, say otherwise. */
    boolean isGood(int piece, int block, Sha256Hash hash) {
        var known = leaves(piece);
        return block >= known.size() || known.get(block).equals(hash);
    }

    void forget(int piece) {
        var want = wants.remove(piece);
        if (want != null && want.ahead) {
            ahead--;
        }
    }

    /** Of these pieces none is under way any more. */
    void forgetAheadUnless(IntPredicate underway) {
        for (Iterator<Map.Entry<Integer, Want>> all = wants.entrySet().iterator(); all.hasNext(); ) {
            var want = all.next();
            if (want.getValue().ahead && !underway.test(want.getKey())) {
                all.remove();
                ahead--;
            }
        }
    }
}
