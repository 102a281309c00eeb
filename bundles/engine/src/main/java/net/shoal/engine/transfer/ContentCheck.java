package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.PieceHashes;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceHasher;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha256Hash;
import net.shoal.engine.merkle.HashTrees;
import org.jspecify.annotations.Nullable;

/**
 * Hashes what is on disk and tells which pieces are good. Runs on several threads of the disk pool, each taking the next piece, and gives
 * its thread back now and then so that others get their turn.
 */
final class ContentCheck {
    /** Bytes after which a thread is given back. */
    private static final long TURN = 32 << 20;

    private static final int READ = 1 << 20;

    private final PieceLayout layout;
    private final @Nullable PieceHashes v1;
    /** Guarded by itself. */
    private final @Nullable HashTrees trees;

    private final PieceStore store;
    private final Bitfield suspects;
    private final boolean rewrites;
    private final Executor executor;
    private final Events events;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();
    private final AtomicInteger workers = new AtomicInteger();
    /** Guarded by itself. */
    private final Bitfield good;

    private volatile @Nullable IOException failure;
    private volatile boolean cancelled;

    /** Called on disk threads; exactly one of the last two. */
    interface Events {
        void onProgress(double checked);

        void onDone(Bitfield good);

        void onFailed(IOException cause);
    }

    /**
     * @param suspects the pieces to hash
     * @param rewrites what is good is written once more: a disk that failed may not keep it otherwise
     */
    ContentCheck(
            Metainfo metainfo,
            PieceStore store,
            Bitfield suspects,
            boolean rewrites,
            Executor executor,
            Events events) {
        var info = metainfo.info();
        this.layout = info.layout();
        this.v1 = info.pieceHashes().orElse(null);
        this.trees = info.hasV2() ? new HashTrees(metainfo) : null;
        this.store = store;
        this.suspects = suspects;
        this.rewrites = rewrites;
        this.executor = executor;
        this.events = events;
        this.good = new Bitfield(layout.pieceCount());
    }

    void start(int threads) {
        workers.set(threads);
        for (int i = 0; i < threads; i++) {
            submit();
        }
    }

    /** Ends soon; with {@link Events#onFailed}. */
    void cancel() {
        cancelled = true;
    }

    private void submit() {
        try {
            executor.execute(this::turn);
        } catch (RejectedExecutionException e) {
            failure = new IOException("the node is stopping", e);
            finishOne();
        }
    }

    private void turn() {
        var hasher = new PieceHasher();
        var bytes = new byte[Math.min(READ, Math.max(Block.SIZE, layout.pieceLength()))];
        long rest = TURN;
        int count = suspects.cardinality();
        int reported = (int) (count / 200.0) + 1;
        while (rest > 0 && failure == null && !cancelled) {
            int piece = take();
            if (piece < 0) {
                finishOne();
                return;
            }
            rest -= check(piece, hasher, bytes);
            int done = checked.incrementAndGet();
            if (done % reported == 0) {
                events.onProgress((double) done / count);
            }
        }
        if (failure != null || cancelled) {
            finishOne();
        } else {
            submit();
        }
    }

    /** The next piece, or -1. */
    private int take() {
        while (true) {
            int from = next.get();
            int piece = suspects.nextSet(from);
            if (piece < 0 || next.compareAndSet(from, piece + 1)) {
                return piece;
            }
        }
    }

    private void finishOne() {
        if (workers.decrementAndGet() > 0) {
            return;
        }
        var cause = failure;
        if (cancelled) {
            events.onFailed(new IOException("cancelled"));
        } else if (cause != null) {
            events.onFailed(cause);
        } else {
            events.onDone(good);
        }
    }

    /**
     * Checks one piece.
     *
     * @return bytes that were read for it
     */
    private int check(int piece, PieceHasher hasher, byte[] bytes) {
        if (!store.mayHold(piece)) {
            return 0;
        }
        try {
            if (matches(piece, hasher, bytes)) {
                if (rewrites) {
                    rewrite(piece, bytes);
                }
                synchronized (good) {
                    good.set(piece);
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = new IOException("internal error while checking: " + e, e);
        }
        return layout.lengthOf(piece);
    }

    private void rewrite(int piece, byte[] bytes) throws IOException {
        int length = layout.lengthOf(piece);
        for (int at = 0; at < length; at += bytes.length) {
            int count = Math.min(bytes.length, length - at);
            if (store.read(piece, at, ByteBuffer.wrap(bytes, 0, count)) == count) {
                store.write(piece, at, ByteBuffer.wrap(bytes, 0, count));
            }
        }
    }

    private boolean matches(int piece, PieceHasher hasher, byte[] bytes) throws IOException {
        int length = layout.lengthOf(piece);
        int v2Length = v2Length(piece);
        var blocks = new ArrayList<Sha256Hash>();
        for (int at = 0; at < length; at += bytes.length) {
            int count = Math.min(bytes.length, length - at);
            if (store.read(piece, at, ByteBuffer.wrap(bytes, 0, count)) < count) {
                if (v1 != null) {
                    hasher.finishSha1();
                }
                return false;
            }
            if (v1 != null) {
                hasher.updateSha1(bytes, 0, count);
            }
            for (int block = 0; block < Math.min(count, v2Length - at); block += Block.SIZE) {
                blocks.add(hasher.block(bytes, block, Math.min(Block.SIZE, Math.min(count, v2Length - at) - block)));
            }
        }
        boolean v1Good = v1 == null || hasher.finishSha1().equals(v1.get(piece));
        return v1Good && matchesV2(piece, blocks);
    }

    private int v2Length(int piece) {
        if (trees == null) {
            return 0;
        }
        synchronized (trees) {
            return trees.lengthOf(piece);
        }
    }

    /** A piece whose v2 hash is not known counts if v1 has vouched for it. */
    private boolean matchesV2(int piece, List<Sha256Hash> blocks) {
        if (trees == null || blocks.isEmpty()) {
            return true;
        }
        synchronized (trees) {
            return trees.knows(piece) ? trees.matches(piece, blocks) : v1 != null;
        }
    }
}
