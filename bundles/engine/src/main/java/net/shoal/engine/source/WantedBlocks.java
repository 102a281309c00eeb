package net.shoal.engine.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The blocks that a source is asked for: first they wait, so that those which follow one another can be read in one go, then they are under way. */
final class WantedBlocks {
    /** Bytes read in one go at most. */
    private static final long MAX_RUN = 16 << 20;

    /** While something is under way, a run waits until it is so long, for it may still grow. */
    private static final long MIN_RUN = 512 << 10;

    private final FileSpans spans;
    private final Map<Long, WantedBlock> waiting = new LinkedHashMap<>();
    private final TreeMap<Long, WantedBlock> underway = new TreeMap<>();

    WantedBlocks(FileSpans spans) {
        this.spans = spans;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && underway.isEmpty();
    }

    void add(WantedBlock block) {
        if (!underway.containsKey(block.at)) {
            waiting.put(block.at, block);
        }
    }

    /** @return false if it was not wanted */
    boolean remove(long at) {
        return waiting.remove(at) != null || underway.remove(at) != null;
    }

    void clear() {
        waiting.clear();
        underway.clear();
    }

    /**
     * Takes the blocks that come next; they are under way then.
     *
     * @param idle nothing else is being read: then there is nothing to wait for
     * @return the parts of files they lie in, none if there is nothing to read now
     */
    List<FileSpans.FileSpan> next(boolean idle) {
        var run = run();
        if (run.isEmpty()) {
            return List.of();
        }
        long from = run.get(0).at;
        long to = run.get(run.size() - 1).end();
        boolean mayGrow = run.size() == waiting.size() && to - from < MIN_RUN;
        if (mayGrow && !idle) {
            return List.of();
        }
        for (var block : run) {
            waiting.remove(block.at);
            underway.put(block.at, block);
            block.expect((int) spans.of(block.at, block.end()).stream()
                    .mapToLong(FileSpans.FileSpan::length)
                    .sum());
        }
        return spans.of(from, to);
    }

    /** Those that follow one another, from the one that has waited longest; what lies between is padding. */
    private List<WantedBlock> run() {
        var run = new ArrayList<WantedBlock>();
        for (var block : waiting.values()) {
            if (!run.isEmpty()) {
                long end = run.get(run.size() - 1).end();
                boolean follows =
                        block.at >= end && spans.isPadding(end, block.at) && block.end() - run.get(0).at <= MAX_RUN;
                if (!follows) {
                    break;
                }
            }
            run.add(block);
        }
        return run;
    }

    /** The block that covers this place, if it is still wanted. */
    @Nullable
    WantedBlock at(long place) {
        var entry = underway.floorEntry(place);
        return entry == null || entry.getValue().end() <= place ? null : entry.getValue();
    }

    /** Where the next one begins, from this place on; {@code end} if none does before. */
    long next(long place, long end) {
        var key = underway.ceilingKey(place);
        return key == null ? end : Math.min(key, end);
    }

    /** Something between is still wanted. */
    boolean wantsAny(long from, long to) {
        return at(from) != null || next(from, to) < to;
    }
}
