package net.shoal.itests.jmh;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import net.shoal.base.model.Block;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.base.wire.WireReader;
import net.shoal.base.wire.WireSink;
import net.shoal.base.wire.WireWriter;
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

/** 64 blocks of 16 KiB, and between them a request each and a have for each 16: a MiB each way between two peers that trade. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WireBenchmark {
    private static final int BLOCKS = 64;

    /** What is read of a socket at once. */
    private static final int READ = 64 * 1024;

    private final ByteBuffer payload = ByteBuffer.allocateDirect(Block.SIZE);
    private final ByteBuffer stream = ByteBuffer.allocateDirect(BLOCKS * (Block.SIZE + 64));
    private final WireReader reader = new WireReader();
    private final Counting sink = new Counting();

    /** Takes the blocks into a piece's memory. */
    private static final class Counting implements WireSink {
        private final ByteBuffer block = ByteBuffer.allocateDirect(Block.SIZE);
        private int heard;

        @Override
        public void onMessage(Message message) {
            heard++;
        }

        @Override
        public ByteBuffer beginBlock(int piece, int offset, int length) {
            return block;
        }

        @Override
        public void endBlock(int piece, int offset, int length) {
            heard++;
        }
    }

    @Setup
    public void fillStream() {
        writeAMebibyte();
    }

    @Benchmark
    public ByteBuffer writeAMebibyte() {
        stream.clear();
        for (int i = 0; i < BLOCKS; i++) {
            WireWriter.writePieceHeader(i / 16, i % 16 * Block.SIZE, Block.SIZE, stream);
            stream.put(payload.duplicate());
            WireWriter.write(new Message.Request(i / 16, i % 16 * Block.SIZE, Block.SIZE), stream);
            if (i % 16 == 15) {
                WireWriter.write(new Message.Have(i / 16), stream);
            }
        }
        return stream.flip();
    }

    @Benchmark
    public int readAMebibyte() throws ProtocolException {
        int end = stream.limit();
        for (int at = 0; at < end; at += READ) {
            reader.read(stream.limit(Math.min(end, at + READ)).position(at), sink);
        }
        stream.position(0);
        return sink.heard;
    }

    /** Without the payload, which is sent from where it lies. */
    @Benchmark
    public ByteBuffer writeSixtyFourRequests() {
        var out = sink.block.clear();
        for (int i = 0; i < BLOCKS; i++) {
            WireWriter.write(new Message.Request(i / 16, i % 16 * Block.SIZE, Block.SIZE), out);
        }
        return out;
    }
}
