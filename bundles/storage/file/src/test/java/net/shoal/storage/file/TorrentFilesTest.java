package net.shoal.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.base.metainfo.Info;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentFilesTest {
    private static final int OPEN_FILES = 4;

    @TempDir
    Path folder;

    private final ChannelPool pool = new ChannelPool(OPEN_FILES, System::nanoTime);

    private final ParallelSync syncing = new ParallelSync();

    @AfterEach
    void close() throws InterruptedException {
        syncing.close();
    }

    private TorrentFiles open(Info info, boolean readOnly) throws IOException {
        var rules = NameRules.of(folder);
        var names = DiskNames.of(info, ContentLocation.in(folder), rules);
        var tree = readOnly ? new SharedTree(folder) : Tree.below(folder, ".shoal-test");
        return new TorrentFiles(info, names, tree, readOnly, pool, syncing);
    }

    @Test
    void randomWritesAndReadsMatchAPlainArrayInV1() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            behavesLikeAnArray(randomTorrent(new Random(seed), "v1-" + seed).v1(), seed);
        }
    }

    @Test
    void randomWritesAndReadsMatchAPlainArrayInV2() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            behavesLikeAnArray(randomTorrent(new Random(seed), "v2-" + seed).v2(), seed);
        }
    }

    private static Torrents randomTorrent(Random random, String name) {
        var torrent = Torrents.named(name);
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            long length = random.nextInt(5) == 0 ? 0 : random.nextInt(3 * Torrents.PIECE);
            torrent.file(length, "d" + i % 3, "f" + i);
        }
        return torrent;
    }

    private void behavesLikeAnArray(Info info, long seed) throws IOException {
        var random = new Random(seed);
        var layout = info.layout();
        var model = new byte[layout.pieceCount() * Torrents.PIECE];
        try (var store = open(info, false)) {
            for (int i = 0; i < 200 && layout.pieceCount() > 0; i++) {
                int piece = random.nextInt(layout.pieceCount());
                int offset = random.nextInt(layout.lengthOf(piece));
                int length = 1 + random.nextInt(layout.lengthOf(piece) - offset);
                var bytes = new byte[length];
                random.nextBytes(bytes);
                var from = random.nextBoolean() ? ByteBuffer.wrap(bytes) : direct(bytes);
                store.write(piece, offset, from);
                assertThat(from.hasRemaining()).isFalse();
                System.arraycopy(bytes, 0, model, piece * Torrents.PIECE + offset, length);
                if (i % 50 == 0) {
                    store.sync();
                }
            }
            fillHoles(info, store, model);
            for (int piece = 0; piece < layout.pieceCount(); piece++) {
                assertThat(store.mayHold(piece)).as("seed %s", seed).isTrue();
                var read = ByteBuffer.allocate(layout.lengthOf(piece));
                assertThat(store.read(piece, 0, read)).as("seed %s", seed).isEqualTo(layout.lengthOf(piece));
                int start = piece * Torrents.PIECE;
                assertThat(read.array())
                        .as("seed %s, piece %s", seed, piece)
                        .isEqualTo(Arrays.copyOfRange(model, start, start + layout.lengthOf(piece)));
            }
            assertThat(pool.size()).isLessThanOrEqualTo(OPEN_FILES);
            for (int i = 0; i < info.files().size(); i++) {
                var file = info.files().get(i);
                if (file.length() > 0) {
                    int start = (int) file.offset();
                    assertThat(Files.readAllBytes(store.pathOf(i)))
                            .isEqualTo(Arrays.copyOfRange(model, start, start + (int) file.length()));
                }
            }
        }
        assertThat(pool.size()).isZero();
    }

    /** Makes every file as long as it is to be. */
    private static void fillHoles(Info info, TorrentFiles store, byte[] model) throws IOException {
        for (int piece = 0; piece < info.layout().pieceCount(); piece++) {
            int start = piece * Torrents.PIECE;
            store.write(piece, 0, ByteBuffer.wrap(model, start, info.layout().lengthOf(piece)));
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @Test
    void createsNothingBeforeTheFirstWrite() throws IOException {
        var info = Torrents.named("t").file(10, "a").file(0, "empty").v1();
        try (var store = open(info, false)) {
            assertThat(store.read(0, 0, ByteBuffer.allocate(10))).isZero();
            assertThat(store.mayHold(0)).isFalse();
            store.sync();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void emptyFilesComeWithCompletion() throws IOException {
        var info = Torrents.named("t").file(10, "a").file(0, "deep", "empty").v1();
        try (var store = open(info, false)) {
            store.write(0, 0, ByteBuffer.allocate(10));
            assertThat(folder.resolve("t/deep")).doesNotExist();
            store.complete();
        }
        assertThat(folder.resolve("t/deep/empty")).isEmptyFile();
        assertThat(folder.resolve("t/a")).hasSize(10);
        assertThat(folder.toFile().list()).containsExactly("t");
    }

    @Test
    void aTorrentOfNothingButEmptyFilesIsMadeByCompletion() throws IOException {
        try (var store = open(Torrents.named("t").file(0, "a").file(0, "b").v1(), false)) {
            store.complete();
        }
        assertThat(folder.resolve("t/b")).isEmptyFile();
    }

    @Test
    void paddingIsZerosAndLiesNowhere() throws IOException {
        var info = Torrents.named("t")
                .file(100, "a")
                .pad(Torrents.PIECE - 100)
                .file(50, "b")
                .v1();
        try (var store = open(info, false)) {
            var piece = new byte[Torrents.PIECE];
            Arrays.fill(piece, (byte) 7);
            store.write(0, 0, ByteBuffer.wrap(piece));
            var read = ByteBuffer.allocate(Torrents.PIECE);
            assertThat(store.read(0, 0, read)).isEqualTo(Torrents.PIECE);
            Arrays.fill(piece, 100, piece.length, (byte) 0);
            assertThat(read.array()).isEqualTo(piece);
            store.sync();
            assertThat(folder.resolve("t").toFile().list()).containsExactly("a");
        }
    }

    @Test
    void readsOnIntoThePiecesThatFollow() throws IOException {
        var info = Torrents.single("one", 3L * Torrents.PIECE);
        try (var store = open(info, false)) {
            for (int piece = 0; piece < 3; piece++) {
                store.write(piece, 0, ByteBuffer.allocate(Torrents.PIECE));
            }
            assertThat(store.read(0, 0, ByteBuffer.allocate(4 * Torrents.PIECE)))
                    .isEqualTo(3 * Torrents.PIECE);
        }
    }

    @Test
    void programsMayBeRun() throws IOException {
        var info = Torrents.named("t").program(4, "run").file(4, "read").v1();
        try (var store = open(info, false)) {
            store.write(0, 0, ByteBuffer.allocate(8));
        }
        assertThat(folder.resolve("t/run")).isExecutable();
        assertThat(Files.getPosixFilePermissions(folder.resolve("t/read")))
                .noneMatch(permission -> permission.name().endsWith("EXECUTE"));
    }

    @Test
    void linksAreMadeAndLeadWithinTheTorrent() throws IOException {
        var info = Torrents.named("t")
                .file(3, "lib", "real")
                .link(List.of("lib", "real"), "bin", "alias")
                .link(List.of("..", "..", "etc", "passwd"), "evil")
                .v1();
        try (var store = open(info, false)) {
            store.write(0, 0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            store.complete();
            store.complete();
        }
        assertThat(Files.readSymbolicLink(folder.resolve("t/bin/alias"))).isEqualTo(Path.of("../lib/real"));
        assertThat(Files.readAllBytes(folder.resolve("t/bin/alias"))).containsExactly(1, 2, 3);
        assertThat(folder.resolve("t/evil")).doesNotExist();
        assertThat(folder.toFile().list()).containsExactly("t");
    }

    @Test
    void aLongerFileOfTheSameNameIsNotTouched() throws IOException {
        Files.createDirectories(folder.resolve("t"));
        Files.writeString(folder.resolve("t/a"), "someone's diary");
        var info = Torrents.named("t").file(5, "a").v1();
        assertThatThrownBy(() -> open(info, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exists and is not part of this download");
    }

    @Test
    void aFileThatAppearsAfterOpeningIsNotTouched() throws IOException {
        var info = Torrents.named("t").file(5, "a").v1();
        try (var store = open(info, false)) {
            Files.createDirectories(folder.resolve("t"));
            Files.writeString(folder.resolve("t/a"), "diary");
            assertThatThrownBy(() -> store.write(0, 0, ByteBuffer.allocate(5)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another program has made a file of that name");
        }
        assertThat(folder.resolve("t/a")).hasContent("diary");
    }

    @Test
    void saysWhichFilesWereThere() throws IOException {
        Files.createDirectories(folder.resolve("t"));
        Files.writeString(folder.resolve("t/a"), "here");
        Files.createFile(folder.resolve("t/c"));
        try (var store =
                open(Torrents.named("t").file(5, "a").file(5, "b").file(5, "c").v1(), false)) {
            assertThat(List.of(store.wasThere(0), store.wasThere(1), store.wasThere(2)))
                    .containsExactly(true, false, false);
        }
    }

    @Test
    void aFileThatVanishesIsMissedInWords() throws IOException {
        try (var store = open(Torrents.named("t").file(5, "a").v1(), false)) {
            store.write(0, 0, ByteBuffer.allocate(5));
            Files.delete(folder.resolve("t/a"));
            pool.closeIdle(-1);
            assertThat(store.mayHold(0)).isFalse();
            assertThat(store.read(0, 0, ByteBuffer.allocate(5))).isZero();
            assertThatThrownBy(() -> store.write(0, 0, ByteBuffer.allocate(5)))
                    .hasMessageContaining("it is not there any more");
        }
    }

    @Test
    void aShareIsReadAndNeverWritten() throws IOException {
        Files.writeString(folder.resolve("one"), "hello");
        try (var store = open(Torrents.single("one", 5), true)) {
            var read = ByteBuffer.allocate(5);
            assertThat(store.read(0, 0, read)).isEqualTo(5);
            assertThat(new String(read.array(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("hello");
            assertThatThrownBy(() -> store.write(0, 0, ByteBuffer.allocate(5))).hasMessageContaining("shared in place");
        }
    }

    @Test
    void manyThreadsShareFewDescriptors() throws Exception {
        var torrent = Torrents.named("t");
        for (int i = 0; i < 40; i++) {
            torrent.file(Torrents.PIECE, "f" + i);
        }
        var info = torrent.v1();
        var threads = Executors.newFixedThreadPool(4);
        try (var store = open(info, false)) {
            var work = new ArrayList<Callable<Integer>>();
            for (int round = 0; round < 5; round++) {
                for (int piece = 0; piece < 40; piece++) {
                    int mine = piece;
                    work.add(() -> writeAndRead(store, mine));
                }
            }
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isLessThanOrEqualTo(OPEN_FILES + 4);
            }
            store.sync();
        } finally {
            threads.shutdownNow();
        }
        assertThat(pool.size()).isZero();
    }

    private int writeAndRead(TorrentFiles store, int piece) throws IOException {
        var bytes = new byte[Torrents.PIECE];
        Arrays.fill(bytes, (byte) piece);
        store.write(piece, 0, ByteBuffer.wrap(bytes));
        var read = ByteBuffer.allocate(Torrents.PIECE);
        assertThat(store.read(piece, 0, read)).isEqualTo(Torrents.PIECE);
        assertThat(read.array()).isEqualTo(bytes);
        return pool.size();
    }

    @Test
    void anInterruptedThreadCostsTheOthersNothing() throws Exception {
        var info = Torrents.single("one", 4L * Torrents.PIECE);
        try (var store = open(info, false)) {
            for (int piece = 0; piece < 4; piece++) {
                store.write(piece, 0, ByteBuffer.allocate(Torrents.PIECE));
            }
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> store.read(0, 0, ByteBuffer.allocate(10))).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.read(1, 0, ByteBuffer.allocate(10))).isEqualTo(10);
        }
    }
}
