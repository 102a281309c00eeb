package net.shoal.engine.transfer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Bitfield;

/**
 * Which pieces were verified at some time, what was there of others, and how to tell whether that is still so.
 *
 * @param pieces wire form of a {@link Bitfield}
 * @param blocks that were written of pieces which are not verified: of use once their piece is whole and matches its hash
 * @param marks of each file, made after all that was written
 * @param saved milliseconds since 1970
 * @param writing true if we went on writing to the files
 * @param number the higher, the later
 */
record VerifiedPieces(
        BString pieces, Map<Integer, BitSet> blocks, List<FileMark> marks, long saved, boolean writing, long number) {
    VerifiedPieces {
        blocks = Map.copyOf(blocks);
        marks = List.copyOf(marks);
    }

    /** The pieces, whatever became of the files since. */
    Optional<Bitfield> field(int count) {
        try {
            return Optional.of(Bitfield.ofWire(pieces.buffer(), count));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean hadFiles() {
        return marks.stream().anyMatch(mark -> mark.size() > 0);
    }

    /** There were files, and now there is none of them. */
    boolean isAllGone(List<FileMark> now) {
        return hadFiles() && now.stream().noneMatch(mark -> mark.size() >= 0);
    }

    /** The same, with word that we are still writing now. */
    VerifiedPieces stillWriting(long now) {
        return new VerifiedPieces(pieces, blocks, marks, now, true, number);
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
        var parts = new ArrayList<BValue>();
        blocks.forEach((piece, there) -> {
            parts.add(new BInteger(piece));
            parts.add(BString.of(there.toByteArray()));
        });
        dict.put("pieces", pieces)
                .put("blocks", new BList(parts))
                .put("marks", new BList(numbers))
                .put("saved", saved)
                .put("writing", writing ? 1 : 0)
                .put("number", number);
    }

    static Optional<VerifiedPieces> read(BDict dict) {
        return dict.string("pieces")
                .map(pieces -> new VerifiedPieces(
                        pieces,
                        dict.list("blocks").map(VerifiedPieces::blocks).orElse(Map.of()),
                        dict.list("marks").map(VerifiedPieces::marks).orElse(List.of()),
                        dict.integer("saved").orElse(0),
                        dict.integer("writing").orElse(0) != 0,
                        dict.integer("number").orElse(0)));
    }

    private static List<FileMark> marks(BList list) {
        var numbers = list.values().stream()
                .filter(BInteger.class::isInstance)
                .map(number -> ((BInteger) number).value())
                .toList();
        var marks = new ArrayList<FileMark>();
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            marks.add(new FileMark(numbers.get(i), numbers.get(i + 1)));
        }
        return marks;
    }

    private static Map<Integer, BitSet> blocks(BList list) {
        var blocks = new HashMap<Integer, BitSet>();
        var parts = list.values();
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            if (parts.get(i) instanceof BInteger piece && parts.get(i + 1) instanceof BString there) {
                blocks.put((int) piece.value(), BitSet.valueOf(there.toBytes()));
            }
        }
        return blocks;
    }
}
