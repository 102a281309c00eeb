package net.shoal.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.base.metainfo.Info;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a torrent is called and however the disk changes meanwhile, nothing outside the chosen folder is made, changed or removed. */
class HostileTorrentsTest {
    @TempDir
    Path top;

    private final ParallelSync syncing = new ParallelSync();

    @AfterEach
    void close() throws InterruptedException {
        syncing.close();
    }

    private Path root;
    private Canary canary;

    @BeforeEach
    void plant() throws IOException {
        root = Files.createDirectories(top.resolve("downloads"));
        canary = new Canary(top, root);
    }

    private void download(Info info, Function<Path, Tree> trees) {
        try {
            var names = DiskNames.of(info, ContentLocation.in(root), NameRules.of(root));
            var pool = new ChannelPool(4, System::nanoTime);
            try (var store = new TorrentFiles(info, names, trees.apply(root), false, pool, syncing)) {
                for (int piece = 0; piece < info.layout().pieceCount(); piece++) {
                    store.write(piece, 0, ByteBuffer.allocate(info.layout().lengthOf(piece)));
                }
                store.complete();
            }
        } catch (IOException e) {
            // refused in words, as it may be
        }
    }

    private List<Function<Path, Tree>> trees() {
        return List.of(folder -> Tree.below(folder, ".shoal-0000000000000000"), CheckedTree::new);
    }

    @Test
    void hostileNamesLeadNowhere() throws IOException {
        var before = canary.outside();
        int torrents = 0;
        for (var tree : trees()) {
            for (var bad : HostileNames.ALL) {
                download(Torrents.single(bad, 10), tree);
                download(Torrents.named(bad).file(10, "f").v1(), tree);
                download(
                        Torrents.named("t")
                                .file(10, bad, "secret")
                                .file(10, "a", bad)
                                .v1(),
                        tree);
                download(
                        Torrents.named("u")
                                .file(10, bad, bad, bad, "canary", "x")
                                .v2(),
                        tree);
                torrents += 4;
                assertThat(canary.outside()).as("after %s", bad).isEqualTo(before);
            }
        }
        assertThat(torrents).isGreaterThan(150);
    }

    @Test
    void randomMixturesOfHostileNamesLeadNowhere() throws IOException {
        var before = canary.outside();
        var random = new Random(20261122);
        for (int i = 0; i < 100; i++) {
            var torrent = Torrents.named(pick(random));
            int files = 1 + random.nextInt(6);
            for (int file = 0; file < files; file++) {
                var path = new ArrayList<String>();
                for (int depth = random.nextInt(4); depth >= 0; depth--) {
                    path.add(pick(random));
                }
                if (random.nextInt(4) == 0) {
                    torrent.link(List.of(pick(random), pick(random)), path.toArray(String[]::new));
                } else {
                    torrent.file(random.nextInt(100), path.toArray(String[]::new));
                }
            }
            download(random.nextBoolean() ? torrent.v1() : torrent.v2(), trees().get(i % 2));
            assertThat(canary.outside()).as("torrent %s", i).isEqualTo(before);
        }
    }

    private static String pick(Random random) {
        return HostileNames.ALL.get(random.nextInt(HostileNames.ALL.size()));
    }

    @Test
    void linksThatLieInTheWayAreNotFollowed() throws IOException {
        for (var tree : trees()) {
            for (var link : List.of("t", "t/a", "t/a/secret")) {
                deleteBelow(root);
                Files.createDirectories(root.resolve(link).getParent());
                var target = link.endsWith("secret") ? canary.folder().resolve("secret") : canary.folder();
                Files.createSymbolicLink(root.resolve(link), target);
                var before = canary.outside();
                download(
                        Torrents.named("t")
                                .file(4, "a", "secret")
                                .file(4, "a", "new")
                                .file(4, "b")
                                .v1(),
                        tree);
                assertThat(canary.outside()).as(link).isEqualTo(before);
            }
        }
    }

    @Test
    void linksOfTheTorrentItselfAreNotWrittenThrough() throws IOException {
        var before = canary.outside();
        var info = Torrents.named("t")
                .link(List.of("..", "..", "canary"), "a")
                .file(10, "a", "secret")
                .v1();
        download(info, trees().get(0));
        assertThat(canary.outside()).isEqualTo(before);
        assertThat(root.resolve("t")).isDirectoryRecursivelyContaining(path -> path.endsWith("secret"));
    }

    /** A folder turns into a link and back, as fast as may be, while files below it are made, written, linked, moved and removed. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aFolderSwappedForALinkWhileWritingLeadsNowhere() throws Exception {
        Files.createDirectories(root.resolve("t/a"));
        Files.createSymbolicLink(root.resolve("link"), canary.folder());
        var before = canary.outside();
        var stop = new AtomicBoolean();
        var swapper = new Thread(() -> swapUntil(stop), "swapper");
        swapper.start();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        int refused = 0;
        int done = 0;
        try {
            // until both have been seen, since on a busy machine the threads take long turns; there, too, a rename
            // takes 10 ms
            for (int i = 0; (i < 3000 && System.nanoTime() < end) || refused == 0 || done == 0; i++) {
                if (isRefused(trees().get(0).apply(root), i)) {
                    refused++;
                } else {
                    done++;
                }
            }
        } finally {
            stop.set(true);
            swapper.join();
        }
        assertThat(canary.outside()).isEqualTo(before);
        assertThat(refused).isPositive();
        assertThat(done).isPositive();
    }

    private static boolean isRefused(Tree tree, int i) {
        var names = i % 3 == 0 ? List.of("t", "a", "deep" + i, "new") : List.of("t", "a", "new" + i);
        try {
            if (i % 4 == 3) {
                tree.link(names, Path.of("anywhere"));
            } else if (i % 4 == 2) {
                tree.open(List.of("t", "moved" + i), Tree.Access.CREATE).close();
                tree.take(tree, List.of("t", "moved" + i), names);
            } else {
                try (var channel = tree.open(names, Tree.Access.CREATE)) {
                    channel.write(ByteBuffer.wrap(new byte[] {1}));
                }
            }
            tree.deleteFile(List.of("t", "a", "secret"));
            return false;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void swapUntil(AtomicBoolean stop) {
        var folder = root.resolve("t/a");
        var link = root.resolve("link");
        var aside = root.resolve("aside");
        while (!stop.get()) {
            try {
                Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
                Files.move(link, folder, StandardCopyOption.ATOMIC_MOVE);
                Thread.onSpinWait();
                Files.move(folder, link, StandardCopyOption.ATOMIC_MOVE);
                Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                recover(folder, link, aside);
            }
        }
    }

    /** The other thread has made a folder where there was none for a moment. */
    private static void recover(Path folder, Path link, Path aside) {
        try {
            if (Files.isSymbolicLink(folder)) {
                Files.move(folder, link);
            } else if (Files.exists(aside) && Files.exists(folder)) {
                deleteBelow(folder);
                Files.delete(folder);
            }
            if (Files.exists(aside)) {
                Files.move(aside, folder);
            }
        } catch (IOException e) {
            // next time
        }
    }

    private static void deleteBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                deleteBelow(entry);
                Files.delete(entry);
            }
        }
    }
}
