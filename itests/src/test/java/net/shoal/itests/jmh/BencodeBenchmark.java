package net.shoal.itests.jmh;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
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

/** The metainfo (v1) of 5,000 files in 50 folders, with the hashes of 10,000 pieces. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BencodeBenchmark {
    private static final int FILES = 5_000;
    private static final int FILE_LENGTH = 128 * 1024;
    private static final int PIECE_LENGTH = 64 * 1024;

    private BDict tree;
    private ByteBuffer torrent;

    @Setup
    public void make() {
        var hashes = new byte[FILES * (FILE_LENGTH / PIECE_LENGTH) * 20];
        new Random(1).nextBytes(hashes);
        var files = new ArrayList<BValue>();
        for (int i = 0; i < FILES; i++) {
            var path = BList.of(BString.of("folder " + i / 100), BString.of("a file with a name " + i + ".dat"));
            files.add(
                    BDict.builder().put("length", FILE_LENGTH).put("path", path).build());
        }
        var info = BDict.builder()
                .put("files", new BList(files))
                .put("name", "content")
                .put("piece length", PIECE_LENGTH)
                .put("pieces", BString.of(hashes));
        tree = BDict.builder().put("info", info.build()).build();
        torrent = ByteBuffer.wrap(BencodeWriter.write(tree));
    }

    @Benchmark
    public byte[] write() {
        return BencodeWriter.write(tree);
    }

    /** Checks all, and makes values of what is asked for. */
    @Benchmark
    public BValue read() throws BencodeException {
        return BencodeReader.CANONICAL.read(torrent.duplicate());
    }

    /** Reads it, looks at every file and computes the infohash. */
    @Benchmark
    public Metainfo readAsMetainfo() throws MetainfoException {
        return new MetainfoReader().metainfo(torrent.duplicate());
    }
}
