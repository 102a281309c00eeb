package net.shoal.engine.swarm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.PieceHashes;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;
import net.shoal.engine.merkle.HashTrees;
import net.shoal.engine.picker.PiecePicker;
import org.jspecify.annotations.Nullable;

/** What a swarm is about, once its info dictionary is known: the geometry, the hashes, what is there and what is wanted. */
final class Content {
    /** How long a piece waits for the hashes that tell who spoilt it: time enough to ask dozens who do not answer. */
    private static final long LEAVES_TIMEOUT = 15_000_000_000L;

    private final Loop loop;
    private final Info info;
    private final PiecePicker<PeerConnection> picker;
    private final @Nullable PieceHashes v1;
    private final @Nullable HashTrees trees;
    private final ContentDisk disk;
    /** Bytes of pieces that end in padding (BEP 47). */
    private final Map<Integer, Integer> unpadded = new HashMap<>();

    private final List<Wait> waits = new ArrayList<>();
    private final Runnable onLeavesWanted;

    /** @param onLeavesWanted peers are to be asked for hashes */
    Content(Loop loop, Metainfo metainfo, ContentDisk disk, RandomGenerator random, Runnable onLeavesWanted) {
        this.loop = loop;
        this.info = metainfo.info();
        this.disk = disk;
        this.onLeavesWanted = onLeavesWanted;
        this.v1 = info.pieceHashes().orElse(null);
        this.trees = info.hasV2() ? new HashTrees(metainfo) : null;
        findPadding();
        this.picker = new PiecePicker<>(info.layout(), random, this::blocksToFetch);
    }

    /** What the hashes say of a piece. */
    enum Verdict {
        GOOD,
        BAD,
        /** It matches one hash of a hybrid and not the other: whatever peers send, it is never good. */
        CONTRADICTORY,
        /** Its v2 hash is still to come from peers. */
        UNKNOWN
    }

    private record Wait(int piece, boolean forLeaves, PieceWork.Hashes hashes, long deadline, Runnable then) {}

    private void findPadding() {
        if (v1 == null) {
            return;
        }
        int pieceLength = layout().pieceLength();
        for (var file : info.files()) {
            long end = file.offset() + file.length();
            if (file.isPad() && file.length() > 0 && end % pieceLength == 0) {
                int piece = (int) (file.offset() / pieceLength);
                unpadded.put(piece, (int) (file.offset() - layout().offsetOf(piece)));
            }
        }
    }

    Loop loop() {
        return loop;
    }

    Info info() {
        return info;
    }

    PieceLayout layout() {
        return info.layout();
    }

    PiecePicker<PeerConnection> picker() {
        return picker;
    }

    ContentDisk disk() {
        return disk;
    }

    Optional<HashTrees> trees() {
        return Optional.ofNullable(trees);
    }

    /** Blocks of a piece, from its first, that are not padding alone; one at least. */
    int blocksToFetch(int piece) {
        var length = unpadded.get(piece);
        return length == null ? layout().blockCount(piece) : Math.max(1, (length + Block.SIZE - 1) / Block.SIZE);
    }

    boolean hasV1() {
        return v1 != null;
    }

    boolean hasV2() {
        return trees != null;
    }

    Sha1Hash v1Hash(int piece) {
        if (v1 == null) {
            throw new IllegalStateException("a v2 torrent has no v1 hashes");
        }
        return v1.get(piece);
    }

    /** Bytes of a piece that v2 hashes cover; 0 without v2. */
    int v2Length(int piece) {
        return trees == null ? 0 : trees.lengthOf(piece);
    }

    /** For a hybrid both kinds of hashes must match; v2 can be left out while its hash is unknown. */
    Verdict judge(int piece, PieceWork.Hashes hashes) {
        boolean good = v1 == null || v1.get(piece).equals(hashes.v1());
        if (trees == null || (v1 != null && !trees.knows(piece))) {
            return good ? Verdict.GOOD : Verdict.BAD;
        }
        if (!trees.knows(piece)) {
            return Verdict.UNKNOWN;
        }
        boolean goodV2 = trees.matches(piece, hashes.blocks());
        if (v1 != null && good != goodV2) {
            return Verdict.CONTRADICTORY;
        }
        return goodV2 ? Verdict.GOOD : Verdict.BAD;
    }

    void onVerified(int piece) {
        if (trees != null) {
            trees.forgetLeaves(piece);
        }
    }

    /** Which blocks are bad, where v2 hashes can tell; empty otherwise. */
    Optional<BitSet> badBlocks(int piece, PieceWork.Hashes hashes) {
        return trees == null || !trees.knows(piece)
                ? Optional.empty()
                : trees.badBlocks(piece, hashes.blocks()).filter(bad -> !bad.isEmpty());
    }

    void whenHashesKnown(int piece, PieceWork.Hashes hashes, Runnable then) {
        waits.add(new Wait(piece, false, hashes, Long.MAX_VALUE, then));
    }

    void askForHashes() {
        onLeavesWanted.run();
    }

    /** Runs {@code then} once {@link #badBlocks} can tell, or it has taken too long, or at once if it never will. */
    void whenLeavesKnown(int piece, PieceWork.Hashes hashes, Runnable then) {
        if (trees == null || !trees.knows(piece) || badBlocks(piece, hashes).isPresent()) {
            then.run();
            return;
        }
        trees.wantLeaves(piece, loop.nanoTime());
        waits.add(new Wait(piece, true, hashes, loop.nanoTime() + LEAVES_TIMEOUT, then));
        onLeavesWanted.run();
    }

    /** A piece waits for hashes. */
    boolean isWaiting() {
        return !waits.isEmpty();
    }

    /** Hashes came, or time passed. */
    void checkWaits() {
        if (waits.isEmpty() || trees == null) {
            return;
        }
        var ready = new ArrayList<Wait>();
        for (var wait : waits) {
            boolean known = wait.forLeaves
                    ? badBlocks(wait.piece, wait.hashes).isPresent() || loop.nanoTime() - wait.deadline >= 0
                    : trees.knows(wait.piece);
            if (known) {
                ready.add(wait);
            }
        }
        waits.removeAll(ready);
        ready.forEach(wait -> wait.then.run());
    }
}
