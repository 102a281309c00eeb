package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoWriter;
import net.shoal.base.model.Block;
import net.shoal.engine.testing.Campaign;
import net.shoal.engine.testing.KilledNode;
import net.shoal.engine.testing.Samples;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;

/**
 * Processes that download are killed at random instants, over and over: what they said they had is there, and next to nothing has to be
 * fetched again, though a piece is as large as what arrives in seconds. Reads the files itself, to judge.
 */
class KillTest extends EnginesTest {
    private static final int PIECE = 16 << 20;
    private static final int SIZE = 2 * PIECE + 5_000_000;
    private static final long RATE = 6L << 20;
    /** What a machine that is busy with other things may lose beyond a second. */
    private static final long LOSS = 4 * RATE;

    private static final int LONGEST_LIFE_MILLIS = 1_600;
    private static final int AT_ONCE = 3;

    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger claims = new AtomicInteger();
    private final List<Long> losses = new ArrayList<>();

    @Test
    void whatAKilledNodeSaidItHadIsThereAndLittleIsLost() throws Exception {
        int rounds = Campaign.rounds(1_000, 6);
        var seeder = engine("seeder");
        var lanes = new ArrayList<Callable<Void>>();
        for (int i = 0; i < AT_ONCE; i++) {
            var lane = new Lane(i, seeder);
            lanes.add(() -> {
                lane.run(rounds);
                return null;
            });
        }
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (var lane : threads.invokeAll(lanes)) {
                lane.get();
            }
        } finally {
            threads.shutdown();
        }
        losses.sort(Long::compare);
        System.out.printf(
                "kills: %d, %d claims on pieces and blocks, 0 wrong; lost at %d MiB/s, in flight included: median %d KiB,"
                        + " 99 of 100 at most %d KiB, at most %d KiB%n",
                kills.get(), claims.get(), RATE >> 20, kib(0.5), kib(0.99), kib(1));
        assertThat(losses).allMatch(loss -> loss <= LOSS);
    }

    private long kib(double share) {
        return losses.get((int) Math.min(losses.size() - 1, losses.size() * share)) >> 10;
    }

    /** Downloads of one content, one after the other, in processes of their own. */
    private final class Lane {
        private final String name;
        private final SplittableRandom random;
        private final TestEngine seeder;
        private final Path original;
        private final Path torrent;
        private final Metainfo metainfo;
        private final Transfer seed;
        private int downloads;

        Lane(int number, TestEngine seeder) throws Exception {
            this.name = "lane" + number;
            this.seeder = seeder;
            this.random = new SplittableRandom(Campaign.seed() * 100 + number);
            this.original = file("in/" + name + ".bin", SIZE);
            this.metainfo = Samples.metainfo(original, number % 2 == 0 ? Format.V1 : Format.V2, PIECE);
            this.torrent = Files.write(folder.resolve(name + ".torrent"), MetainfoWriter.write(metainfo));
            this.seed = seeder.add(new Source.Torrent(metainfo), original.getParent(), Existing.TRUSTED);
            seed.change(new TransferChange.Limit(
                            new TransferLimits(0, RATE, 0, OptionalDouble.empty(), Optional.empty())))
                    .toCompletableFuture()
                    .get();
        }

        void run(int until) throws Exception {
            while (kills.get() < until) {
                var state = folder.resolve(name + "-state" + downloads);
                var place = Files.createDirectories(folder.resolve(name + "-out" + downloads));
                long had = 0;
                while (had < SIZE && kills.get() < until) {
                    had = live(state, place, had);
                }
                delete(state);
                delete(place);
                downloads++;
            }
        }

        /** @return bytes that are known to be there afterwards */
        private long live(Path state, Path place, long had) throws Exception {
            long before = uploaded();
            var process = start(state, place);
            try (var words = new BufferedReader(
                    new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(words.readLine()).isEqualTo(KilledNode.READY);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
            } finally {
                process.destroyForcibly().waitFor();
            }
            kills.incrementAndGet();
            long sent = uploaded() - before;
            long has = check(state, place);
            synchronized (losses) {
                losses.add(Math.max(0, had + sent - has));
            }
            return has;
        }

        private long uploaded() throws Exception {
            return seed.details().toCompletableFuture().get().status().uploaded();
        }

        private Process start(Path state, Path place) throws IOException {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return new ProcessBuilder(
                            java,
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xshare:auto",
                            "-Xmx192m",
                            "-cp",
                            classes,
                            KilledNode.class.getName(),
                            state.toString(),
                            place.toString(),
                            torrent.toString(),
                            Integer.toString(seeder.network.port()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        private long check(Path state, Path place) throws IOException {
            var saved =
                    new TransferFolder(state.resolve(metainfo.info().hashes().hex()));
            var file = place.resolve(original.getFileName());
            if (!saved.isKnown() || !Files.exists(file)) {
                return 0;
            }
            var claimed = saved.load().pieces().reliable();
            if (claimed.isEmpty()) {
                return 0;
            }
            long bytes = 0;
            try (var there = new RandomAccessFile(file.toFile(), "r");
                    var right = new RandomAccessFile(original.toFile(), "r")) {
                var pieces = claimed.get()
                        .field(metainfo.info().layout().pieceCount())
                        .orElseThrow();
                for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
                    int length = metainfo.info().layout().lengthOf(piece);
                    assertSame(there, right, (long) piece * PIECE, length);
                    bytes += length;
                }
                for (var part : claimed.get().blocks().entrySet()) {
                    if (!pieces.get(part.getKey())) {
                        bytes += checkBlocks(there, right, part.getKey(), part.getValue());
                    }
                }
            }
            return bytes;
        }

        private long checkBlocks(RandomAccessFile there, RandomAccessFile right, int piece, BitSet blocks)
                throws IOException {
            long bytes = 0;
            int length = metainfo.info().layout().lengthOf(piece);
            for (int block = blocks.nextSetBit(0); block >= 0; block = blocks.nextSetBit(block + 1)) {
                int count = Math.min(Block.SIZE, length - block * Block.SIZE);
                assertSame(there, right, (long) piece * PIECE + (long) block * Block.SIZE, count);
                bytes += count;
            }
            return bytes;
        }

        private void assertSame(RandomAccessFile there, RandomAccessFile right, long at, int length)
                throws IOException {
            var one = new byte[length];
            var other = new byte[length];
            there.seek(at);
            there.readFully(one);
            right.seek(at);
            right.readFully(other);
            claims.incrementAndGet();
            assertThat(Arrays.equals(one, other))
                    .as("%s: %d bytes at %d after %d kills (seed %d)", name, length, at, kills.get(), Campaign.seed())
                    .isTrue();
        }

        private void delete(Path tree) throws IOException {
            try (var all = Files.walk(tree)) {
                for (var path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
