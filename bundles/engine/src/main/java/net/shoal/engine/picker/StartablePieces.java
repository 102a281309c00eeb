package net.shoal.engine.picker;

import java.util.random.RandomGenerator;
import net.shoal.base.model.Bitfield;
import org.jspecify.annotations.Nullable;

/**
 * Wanted pieces of which nothing is asked for yet, by level: the priorities 1 to 7, above them {@link #AHEAD}, and above all
 * {@link #URGENT}, which is taken in the order of the content. Each level is kept as a bitfield and sorted by rarity.
 */
final class StartablePieces {
    static final int AHEAD = 8;
    static final int URGENT = 9;

    /** Pieces looked at in the order of rarity before turning to the bitfields, which bounds the search for peers that have little. */
    private static final int SCAN_LIMIT = 512;

    /** Candidates compared when the rarest is searched in the bitfields. */
    private static final int CANDIDATES = 1024;

    /** Pieces looked at in search of a long run. */
    private static final int SCAN_RUNS = 65_536;

    private record Level(RarityOrder order, Bitfield pieces) {}

    private final Availability availability;
    private final RandomGenerator random;
    private final int[] position;
    private final @Nullable Level[] levels = new Level[URGENT + 1];
    private int size;
    private int runLength;

    StartablePieces(int pieces, Availability availability, RandomGenerator random) {
        this.availability = availability;
        this.random = random;
        this.position = new int[pieces];
    }

    int size() {
        return size;
    }

    /** True if one of them could be fetched from someone. */
    boolean anyAvailable() {
        if (size == 0 || availability.seeds() > 0) {
            return size > 0;
        }
        for (Level level : levels) {
            if (level != null && level.order.size() > level.order.end(0)) {
                return true;
            }
        }
        return false;
    }

    void add(int piece, int level) {
        Level to = levels[level];
        if (to == null) {
            to = new Level(new RarityOrder(position), new Bitfield(position.length));
            levels[level] = to;
        }
        to.order.add(piece, availability.copies(piece));
        to.pieces.set(piece);
        size++;
    }

    /** True if it was there. */
    boolean remove(int piece, int level) {
        Level from = levels[level];
        if (from == null || !from.pieces.clear(piece)) {
            return false;
        }
        from.order.remove(piece, availability.copies(piece));
        size--;
        return true;
    }

    boolean contains(int piece, int level) {
        Level in = levels[level];
        return in != null && in.pieces.get(piece);
    }

    /** To be called before the availability grows. */
    void up(int piece, int level) {
        Level in = levels[level];
        if (in != null && in.pieces.get(piece)) {
            in.order.up(piece, availability.copies(piece));
        }
    }

    /** To be called before the availability shrinks. */
    void down(int piece, int level) {
        Level in = levels[level];
        if (in != null && in.pieces.get(piece)) {
            in.order.down(piece, availability.copies(piece));
        }
    }

    /** How to choose within a level. */
    enum Choice {
        RAREST,
        RANDOM,
        FIRST
    }

    /** The best one that the peer has, of a level above {@code floor}; -1 if there is none. */
    int choose(Bitfield has, int floor, Choice choice) {
        for (int i = URGENT; i > floor; i--) {
            Level level = levels[i];
            if (level == null || level.order.size() == 0) {
                continue;
            }
            int piece =
                    switch (i == URGENT ? Choice.FIRST : choice) {
                        case FIRST -> level.pieces.nextCommon(has, 0);
                        case RANDOM -> anyOf(level.pieces, has);
                        case RAREST -> rarest(level, has);
                    };
            if (piece >= 0) {
                return piece;
            }
        }
        return -1;
    }

    /**
     * Of the best level above {@code floor} in which the peer has something: {@code next} if it is there, else the first of a run of
     * pieces that follow one another, as long as there is one up to {@code enough}.
     */
    int chooseRun(Bitfield has, int floor, int next, int enough) {
        for (int i = URGENT; i > floor; i--) {
            Level level = levels[i];
            if (level == null || level.order.size() == 0) {
                continue;
            }
            if (next < position.length && level.pieces.get(next) && has.get(next)) {
                return next;
            }
            int piece = longestRun(level.pieces, has, enough);
            if (piece >= 0) {
                return piece;
            }
        }
        return -1;
    }

    private int longestRun(Bitfield pieces, Bitfield has, int enough) {
        int best = -1;
        int bestLength = 0;
        int begin = -1;
        int length = 0;
        int looked = 0;
        for (int piece = pieces.nextCommon(has, 0);
                piece >= 0 && bestLength < enough && looked < SCAN_RUNS;
                piece = pieces.nextCommon(has, piece + 1), looked++) {
            if (begin < 0 || piece != begin + length) {
                begin = piece;
                length = 0;
            }
            if (++length > bestLength) {
                best = begin;
                bestLength = length;
            }
        }
        runLength = bestLength;
        return best;
    }

    /** How long the run is whose first piece {@link #chooseRun} gave. */
    int runLength() {
        return runLength;
    }

    private int anyOf(Bitfield pieces, Bitfield has) {
        int piece = pieces.nextCommon(has, random.nextInt(pieces.size()));
        return piece >= 0 ? piece : pieces.nextCommon(has, 0);
    }

    private int rarest(Level level, Bitfield has) {
        RarityOrder order = level.order;
        int looked = 0;
        for (int bucket = 0; bucket < order.buckets(); bucket++) {
            int start = order.start(bucket);
            int count = order.end(bucket) - start;
            if (count == 0) {
                continue;
            }
            int first = random.nextInt(count);
            for (int i = 0; i < count; i++) {
                int piece = order.at(start + (first + i) % count);
                if (has.get(piece)) {
                    return piece;
                }
                if (++looked == SCAN_LIMIT) {
                    return rarestByBitfield(level.pieces, has);
                }
            }
        }
        return -1;
    }

    private int rarestByBitfield(Bitfield pieces, Bitfield has) {
        int origin = random.nextInt(pieces.size());
        int best = -1;
        int found = 0;
        for (int piece = pieces.nextCommon(has, origin);
                piece >= 0 && found < CANDIDATES;
                piece = pieces.nextCommon(has, piece + 1), found++) {
            best = rarer(best, piece);
        }
        for (int piece = pieces.nextCommon(has, 0);
                piece >= 0 && piece < origin && found < CANDIDATES;
                piece = pieces.nextCommon(has, piece + 1), found++) {
            best = rarer(best, piece);
        }
        return best;
    }

    private int rarer(int best, int piece) {
        return best < 0 || availability.copies(piece) < availability.copies(best) ? piece : best;
    }
}
