package net.shoal.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageException;
import net.shoal.base.metainfo.Info;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Taking content elsewhere. */
class FileMoveTest {
    private static final String TEMPORARY = ".shoal-temporary";
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z"));

    @TempDir
    Path top;

    private final Info info = Torrents.named("t")
            .file(100_000, "a")
            .file(3, "deep", "er", "b")
            .pad(13)
            .file(0, "deep", "empty")
            .program(50_000, "run")
            .file(1 << 20, "sparse")
            .link(List.of("deep", "er", "b"), "link")
            .file(70_000, "never", "fetched")
            .v1();
    private Path from;
    private Path to;

    @BeforeEach
    void fill() throws IOException {
        from = Files.createDirectories(top.resolve("from"));
        to = top.resolve("disk/to");
        var random = new Random(5);
        for (var file : info.files()) {
            boolean isThere = !file.isPad()
                    && file.symlinkTarget().isEmpty()
                    && !file.path().contains("fetched");
            if (isThere) {
                var path = from.resolve("t").resolve(String.join("/", file.path()));
                Files.createDirectories(path.getParent());
                var bytes = new byte[(int) file.length()];
                if (file.path().contains("sparse")) {
                    bytes[700_000] = 1;
                } else {
                    random.nextBytes(bytes);
                }
                Files.write(path, bytes);
                Files.setLastModifiedTime(path, LONG_AGO);
            }
        }
        Files.createSymbolicLink(from.resolve("t/link"), Path.of("deep/er/b"));
    }

