package net.shoal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.model.Block;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link StorageProvider} must do. The folders that it is given are empty; what it keeps may lie there or elsewhere. */
public abstract class StorageProviderConformance {
    private static final int SEED = 20;

    /** For each test anew. */
    @TempDir
    @Nullable
    Path temporary;

    private @Nullable StorageProvider made;

    /** Makes one, which the test uses and {@link #end} puts away. */
    protected abstract StorageProvider provider() throws IOException;

    /** The test is over. */
    protected void end(StorageProvider provider) throws Exception {}

    /** False while it refuses to move anything. */
    protected boolean canMove() {
        return true;
    }

    /** False if files of the content are not files of their own on disk. */
    protected boolean keepsFilesApart() {
        return true;
    }

    @BeforeEach
    final void make() throws IOException {
        made = provider();
    }

    @AfterEach
    final void putAway() throws Exception {
        end(storage());
    }

    private StorageProvider storage() {
        return there(made);
    }

    private static <T> T there(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no test runs");
        }
        return value;
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(there(temporary).resolve(name).toAbsolutePath());
    }

    private ContentLocation place(String name) throws IOException {
        return ContentLocation.in(folder(name));
    }

    private SampleContent sample(String name, Format format) throws IOException {
        return SampleContent.make(folder("source"), name, format, SEED + name.hashCode());
    }

    private static void write(PieceStore store, SampleContent content, int piece) throws IOException {
        var bytes = content.part(piece, 0, content.lengthOf(piece));
        store.write(piece, 0, bytes);
        assertThat(bytes.hasRemaining()).as("all was taken").isFalse();
    }

    private void fill(SampleContent content, ContentLocation location) throws IOException {
        try (var store = storage().open(content.info(), location, false)) {
            for (int piece = 0; piece < content.pieces(); piece++) {
                write(store, content, piece);
            }
            store.complete();
            store.sync();
        }
    }

    private static byte[] read(PieceStore store, int piece, int length) throws IOException {
        var into = ByteBuffer.allocate(length);
        int count = store.read(piece, 0, into);
        assertThat(into.position()).as("what it says it has read").isEqualTo(count);
        return Arrays.copyOf(into.array(), count);
    }

    private static void assertHolds(PieceStore store, SampleContent content, int piece) throws IOException {
        assertThat(store.mayHold(piece)).as("piece %d", piece).isTrue();
        assertThat(Arrays.equals(read(store, piece, content.lengthOf(piece)), content.piece(piece)))
                .as("piece %d is what was written", piece)
                .isTrue();
    }

    private void assertHoldsAll(SampleContent content, ContentLocation location) throws IOException {
        try (var store = storage().open(content.info(), location, false)) {
            for (int piece = 0; piece < content.pieces(); piece++) {
                assertHolds(store, content, piece);
            }
        }
    }

    private void assertHoldsNothing(SampleContent content, ContentLocation location) throws IOException {
        try (var store = storage().open(content.info(), location, false)) {
            for (int piece = 0; piece < content.pieces(); piece++) {
                assertThat(store.mayHold(piece)).as("piece %d", piece).isFalse();
            }
            assertThat(read(store, 0, content.lengthOf(0))).isEmpty();
        }
    }

    // ---- naming and opening

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void openingMakesNothing(Format format) throws IOException {
        assertThat(storage().name()).isNotBlank().isEqualTo(storage().name());
        var content = sample("content", format);
        var folder = folder("place");
        assertHoldsNothing(content, ContentLocation.in(folder));
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void everyFileLiesBelowThePlaceThatWasChosen(Format format) throws IOException {
        var content = sample("content", format);
        var location = place("place");
        try (var store = storage().open(content.info(), location, false)) {
            for (int i = 0; i < content.info().files().size(); i++) {
                assertThat(store.pathOf(i)).startsWithRaw(location.directory());
            }
        }
    }

    // ---- reading and writing

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void whatWasWrittenIsReadAlsoWhenItIsOpenedAgain(Format format) throws IOException {
        var content = sample("content", format);
        var location = place("place");
        fill(content, location);
        assertHoldsAll(content, location);
        try (var store = storage().open(content.info(), location, true)) {
            assertHolds(store, content, content.pieces() - 1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void blocksMayBeWrittenInAnyOrder(Format format) throws IOException {
        var content = sample("content", format);
        try (var store = storage().open(content.info(), place("place"), false)) {
            for (int piece = content.pieces() - 1; piece >= 0; piece--) {
                var layout = content.info().layout();
                for (int i = layout.blockCount(piece) - 1; i >= 0; i--) {
                    var block = layout.block(piece, i);
                    store.write(piece, block.offset(), content.part(piece, block.offset(), block.length()));
                }
                assertHolds(store, content, piece);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void buffersOfEveryKindAreTaken(Format format) throws IOException {
        var content = sample("content", format);
        try (var store = storage().open(content.info(), place("place"), false)) {
            var direct = ByteBuffer.allocateDirect(Block.SIZE + 7).position(7);
            direct.put(content.part(0, 0, Block.SIZE)).position(7);
            store.write(0, 0, direct);
            store.write(0, Block.SIZE, content.part(0, Block.SIZE, Block.SIZE).asReadOnlyBuffer());
            assertHolds(store, content, 0);
            var into = ByteBuffer.allocateDirect(100).position(10).limit(60);
            assertThat(store.read(0, Block.SIZE - 20, into)).isEqualTo(50);
            assertThat(into.flip().position(10)).isEqualTo(content.part(0, Block.SIZE - 20, 50));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void aReadThatRunsOnGivesWhatFollows(Format format) throws IOException {
        var content = sample("content", format);
        var location = place("place");
        fill(content, location);
        try (var store = storage().open(content.info(), location, false)) {
            var read = read(store, 0, content.lengthOf(0) + Block.SIZE);
            assertThat(read.length).isGreaterThanOrEqualTo(content.lengthOf(0));
            var expected = ByteBuffer.allocate(content.lengthOf(0) + Block.SIZE)
                    .put(content.piece(0))
                    .put(content.part(1, 0, Block.SIZE));
            assertThat(read).isEqualTo(Arrays.copyOf(expected.array(), read.length));
        }
    }

    @Test
    void paddingReadsAsZerosWhateverWasWritten() throws IOException {
        var content = sample("content", Format.HYBRID);
        assertThat(content.info().files()).anyMatch(FileEntry::isPad);
        try (var store = storage().open(content.info(), place("place"), false)) {
            for (var file : content.info().files()) {
                if (file.isPad()) {
                    int piece = (int) (file.offset() / SampleContent.PIECE);
                    var ones = new byte[content.lengthOf(piece)];
                    Arrays.fill(ones, (byte) 1);
                    store.write(piece, 0, ByteBuffer.wrap(ones));
                    var read = read(store, piece, content.lengthOf(piece));
                    int start = (int) (file.offset() % SampleContent.PIECE);
                    assertThat(Arrays.copyOfRange(read, start, read.length)).containsOnly(0);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void severalThreadsReadAndWriteAtOnce(Format format) throws Exception {
        var content = sample("content", format);
        var threads = Executors.newFixedThreadPool(4);
        try (var store = storage().open(content.info(), place("place"), false)) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int piece = 0; piece < content.pieces(); piece++) {
                int mine = piece;
                tasks.add(() -> {
                    write(store, content, mine);
                    store.sync();
                    assertHolds(store, content, mine);
                    return true;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void whatIsSharedInPlaceIsNeverWrittenTo(Format format) throws IOException {
        var content = sample("content", format);
        var location = place("place");
        fill(content, location);
        try (var store = storage().open(content.info(), location, true)) {
            assertThatThrownBy(() -> store.write(0, 0, ByteBuffer.allocate(Block.SIZE)))
                    .isInstanceOf(IOException.class);
            assertHolds(store, content, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void thereMayBeNothingToSyncOrToComplete(Format format) throws IOException {
        var content = sample("content", format);
        var location = place("place");
        try (var store = storage().open(content.info(), location, false)) {
            store.sync();
        }
        fill(content, location);
        try (var store = storage().open(content.info(), location, false)) {
            store.complete();
            store.sync();
        }
        assertHoldsAll(content, location);
    }

    // ---- several contents

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void contentsKeepApart(Format format) throws IOException {
        var one = sample("one", format);
        var other = sample("other", format);
        var location = place("place");
        fill(one, location);
        fill(other, location);
        fill(one, place("again"));
        assertHoldsAll(one, location);
        assertHoldsAll(other, location);
        storage().delete(one.info(), location);
        assertHoldsNothing(one, location);
        assertHoldsAll(other, location);
        assertHoldsAll(one, place("again"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void deletingWhatIsNotThereIsNoTrouble(Format format) throws IOException {
        var content = sample("content", format);
        storage().delete(content.info(), place("place"));
        fill(content, place("place"));
        storage().delete(content.info(), place("place"));
        storage().delete(content.info(), place("place"));
        assertHoldsNothing(content, place("place"));
    }

    // ---- other names and places

    private ContentLocation renamed(String place, SampleContent content) throws IOException {
        return new ContentLocation(
                folder(place),
                Optional.of("by another name"),
                Map.of(content.file("folder/b.bin"), "elsewhere/b2.bin"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void contentCanLieUnderOtherNames(Format format) throws IOException {
        assumeTrue(canMove(), "it does not move anything");
        var content = sample("content", format);
        var location = renamed("place", content);
        fill(content, location);
        assertHoldsAll(content, location);
        try (var store = storage().open(content.info(), location, false)) {
            if (keepsFilesApart()) {
                assertThat(store.pathOf(content.file("folder/b.bin")))
                        .isEqualTo(location.directory().resolve("by another name/elsewhere/b2.bin"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void whatIsMovedIsThereAndNoLongerHere(Format format) throws IOException {
        assumeTrue(canMove(), "it does not move anything");
        var content = sample("content", format);
        fill(content, place("here"));
        storage().move(content.info(), place("here"), place("there"), bytes -> {});
        assertHoldsNothing(content, place("here"));
        assertHoldsAll(content, place("there"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void aMoveThatIsOverMayBeAskedForAgain(Format format) throws IOException {
        assumeTrue(canMove(), "it does not move anything");
        var content = sample("content", format);
        fill(content, place("here"));
        for (int i = 0; i < 2; i++) {
            storage().move(content.info(), place("here"), place("there"), bytes -> {});
        }
        assertHoldsAll(content, place("there"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void movingAlsoRenames(Format format) throws IOException {
        assumeTrue(canMove(), "it does not move anything");
        var content = sample("content", format);
        fill(content, place("here"));
        for (var to : List.of(renamed("here", content), renamed("there", content))) {
            var from = to.directory().equals(folder("here")) ? place("here") : renamed("here", content);
            storage().move(content.info(), from, to, bytes -> {});
            assertHoldsAll(content, to);
        }
        storage().move(content.info(), renamed("there", content), place("here"), bytes -> {});
        assertHoldsAll(content, place("here"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void halfOfItMovesToo(Format format) throws IOException {
        assumeTrue(canMove(), "it does not move anything");
        var content = sample("content", format);
        try (var store = storage().open(content.info(), place("here"), false)) {
            write(store, content, 1);
        }
        storage().move(content.info(), place("here"), place("there"), bytes -> {});
        try (var store = storage().open(content.info(), place("there"), false)) {
            assertHolds(store, content, 1);
            assertThat(store.mayHold(content.pieces() - 1)).isFalse();
            write(store, content, 0);
            assertHolds(store, content, 0);
        }
    }
}
