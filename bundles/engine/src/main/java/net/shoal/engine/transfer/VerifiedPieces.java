package net.shoal.engine.transfer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Bitfield;

/**
 * Which pieces were verified at some time, and how to tell whether that is still so.
 *
 * @param pieces wire form of a {@link Bitfield}
 * @param marks of each file, made after the pieces were written
 * @param saved milliseconds since 1970
 * @param writing true if we went on writing to the files
 */
record VerifiedPieces(BString pieces, List<FileMark> marks, long saved, boolean writing) {
    /** How long after it was saved we may have gone on writing before we were killed. */
    private static final long LEEWAY_MILLIS = 3_000;

    VerifiedPieces {
        marks = List.copyOf(marks);
    }

    /** The pieces, if the files are as they were, but for what we wrote ourselves. */
    Optional<Bitfield> check(List<FileMark> now, int count) {
        long until = writing ? saved + LEEWAY_MILLIS : 0;
        boolean same = now.size() == marks.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = marks.get(i).covers(now.get(i), until);
        }
        return same ? field(count) : Optional.empty();
    }

    /** The pieces, whatever became of the files since. */
    Optional<Bitfield> field(int count) {
        try {
            return Optional.of(Bitfield.ofWire(pieces.buffer(), count));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** There were files, and now there is none of them. */
    boolean isAllGone(List<FileMark> now) {
        return marks.stream().anyMatch(mark -> mark.size() > 0) && now.stream().noneMatch(mark -> mark.size() >= 0);
    }

    int count() {
        int count = 0;
        for (ByteBuffer rest = pieces.buffer(); rest.hasRemaining(); ) {
            count += Integer.bitCount(rest.get() & 0xff);
        }
        return count;
    }

    void write(BDict.Builder dict) {
        var numbers = new ArrayList<BValue>();
        for (var mark : marks) {
            numbers.add(new BInteger(mark.size()));
            numbers.add(new BInteger(mark.modified()));
        }
        dict.put("pieces", pieces)
                .put("marks", new BList(numbers))
                .put("saved", saved)
                .put("writing", writing ? 1 : 0);
    }

    static Optional<VerifiedPieces> read(BDict dict) {
        var numbers = dict.list("marks").map(BList::values).orElse(List.of()).stream()
                .filter(BInteger.class::isInstance)
                .map(number -> ((BInteger) number).value())
                .toList();
        var marks = new ArrayList<FileMark>();
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            marks.add(new FileMark(numbers.get(i), numbers.get(i + 1)));
        }
        return dict.string("pieces")
                .map(pieces -> new VerifiedPieces(
                        pieces,
                        marks,
                        dict.integer("saved").orElse(0),
                        dict.integer("writing").orElse(0) != 0));
    }
}
