package net.shoal.engine.transfer;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;

/**
 * What can be said of content that was open before, without reading it.
 *
 * @param good pieces that are there
 * @param blocks unverified ones on disk, by piece
 * @param suspects pieces that may be there, and have to be hashed
 */
record KnownPieces(Bitfield good, Map<Integer, BitSet> blocks, Bitfield suspects) {
    /** How long after it was saved we may have gone on writing before we were killed. */
    private static final long RECENT_LEEWAY_MILLIS = 5_000;
    /** Or before what was synced was saved again. */
    private static final long SYNCED_LEEWAY_MILLIS = 90_000;

    /**
     * Goes by what was saved, so far as the files are as they were then, but for what we wrote ourselves.
     *
     * @param saved not empty
     */
    static KnownPieces of(Info info, PieceStore store, SavedPieces saved, List<FileMark> now) {
        int count = info.layout().pieceCount();
        var reliable = saved.reliable();
        var claimed = reliable.flatMap(pieces -> pieces.field(count)).orElseGet(() -> new Bitfield(count));
        long leeway = saved.recentHolds() ? RECENT_LEEWAY_MILLIS : SYNCED_LEEWAY_MILLIS;
        var changed = reliable.map(pieces -> changed(info, pieces, claimed, now, leeway))
                .orElseGet(() -> all(info.layout().pieceCount()));
        var good = new Bitfield(count);
        var suspects = new Bitfield(count);
        boolean lostTrack = !saved.recentHolds()
                && saved.rumoured().isEmpty()
                && reliable.map(VerifiedPieces::writing).orElse(true);
        for (int piece = 0; piece < count; piece++) {
            if (!store.mayHold(piece)) {
                continue;
            }
            if (changed.get(piece)) {
                suspects.set(piece);
            } else if (claimed.get(piece)) {
                good.set(piece);
            } else if (lostTrack) {
                suspects.set(piece);
            }
        }
        saved.rumoured().ifPresent(rumour -> addRumours(rumour, store, good, suspects));
        var blocks = new HashMap<Integer, BitSet>();
        reliable.map(VerifiedPieces::blocks).orElse(Map.of()).forEach((piece, there) -> {
            if (piece >= 0 && piece < count && !changed.get(piece) && !good.get(piece) && !suspects.get(piece)) {
                blocks.put(piece, clip(there, info.layout().blockCount(piece)));
            }
        });
        return new KnownPieces(good, blocks, suspects);
    }

    private static BitSet all(int count) {
        var all = new BitSet();
        all.set(0, count);
        return all;
    }

    private static BitSet clip(BitSet blocks, int count) {
        var clipped = (BitSet) blocks.clone();
        clipped.clear(count, Math.max(count, clipped.length()));
        return clipped;
    }

    /** Pieces of files that somebody else may have changed. A file of which we had every piece is not written to any more. */
    private static BitSet changed(Info info, VerifiedPieces then, Bitfield claimed, List<FileMark> now, long leeway) {
        var files = new PieceFiles(info);
        var unfinished = new BitSet();
        for (int piece = claimed.nextClear(0); piece >= 0; piece = claimed.nextClear(piece + 1)) {
            files.filesOf(piece, unfinished::set);
        }
        long until = then.writing() ? then.saved() + leeway : 0;
        var changed = new BitSet();
        for (int i = 0; i < now.size(); i++) {
            if (i >= then.marks().size() || !then.marks().get(i).covers(now.get(i), unfinished.get(i) ? until : 0)) {
                changed.set(i);
            }
        }
        return files.piecesOf(changed);
    }

    private static void addRumours(VerifiedPieces rumour, PieceStore store, Bitfield good, Bitfield suspects) {
        rumour.field(good.size()).ifPresent(pieces -> {
            for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
                suspect(piece, store, good, suspects);
            }
        });
        rumour.blocks().keySet().stream()
                .filter(piece -> piece >= 0 && piece < good.size())
                .forEach(piece -> suspect(piece, store, good, suspects));
    }

    private static void suspect(int piece, PieceStore store, Bitfield good, Bitfield suspects) {
        if (!good.get(piece) && store.mayHold(piece)) {
            suspects.set(piece);
        }
    }
}
