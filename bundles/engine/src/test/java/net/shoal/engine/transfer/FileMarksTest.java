package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Info;
import net.shoal.engine.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files are marked, and when somebody looks whether they are still as they were. */
class FileMarksTest {
    @TempDir
    Path folder;

    /** Knows where files are, and that is all. */
    private record Places(Path root, Info info) implements PieceStore {
        @Override
        public int read(int piece, int offset, ByteBuffer into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int piece, int offset, ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean mayHold(int piece) {
            return true;
        }

        @Override
        public Path pathOf(int index) {
            var path = root;
            for (var part : info.files().get(index).path()) {
                path = path.resolve(part);
            }
            return path;
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }

    private Places content(String... files) throws IOException {
        var root = folder.resolve("in");
        for (var file : files) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.write(root.resolve(file), new byte[file.length()]);
        }
        return new Places(root, Samples.metainfo(root, Format.V1, 16 << 10).info());
    }

    private List<Long> sizes(Places places) {
        var sizes = new ArrayList<Long>();
        for (int i = 0; i < places.info.files().size(); i++) {
            if (!places.info.files().get(i).isPad()) {
                sizes.add(FileMark.of(places.info, places).get(i).size());
            }
        }
        return sizes;
    }

    /** What is below a folder that is not there is not looked for; a folder whose name begins the same is another. */
    @Test
    void aFolderThatIsAbsentHidesNothingBesideIt() throws IOException {
        var places = content("a/x", "a/deep/y", "ab/z", "b/w");
        Files.delete(places.root.resolve("a/x"));
        Files.delete(places.root.resolve("a/deep/y"));
        Files.delete(places.root.resolve("a/deep"));
        Files.delete(places.root.resolve("a"));
        assertThat(sizes(places)).containsExactlyInAnyOrder(-1L, -1L, 4L, 3L);
        Files.delete(places.root.resolve("ab/z"));
        assertThat(sizes(places)).as("a file is not there, its folder is").containsExactlyInAnyOrder(-1L, -1L, -1L, 3L);
    }

    @Test
    void allOfItMayBeAway() throws IOException {
        var places = content("a/x", "b/w");
        Files.move(places.root, folder.resolve("elsewhere"));
        assertThat(sizes(places)).containsExactly(-1L, -1L);
    }

    /** A swarm in which nothing goes on is looked after less often than each second. */
    @Test
    void filesAreLookedAtAfterTenSecondsHoweverManyTicksTheseWere() throws IOException {
        var places = content("x");
        var looks = new AtomicInteger();
        var watch = new ContentWatch(
                places.info, places, () -> FileMark.of(places.info, places), task -> looks.incrementAndGet());
        for (int i = 0; i < 9; i++) {
            watch.tick(1, true, () -> {});
        }
        assertThat(looks).hasValue(0);
        watch.tick(1, true, () -> {});
        assertThat(looks).hasValue(1);
        watch.tick(4, true, () -> {});
        watch.tick(5, true, () -> {});
        assertThat(looks).hasValue(1);
        watch.tick(3, true, () -> {});
        assertThat(looks).as("one tick of a nap may be long").hasValue(2);
        watch.tick(30, true, () -> {});
        assertThat(looks).hasValue(3);
    }

    @Test
    void whileItIsWrittenToAFileMayGrowButNotShrink() throws IOException {
        var places = content("abc");
        var then = FileMark.of(places.info, places);
        var changed = new AtomicInteger();
        var watch = new ContentWatch(places.info, places, () -> then, Runnable::run);
        Files.write(places.root.resolve("abc"), new byte[10]);
        watch.tick(10, false, changed::incrementAndGet);
        assertThat(changed).hasValue(0);
        watch.tick(10, true, changed::incrementAndGet);
        assertThat(changed).hasValue(1);
        Files.write(places.root.resolve("abc"), new byte[1]);
        watch.tick(10, false, changed::incrementAndGet);
        assertThat(changed).hasValue(2);
    }
}
