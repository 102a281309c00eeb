package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an encrypted connection costs: the key exchange at its start, and RC4 of a MiB in blocks of 16 KiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MseBenchmark {
    private static final int BLOCK = 16 * 1024;
    private static final int BLOCKS = 64;

    private final Random random = new Random(1);
    private final KeyPair ours = KeyPair.make(random);
    private final byte[] theirs = KeyPair.make(random).publicKey();
    private final Rc4 stream = Rc4.of(new byte[] {1, 2, 3, 4, 5});
    private final ByteBuf block = PooledByteBufAllocator.DEFAULT.directBuffer(BLOCK);

    @Setup
    public void fill() {
        block.writeZero(BLOCK);
    }

    @TearDown
    public void free() {
        block.release();
    }

    @Benchmark
    public Object keyPair() {
        return KeyPair.make(random).publicKey();
    }

    @Benchmark
    public Object sharedSecret() {
        return ours.secret(theirs);
    }

    /** In place. */
    @Benchmark
    public void readAMebibyte() {
        for (int i = 0; i < BLOCKS; i++) {
            stream.apply(block, BLOCK);
        }
    }

    /** Into memory of its own. */
    @Benchmark
    public void writeAMebibyte() {
        for (int i = 0; i < BLOCKS; i++) {
            var out = PooledByteBufAllocator.DEFAULT.directBuffer(BLOCK);
            stream.copy(block, out);
            out.release();
        }
    }
}
