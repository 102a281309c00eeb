package net.shoal.engine.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;

/** How the pieces of two torrents lie to each other in the files they share. */
final class SharedPieces {
    private final Info ours;
    private final Info theirs;
    private final FileSpans ourSpans;
    private final FileSpans theirSpans;
    private final Map<Integer, Integer> files;
    private final Map<Integer, List<Integer>> back = new HashMap<>();
    private final Bitfield shared;

    /** @param files ours to theirs, by index */
    SharedPieces(Info ours, Info theirs, Map<Integer, Integer> files) {
        this.ours = ours;
        this.theirs = theirs;
        this.ourSpans = new FileSpans(ours);
        this.theirSpans = new FileSpans(theirs);
        this.files = Map.copyOf(files);
        files.forEach((our, their) ->
                back.computeIfAbsent(their, any -> new ArrayList<>()).add(our));
        this.shared = new Bitfield(ours.layout().pieceCount());
        files.keySet().forEach(this::markShared);
    }

    private void markShared(int file) {
        var entry = ours.files().get(file);
        forEachPiece(ours, entry.offset(), entry.offset() + entry.length(), piece -> {
            if (spans(piece).stream().allMatch(span -> files.containsKey(span.file()))) {
                shared.set(piece);
            }
        });
    }

    /** Pieces of ours that hold nothing but files which the other has too. Not to be changed. */
    Bitfield shared() {
        return shared;
    }

    /** The same file there. */
    int theirFile(int ours) {
        var file = files.get(ours);
        if (file == null) {
            throw new IllegalArgumentException("file " + ours + " is not shared");
        }
        return file;
    }

    /** True if all of a shared piece of ours lies in these pieces of theirs. */
    boolean isCovered(int piece, Bitfield there) {
        for (var span : spans(piece)) {
            long begin = theirs.files().get(theirFile(span.file())).offset() + span.offset();
            int first = pieceAt(theirs, begin);
            int clear = there.nextClear(first);
            if (clear >= 0 && clear <= pieceAt(theirs, begin + span.length() - 1)) {
                return false;
            }
        }
        return true;
    }

    /** The shared pieces of ours that have a part in a piece of theirs. */
    void forEachIn(int theirPiece, IntConsumer action) {
        long begin = theirs.layout().offsetOf(theirPiece);
        for (var span : theirSpans.of(begin, begin + theirs.layout().lengthOf(theirPiece))) {
            for (int file : back.getOrDefault(span.file(), List.of())) {
                long at = ours.files().get(file).offset() + span.offset();
                forEachPiece(ours, at, at + span.length(), piece -> {
                    if (shared.get(piece)) {
                        action.accept(piece);
                    }
                });
            }
        }
    }

    private List<FileSpans.FileSpan> spans(int piece) {
        long begin = ours.layout().offsetOf(piece);
        return ourSpans.of(begin, begin + ours.layout().lengthOf(piece));
    }

    private static int pieceAt(Info info, long place) {
        return (int) (place / info.layout().pieceLength());
    }

    private static void forEachPiece(Info info, long from, long to, IntConsumer action) {
        for (int piece = pieceAt(info, from); piece <= pieceAt(info, to - 1); piece++) {
            action.accept(piece);
        }
    }
}