    /** Every file and link below a folder, with what is in it. */
    private static Map<String, String> all(Path folder) throws IOException {
        var all = new TreeMap<String, String>();
        if (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (var path : (Iterable<Path>)
                        paths.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))::iterator) {
                    all.put(folder.relativize(path).toString(), describe(path));
                }
            }
        }
        return all;
    }

    private static String describe(Path path) throws IOException {
        return Files.isSymbolicLink(path)
                ? "→ " + Files.readSymbolicLink(path)
                : java.util.Arrays.hashCode(Files.readAllBytes(path)) + " of " + Files.getLastModifiedTime(path);
    }

    /** A tree that lies on a file system of its own, and of which the power goes after some calls. */
    private static final class Fragile implements Tree {
        static final class Killed extends Error {
            private static final long serialVersionUID = 1;
        }

        /** Calls left, over all trees of a move. */
        static final class Power {
            int left = Integer.MAX_VALUE;

            void use() {
                if (left-- <= 0) {
                    throw new Killed();
                }
            }
        }

        private final Tree tree;
        private final boolean isFar;
        private final Power power;

        Fragile(Tree tree, boolean isFar, Power power) {
            this.tree = tree;
            this.isFar = isFar;
            this.power = power;
        }

        @Override
        public Path path(List<String> names) {
            return tree.path(names);
        }

        @Override
        public FileChannel open(List<String> names, Access access) throws IOException {
            power.use();
            return tree.open(names, access);
        }

        @Override
        public Optional<BasicFileAttributes> look(List<String> names) throws IOException {
            power.use();
            return tree.look(names);
        }

        @Override
        public void link(List<String> names, Path target) throws IOException {
            power.use();
            tree.link(names, target);
        }

        @Override
        public void take(Tree other, List<String> old, List<String> names) throws IOException {
            power.use();
            if (other != this && isFar) {
                throw new AtomicMoveNotSupportedException("here", "there", "far away");
            }
            tree.take(((Fragile) other).tree, old, names);
        }

        @Override
        public void modified(List<String> names, FileTime time) throws IOException {
            power.use();
            tree.modified(names, time);
        }

        @Override
        public void deleteFile(List<String> names) throws IOException {
            power.use();
            tree.deleteFile(names);
        }

        @Override
        public void deleteFolder(List<String> names) throws IOException {
            power.use();
            tree.deleteFolder(names);
        }
    }

    /** Both kinds of trees, with rename and with copy. */
    record Way(boolean secure, boolean copies) {
        FileMove move(Info info, ContentLocation from, ContentLocation to, Fragile.Power power) {
            var here = new FileMove.Place(tree(from.directory(), power), names(info, from));
            var there = new FileMove.Place(tree(to.directory(), power), names(info, to));
            return new FileMove(info, here, there, TEMPORARY, bytes -> power.use());
        }

        private static List<List<String>> names(Info info, ContentLocation location) {
            return DiskNames.of(info, location, NameRules.of(location.directory()));
        }

        private Tree tree(Path folder, Fragile.Power power) {
            var tree = secure ? new SecureTree(folder, TEMPORARY) : new CheckedTree(folder);
            return new Fragile(tree, copies, power);
        }
    }

    static Stream<Way> ways() {
        return Stream.of(new Way(true, false), new Way(true, true), new Way(false, false), new Way(false, true));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everythingArrivesAsItWasAndNothingStays(Way way) throws IOException {
        var before = all(from);
        way.move(info, ContentLocation.in(from), ContentLocation.in(to), new Fragile.Power())
                .run();
        assertThat(all(to)).isEqualTo(before);
        assertThat(Files.isExecutable(to.resolve("t/run"))).isEqualTo(way.copies);
        assertThat(from).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void itMayBeKilledBeforeEveryStepAndGoesOnLater(Way way) throws IOException {
        var before = all(from);
        int kills = 0;
        for (int steps = 0; ; steps++) {
            var power = new Fragile.Power();
            power.left = steps;
            try {
                way.move(info, ContentLocation.in(from), ContentLocation.in(to), power)
                        .run();
                break;
            } catch (Fragile.Killed e) {
                kills++;
                assertNothingIsLost(before);
            }
            if (steps % 3 == 0) {
                // once more from the beginning, so that it is killed with little done, too
                way.move(info, ContentLocation.in(to), ContentLocation.in(from), new Fragile.Power())
                        .run();
                assertThat(all(from)).isEqualTo(before);
            }
        }
        assertThat(kills).isGreaterThan(30);
        assertThat(all(to)).isEqualTo(before);
        assertThat(from).isEmptyDirectory();
    }

    private void assertNothingIsLost(Map<String, String> before) throws IOException {
        var here = all(from);
        var there = all(to);
        before.forEach((file, content) -> assertThat(content).as(file).isIn(here.get(file), there.get(file)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aFileInTheWayIsNotOverwrittenAndNothingIsMoved(Way way) throws IOException {
        var before = all(from);
        Files.createDirectories(to.resolve("t"));
        Files.writeString(to.resolve("t/run"), "the user's own");
        var move = way.move(info, ContentLocation.in(from), ContentLocation.in(to), new Fragile.Power());
        assertThatThrownBy(move::run)
                .isInstanceOfSatisfying(StorageException.class, refused -> assertThat(refused.trouble())
                        .isEqualTo(StorageException.Trouble.REFUSED))
                .hasMessageContaining("run exists already");
        assertThat(to.resolve("t/run")).hasContent("the user's own");
        assertThat(all(from)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsNotOfTheTorrentStaysWhereItIs(Way way) throws IOException {
        Files.writeString(from.resolve("t/deep/notes"), "the user's own");
        Files.write(from.resolve("t/a"), new byte[100_001]);
        way.move(info, ContentLocation.in(from), ContentLocation.in(to), new Fragile.Power())
                .run();
        assertThat(all(from)).containsOnlyKeys("t/deep/notes", "t/a");
        assertThat(to.resolve("t/a")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aFolderThatIsALinkIsNotWrittenThrough(Way way) throws IOException {
        var elsewhere = Files.createDirectories(top.resolve("elsewhere"));
        Files.createDirectories(to.resolve("t"));
        Files.createSymbolicLink(to.resolve("t/deep"), elsewhere);
        var move = way.move(info, ContentLocation.in(from), ContentLocation.in(to), new Fragile.Power());
        assertThatThrownBy(move::run).hasMessageContaining("is a link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aCopyLeavesOutWhatIsNotThereYet() throws IOException {
        new Way(true, true)
                .move(info, ContentLocation.in(from), ContentLocation.in(to), new Fragile.Power())
                .run();
        var blocks = (Function<Path, Object>) path -> attribute(path, "unix:size");
        assertThat(blocks.apply(to.resolve("t/sparse"))).isEqualTo((long) (1 << 20));
        assertThat(allocated(to.resolve("t/sparse"))).isLessThan(512 << 10);
    }

    private static Object attribute(Path path, String name) {
        try {
            return Files.getAttribute(path, name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long allocated(Path path) throws IOException {
        var process = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
        return Long.parseLong(
                        new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                                .strip())
                * 512;
    }

    @Test
    void whoeverHearsOfProgressMayBreakItOff() throws IOException {
        var before = all(from);
        var storage = new FileStorage(4);
        assertThatThrownBy(() -> storage.move(info, ContentLocation.in(from), ContentLocation.in(to), bytes -> {
                    throw new CancellationException("stop");
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(all(from)).isEqualTo(before);
        storage.move(info, ContentLocation.in(from), ContentLocation.in(to), bytes -> {});
        assertThat(all(to)).isEqualTo(before);
    }

    @Test
    void itMovesToAnotherFileSystem() throws IOException {
        var memory = Path.of("/dev/shm");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(top)),
                "there is no second file system at /dev/shm");
        var far = Files.createTempDirectory(memory, "shoal-move");
        try {
            var before = all(from);
            new FileStorage(4).move(info, ContentLocation.in(from), ContentLocation.in(far), bytes -> {});
            assertThat(all(far)).isEqualTo(before);
            assertThat(from).isEmptyDirectory();
            new FileStorage(4).move(info, ContentLocation.in(far), ContentLocation.in(from), bytes -> {});
            assertThat(all(from)).isEqualTo(before);
            assertThat(far).isEmptyDirectory();
        } finally {
            Files.deleteIfExists(far);
        }
    }

    // ---- other names

    private void rename(ContentLocation before, ContentLocation now) throws IOException {
        new FileStorage(4).move(info, before, now, bytes -> {});
    }

    private ContentLocation named(Optional<String> root, Map<Integer, String> renamed) {
        return new ContentLocation(from, root, renamed);
    }

    @Test
    void filesFoldersAndTheRootGetOtherNames() throws IOException {
        var first = ContentLocation.in(from);
        var second = named(Optional.of("root"), Map.of(0, "x", 1, "deeper/still/y"));
        rename(first, second);
        assertThat(all(from))
                .containsOnlyKeys(
                        "root/x", "root/deeper/still/y", "root/deep/empty", "root/run", "root/sparse", "root/link");
        rename(second, first);
        assertThat(all(from)).containsKeys("t/a", "t/deep/er/b").hasSize(6);
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException {
        var before = all(from);
        assertThatThrownBy(() -> rename(ContentLocation.in(from), named(Optional.empty(), Map.of(0, "run"))))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("'run' is taken");
        assertThatThrownBy(() -> rename(ContentLocation.in(from), named(Optional.empty(), Map.of(4, "deep"))))
                .hasMessageContaining("'deep' is taken");
        assertThat(all(from)).isEqualTo(before);
    }

    @Test
    void aNameThatTheFileSystemCannotHoldIsRefused() {
        for (var name : List.of("", "x".repeat(300), "..", "../../x", "deep/../x", "nul\0", "/x")) {
            assertThatThrownBy(() -> rename(ContentLocation.in(from), named(Optional.empty(), Map.of(0, name))))
                    .as(name)
                    .isInstanceOf(StorageException.class);
        }
        assertThatThrownBy(() -> rename(ContentLocation.in(from), named(Optional.of("x".repeat(300)), Map.of())))
                .isInstanceOf(StorageException.class);
        assertThat(top.resolve("x")).doesNotExist();
    }

    @Test
    void otherNamesCannotLeadOut() throws IOException {
        var names = DiskNames.of(
                info,
                named(Optional.empty(), Map.of(0, "../../x", 1, "/etc/passwd", 3, "..", 4, "a/./b")),
                NameRules.of(from));
        for (var file : names) {
            assertThat(from.resolve(String.join("/", file)).normalize()).startsWithRaw(from);
            assertThat(file).doesNotContain("..", ".", "").allMatch(name -> !name.contains("/"));
        }
    }
}
