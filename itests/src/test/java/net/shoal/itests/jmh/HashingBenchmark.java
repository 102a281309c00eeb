package net.shoal.itests.jmh;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceHasher;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A piece of 1 MiB, and one of its blocks, as they are hashed when they arrive and when content is checked. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HashingBenchmark {
    private static final int PIECE = 1 << 20;

    private final PieceHasher hasher = new PieceHasher();
    private final byte[] piece = new byte[PIECE];

    @Setup
    public void fill() {
        new Random(1).nextBytes(piece);
    }

    /** A v1 piece whose blocks come one by one. */
    @Benchmark
    public Sha1Hash sha1OfAPieceInBlocks() {
        for (int offset = 0; offset < PIECE; offset += Block.SIZE) {
            hasher.updateSha1(piece, offset, Block.SIZE);
        }
        return hasher.finishSha1();
    }

    @Benchmark
    public Sha1Hash sha1OfAPiece() {
        return hasher.sha1(piece, 0, PIECE);
    }

    /** A v2 piece: 64 leaves and the tree above them. */
    @Benchmark
    public Sha256Hash treeOfAPiece() {
        return hasher.node(piece, 0, PIECE, Integer.numberOfTrailingZeros(PIECE / Block.SIZE));
    }

    @Benchmark
    public Sha256Hash sha256OfABlock() {
        return hasher.block(piece, 0, Block.SIZE);
    }
}
