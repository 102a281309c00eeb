package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Golden.MemoryFile;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.PieceHasher;
import net.shoal.base.model.Sha256Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetainfoCreatorTest {
    private static final MetainfoCreator.Progress SILENT = (hashed, total) -> {};

    private final ExecutorService executor = Executors.newFixedThreadPool(3);
    private final MetainfoCreator creator = new MetainfoCreator(executor, 4);

    @TempDir
    private Path home;

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2-folder", "hybrid-folder", "v1-single", "v2-single", "hybrid-single"})
    void givesTheInfohashThatLibtorrentGives(String name) throws Exception {
        var root = name.endsWith("folder") ? Golden.writeFolder(home) : Golden.writeSingle(home);
        var format = Format.valueOf(name.substring(0, name.indexOf('-')).toUpperCase(Locale.ROOT));
        var made = create(FileWalk.list(root), format, 32_768);
        var golden = Golden.read("libtorrent-" + name);
        assertThat(made.info().hashes()).isEqualTo(golden.info().hashes());
        assertThat(made.info().raw()).isEqualTo(golden.info().raw());
        assertThat(made.pieceLayers()).isEqualTo(golden.pieceLayers());
    }

    @Test
    void givesTheInfohashThatMktorrentGives() throws Exception {
        var made = create(FileWalk.list(Golden.writeSingle(home)), Format.V1, 65_536);
        assertThat(made.info().hashes())
                .isEqualTo(Golden.read("mktorrent-v1-single").info().hashes());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void everyPieceHasTheHashOfItsBytes(Format format) throws Exception {
        var source = folder(
                MemoryFile.of("a", Golden.content(50_000, 1)),
                MemoryFile.of("b/c", Golden.content(1, 2)),
                MemoryFile.of("b/d", Golden.content(0, 3)),
                MemoryFile.of("b/e", Golden.content(0, 4)),
                MemoryFile.of("b/f", Golden.content(16_384, 5)),
                MemoryFile.of("g", Golden.content(200_001, 6)),
                MemoryFile.of("h", Golden.content(0, 7)));
        var info = create(source, format, 16_384).info();
        assertThat(info.contentLength()).isEqualTo(266_386);
        assertThat(info.files()).filteredOn(file -> !file.isPad()).hasSize(7);
        if (info.pieceHashes().isPresent()) {
            var space = pieceSpace(info, source);
            var hasher = new PieceHasher();
            for (int piece = 0; piece < info.layout().pieceCount(); piece++) {
                var hash = hasher.sha1(
                        space,
                        (int) info.layout().offsetOf(piece),
                        info.layout().lengthOf(piece));
                assertThat(info.pieceHashes().get().get(piece)).isEqualTo(hash);
            }
        }
        if (info.hasV2()) {
            for (var file : info.files()) {
                assertThat(file.piecesRoot()).isEqualTo(root(bytes(source, file)));
            }
        }
    }

    @Test
    void theResultIsTheSameWhateverTheThreadsAndTheOrderOfFiles() throws Exception {
        var files = new ArrayList<SourceFile>();
        for (int i = 0; i < 40; i++) {
            files.add(MemoryFile.of("d" + i % 7 + "/f" + i, Golden.content(700_000 + i, i)));
        }
        var expected = new MetainfoCreator(Runnable::run, 1)
                .create(new SourceTree("t", false, files, List.of()), options(Format.HYBRID, 65_536), SILENT);
        Collections.reverse(files);
        var source = new SourceTree("t", false, files, List.of());
        assertThat(create(source, Format.HYBRID, 65_536).info().raw())
                .isEqualTo(expected.info().raw());
        Executor refusing = task -> {
            throw new RejectedExecutionException("full");
        };
        assertThat(new MetainfoCreator(refusing, 8)
                        .create(source, options(Format.HYBRID, 65_536), SILENT)
                        .info()
                        .raw())
                .isEqualTo(expected.info().raw());
        Executor forgetful = task -> {};
        assertThat(new MetainfoCreator(forgetful, 8)
                        .create(source, options(Format.HYBRID, 65_536), SILENT)
                        .info()
                        .raw())
                .isEqualTo(expected.info().raw());
    }

    @Test
    void ordersFilesAsTheKeysOfTheFileTree() throws Exception {
        var source = folder(
                MemoryFile.of("a.txt", new byte[] {1}),
                MemoryFile.of("é", new byte[] {2}),
                MemoryFile.of("a/z", new byte[] {3}),
                MemoryFile.of("B", new byte[] {4}),
                MemoryFile.of("a/b/c", new byte[] {5}));
        for (var format : List.of(Format.V1, Format.V2)) {
            assertThat(create(source, format, 16_384).info().files())
                    .extracting(file -> String.join("/", file.path()))
                    .containsExactly("B", "a/b/c", "a/z", "a.txt", "é");
        }
    }

    @Test
    void isHybridUnlessPaddingWouldAddMoreThanAFewPercent() throws Exception {
        var large = folder(
                MemoryFile.of("a", Golden.content(1_000_000, 1)), MemoryFile.of("b", Golden.content(1_000_000, 2)));
        assertThat(create(large, Format.AUTO, 16_384).info().hashes().isHybrid())
                .isTrue();
        var small = folder(MemoryFile.of("a", Golden.content(1_000, 1)), MemoryFile.of("b", Golden.content(1_000, 2)));
        assertThat(create(small, Format.AUTO, 16_384).info().hasV2()).isFalse();
        assertThat(create(small, Format.HYBRID, 16_384).info().hashes().isHybrid())
                .isTrue();
        var single = FileWalk.list(Golden.writeSingle(home));
        assertThat(create(single, Format.AUTO, 16_384).info().hashes().isHybrid())
                .isTrue();
    }

    @Test
    void choosesAPieceLengthBySize() {
        assertThat(CreatePlan.pieceLengthFor(1)).isEqualTo(16 << 10);
        assertThat(CreatePlan.pieceLengthFor(100L << 20)).isEqualTo(64 << 10);
        assertThat(CreatePlan.pieceLengthFor(4L << 30)).isEqualTo(4 << 20);
        assertThat(CreatePlan.pieceLengthFor(1L << 40)).isEqualTo(16 << 20);
        long huge = 100L << 40;
        assertThat(huge / CreatePlan.pieceLengthFor(huge)).isLessThan(2_097_152);
    }

    @Test
    void carriesItsOptions() throws Exception {
        var options = new CreateOptions(
                Format.HYBRID,
                OptionalInt.empty(),
                Optional.of("My Title"),
                Optional.of("a comment"),
                Optional.of("SRC"),
                true,
                List.of(List.of(URI.create("udp://t.example:1"))),
                List.of(URI.create("http://s.example/")));
        var made = creator.create(FileWalk.list(Golden.writeSingle(home)), options, SILENT);
        var read = new MetainfoReader().metainfo(ByteBuffer.wrap(MetainfoWriter.write(made)));
        assertThat(read.info().name()).isEqualTo("My Title");
        assertThat(read.info().isSingleFile()).isTrue();
        assertThat(read.info().files())
                .singleElement()
                .extracting(FileEntry::path)
                .isEqualTo(List.of("My Title"));
        assertThat(read.info().isPrivate()).isTrue();
        assertThat(read.info().source()).contains("SRC");
        assertThat(read.comment()).contains("a comment");
        assertThat(read.trackers()).isEqualTo(options.trackers());
        assertThat(read.webSeeds()).isEqualTo(options.webSeeds());
    }

    @Test
    void progressEndsWithAllOfIt() throws Exception {
        var source = folder(MemoryFile.of("a", new byte[20 << 20]), MemoryFile.of("b", new byte[7]));
        var seen = Collections.synchronizedList(new ArrayList<Long>());
        creator.create(source, options(Format.HYBRID, 65_536), (hashed, total) -> {
            assertThat(total).isEqualTo((20 << 20) + 7);
            seen.add(hashed);
        });
        assertThat(seen).isSorted().last().isEqualTo((20L << 20) + 7);
    }

    @Test
    void refusesOptionsThatCannotBe() {
        var source = folder(MemoryFile.of("a", new byte[1]));
        refused(source, withTitle("a/b"), "cannot be the title");
        refused(source, withTitle(""), "cannot be the title");
        refused(source, withTitle(".."), "cannot be the title");
        refused(source, options(Format.V1, 10_000), "a power of two from 16 KiB");
        refused(source, options(Format.V1, 8192), "a power of two from 16 KiB");
        refused(folder(MemoryFile.of("a", new byte[0])), CreateOptions.DEFAULTS, "holds no data");
        refused(folder(), CreateOptions.DEFAULTS, "holds no data");
    }

    @Test
    void aFolderThatV2CannotSayIsV1() throws Exception {
        var ambiguous = new SourceTree("same", false, List.of(MemoryFile.of("same", new byte[9])), List.of());
        assertThat(create(ambiguous, Format.AUTO, 16_384).info().hasV2()).isFalse();
        refused(ambiguous, options(Format.V2, 16_384), "cannot be told from a file");
        var deepest = folder(MemoryFile.of("d/".repeat(26) + "f", new byte[9]));
        var made = create(deepest, Format.HYBRID, 16_384);
        assertThat(new MetainfoReader()
                        .metainfo(ByteBuffer.wrap(MetainfoWriter.write(made)))
                        .info()
                        .files())
                .anyMatch(file -> file.path().size() == 27);
        var tooDeep = folder(MemoryFile.of("d/".repeat(27) + "f", new byte[9]));
        assertThat(create(tooDeep, Format.AUTO, 16_384).info().hasV2()).isFalse();
        refused(tooDeep, options(Format.HYBRID, 16_384), "nested deeper");
    }

    @Test
    void namesAFileThatBecameShorter() throws Exception {
        var root = Golden.writeFolder(home);
        var tree = FileWalk.list(root);
        Files.write(root.resolve("dir/b.bin"), Golden.content(99_999, 2));
        assertThatThrownBy(() -> create(tree, Format.HYBRID, 32_768))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.bin")
                .hasMessageContaining("it became shorter");
    }

    @Test
    void namesAFileThatWasChangedOrRemoved() throws Exception {
        var root = Golden.writeFolder(home);
        var grown = FileWalk.list(root);
        Files.write(root.resolve("dir/b.bin"), Golden.content(100_001, 2));
        assertThatThrownBy(() -> create(grown, Format.V1, 32_768))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.bin")
                .hasMessageContaining("written to while it was hashed");
        var gone = FileWalk.list(root);
        Files.delete(root.resolve("Zebra.txt"));
        assertThatThrownBy(() -> create(gone, Format.V1, 32_768))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Zebra.txt")
                .hasMessageContaining("no longer there");
    }

    @Test
    void anInterruptOfTheCallerCancels() throws Exception {
        var started = new CountDownLatch(1);
        var task = new FutureTask<Metainfo>(() -> creator.create(
                folder(new Endless(List.of("endless"))),
                options(Format.HYBRID, 16_384),
                (hashed, total) -> started.countDown()));
        var caller = new Thread(task);
        caller.start();
        started.await();
        caller.interrupt();
        assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
        caller.join();
    }

    @Test
    void whatProgressThrowsEndsTheWork() {
        assertThatThrownBy(() -> creator.create(
                        folder(new Endless(List.of("endless"))), options(Format.V1, 16_384), (hashed, total) -> {
                            throw new IllegalStateException("enough");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }

    private Metainfo create(SourceTree source, Format format, int pieceLength) throws Exception {
        return creator.create(source, options(format, pieceLength), SILENT);
    }

    private void refused(SourceTree source, CreateOptions options, String expected) {
        assertThatThrownBy(() -> creator.create(source, options, SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    private static SourceTree folder(SourceFile... files) {
        return new SourceTree("t", false, List.of(files), List.of());
    }

    private static CreateOptions options(Format format, int pieceLength) {
        return new CreateOptions(
                format,
                OptionalInt.of(pieceLength),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                List.of());
    }

    private static CreateOptions withTitle(String title) {
        return new CreateOptions(
                Format.AUTO,
                OptionalInt.empty(),
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                List.of());
    }

    private static byte[] pieceSpace(Info info, SourceTree source) {
        var space = new byte[(int) info.layout().totalLength()];
        for (var file : info.files()) {
            if (!file.isPad()) {
                System.arraycopy(bytes(source, file), 0, space, (int) file.offset(), (int) file.length());
            }
        }
        return space;
    }

    private static byte[] bytes(SourceTree source, FileEntry file) {
        return source.files().stream()
                .filter(candidate -> candidate.path().equals(file.path()))
                .map(candidate -> ((MemoryFile) candidate).bytes().array())
                .findFirst()
                .orElse(new byte[0]);
    }

    private static Optional<Sha256Hash> root(byte[] content) {
        int layer = MerkleTree.rootLayer(MerkleTree.blocks(content.length));
        return content.length == 0
                ? Optional.empty()
                : Optional.of(new PieceHasher().node(content, 0, content.length, layer));
    }

    /** Sixteen gigabytes of zeros, from nowhere. */
    private record Endless(List<String> path) implements SourceFile {
        @Override
        public long length() {
            return 1L << 34;
        }

        @Override
        public boolean isExecutable() {
            return false;
        }

        @Override
        public SeekableByteChannel open() {
            return new SeekableByteChannel() {
                @Override
                public int read(ByteBuffer into) {
                    int count = into.remaining();
                    into.position(into.limit());
                    return count;
                }

                @Override
                public int write(ByteBuffer from) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public long position() {
                    return 0;
                }

                @Override
                public SeekableByteChannel position(long position) {
                    return this;
                }

                @Override
                public long size() {
                    return length();
                }

                @Override
                public SeekableByteChannel truncate(long size) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public boolean isOpen() {
                    return true;
                }

                @Override
                public void close() {}
            };
        }
    }
}
