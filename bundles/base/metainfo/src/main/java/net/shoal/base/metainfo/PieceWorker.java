package net.shoal.base.metainfo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import net.shoal.base.model.Block;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.PieceHasher;
import net.shoal.base.model.Sha256Hash;
import org.jspecify.annotations.Nullable;

/**
 * Reads and hashes pieces, both versions from one read. Used by one thread; keeps the file it read last open, since the next piece most often
 * goes on there.
 */
final class PieceWorker implements AutoCloseable {
    /** Large enough for few system calls, small enough to stay in the processor's cache between reading and hashing. */
    private static final int BUFFER = 128 * 1024;

    private static final byte[] ZEROS = new byte[Block.SIZE];

    private final CreatePlan plan;
    private final HashResult result;
    private final BooleanSupplier stopped;
    private final PieceHasher hasher = new PieceHasher();
    private final byte[] bytes = new byte[BUFFER];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private final List<Sha256Hash> leaves = new ArrayList<>();
    private int openFile = -1;
    private @Nullable SeekableByteChannel channel;

    PieceWorker(CreatePlan plan, HashResult result, BooleanSupplier stopped) {
        this.plan = plan;
        this.result = result;
        this.stopped = stopped;
    }

    /** @return bytes of content in the piece */
    long hash(int piece) throws IOException {
        long begin = (long) piece * plan.pieceLength();
        long end = Math.min(begin + plan.pieceLength(), plan.length());
        long at = begin;
        long content = 0;
        int first = firstFile(begin);
        leaves.clear();
        for (int file = first; file < plan.files().size() && plan.offsets().get(file) < end; file++) {
            long offset = plan.offsets().get(file);
            long to = Math.min(end, offset + plan.files().get(file).length());
            zeros(Math.max(offset, at) - at);
            at = Math.max(offset, at);
            if (to > at) {
                read(file, at - offset, to - at);
                content += to - at;
                at = to;
            }
        }
        zeros(end - at);
        finish(piece, first);
        return content;
    }

    /** The file that holds, or precedes, this place in piece space; of several that begin there, the first (all but the last are empty). */
    private int firstFile(long position) {
        int found = Collections.binarySearch(plan.offsets(), position);
        int file = found >= 0 ? found : -found - 2;
        while (file > 0 && plan.offsets().get(file - 1) == position) {
            file--;
        }
        return file;
    }

    private void finish(int piece, int first) {
        if (plan.hasV1()) {
            result.v1(piece, hasher.finishSha1());
        }
        if (plan.hasV2()) {
            long blocks =
                    MerkleTree.blocks(plan.files().get(ownerOf(piece, first)).length());
            int layer = Math.min(MerkleTree.rootLayer(blocks), MerkleTree.pieceLayer(plan.pieceLength()));
            result.v2(piece, MerkleTree.root(leaves, 0, layer));
        }
    }

    /** The one file whose data the piece holds, in v2. */
    private int ownerOf(int piece, int first) {
        int file = first;
        long begin = (long) piece * plan.pieceLength();
        while (plan.offsets().get(file) + plan.files().get(file).length() <= begin) {
            file++;
        }
        return file;
    }

    private void read(int file, long from, long length) throws IOException {
        try {
            var in = open(file);
            in.position(from);
            for (long left = length; left > 0; left -= buffer.limit()) {
                fill(in, (int) Math.min(left, BUFFER));
                digest(buffer.limit());
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(plan.files().get(file) + " cannot be read: " + Reasons.of(e) + ".", e);
        }
    }

    private void fill(SeekableByteChannel in, int count) throws IOException {
        if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        buffer.clear().limit(count);
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                throw new IOException("it became shorter meanwhile; try again when nothing changes it");
            }
        }
    }

    private void digest(int length) {
        for (int at = 0; at < length; at += Block.SIZE) {
            int block = Math.min(Block.SIZE, length - at);
            if (plan.hasV2()) {
                leaves.add(hasher.block(bytes, at, block));
            }
        }
        if (plan.hasV1()) {
            hasher.updateSha1(bytes, 0, length);
        }
    }

    /** Padding, which only v1 hashes. */
    private void zeros(long length) {
        if (!plan.hasV1()) {
            return;
        }
        for (long left = length; left > 0; left -= ZEROS.length) {
            hasher.updateSha1(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
    }

    private SeekableByteChannel open(int file) throws IOException {
        var current = channel;
        if (current != null && openFile == file) {
            return current;
        }
        close();
        var opened = plan.files().get(file).open();
        channel = opened;
        openFile = file;
        return opened;
    }

    @Override
    public void close() throws IOException {
        var current = channel;
        channel = null;
        if (current != null) {
            current.close();
        }
    }
}
