package net.shoal.storage.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.metainfo.SafeNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every torrent of the {@link HostileCollection} is refused in one sentence, or kept where it can do no harm (row S3 of the targets). */
class HostileCollectionTest {
    private static final NameRules WINDOWS = new NameRules(true, true);
    private static final NameRules MAC = new NameRules(true, false);
    /** A person reads it at a glance. */
    private static final int LONGEST_SENTENCE = 420;

    @TempDir
    Path top;

    private final ParallelSync syncing = new ParallelSync();
    private Path root;
    private Canary canary;

    @BeforeEach
    void plant() throws IOException {
        root = Files.createDirectories(top.resolve("downloads"));
        canary = new Canary(top, root);
    }

    @AfterEach
    void close() throws InterruptedException {
        syncing.close();
    }

    @Test
    void isLargeAndHasNoTorrentTwice() {
        var names = new HashSet<String>();
        assertThat(HostileCollection.all()).hasSizeGreaterThanOrEqualTo(150).allMatch(row -> names.add(row.name()));
    }

    @Test
    void whatIsRefusedIsRefusedInOneSentence() {
        for (var row : HostileCollection.all()) {
            if (!row.refusal().isEmpty()) {
                assertThat(refusal(row)).as(row.name()).contains(row.refusal());
            }
        }
    }

    /** Where they come from peers, more bytes are accepted. */
    @Test
    void tenMillionFilesAreRefusedAlsoInAnInfoDictionary() {
        var torrent = HostileCollection.tenMillionFiles().position("d4:info".length());
        assertThatThrownBy(() -> new MetainfoReader().info(torrent.slice(torrent.position(), torrent.remaining() - 1)))
                .isInstanceOf(MetainfoException.class)
                .hasMessageContaining("more than 3000000 values");
    }

    private static String refusal(HostileCollection.Row row) {
        try {
            new MetainfoReader().metainfo(row.torrent().duplicate());
        } catch (MetainfoException e) {
            var words = String.valueOf(e.getMessage());
            assertThat(words)
                    .as(row.name())
                    .isEqualTo(SafeNames.forDisplay(words))
                    .matches("[A-Z].*")
                    .endsWith(".")
                    .doesNotContain("Exception", "java.", "null")
                    .hasSizeLessThan(LONGEST_SENTENCE);
            return words;
        }
        return "(it is kept)";
    }

    @Test
    void whatIsKeptLiesBelowItsFolderWhateverTheFileSystemIs() throws Exception {
        for (var row : HostileCollection.all()) {
            if (row.refusal().isEmpty()) {
                var info =
                        new MetainfoReader().metainfo(row.torrent().duplicate()).info();
                for (var rules : List.of(NameRules.of(root), MAC, WINDOWS)) {
                    checkPlaces(row.name(), info, rules);
                }
            }
        }
    }

    /** Each file has a place that no other has, nor lies below another, of names that any system takes for nothing but names. */
    private void checkPlaces(String row, Info info, NameRules rules) {
        var places = DiskNames.of(info, ContentLocation.in(root), rules);
        var taken = new HashSet<List<String>>();
        for (int i = 0; i < places.size(); i++) {
            var place = places.get(i);
            if (place.isEmpty()) {
                assertThat(info.files().get(i).isPad()).as(row).isTrue();
                continue;
            }
            var folded = place.stream().map(rules::fold).toList();
            assertThat(taken.add(folded)).as("%s: %s", row, place).isTrue();
            assertThat(place).as(row).allMatch(name -> isPlain(name, rules));
            assertThat(root.resolve(String.join("/", place)).normalize())
                    .as(row)
                    .startsWithRaw(root);
        }
        for (var place : taken) {
            for (int depth = 1; depth < place.size(); depth++) {
                assertThat(taken).as(row).doesNotContain(place.subList(0, depth));
            }
        }
    }

    private static boolean isPlain(String name, NameRules rules) {
        boolean posix = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf(0) < 0
                && name.getBytes(UTF_8).length <= 255;
        boolean windows = name.chars().allMatch(c -> c >= ' ' && "<>:\"|?*\\".indexOf(c) < 0)
                && !name.endsWith(".")
                && !name.endsWith(" ")
                && !name.matches("(?i)(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\\$|conout\\$) *([.].*)?");
        return posix && (!rules.windows() || windows);
    }

    @Test
    void whatIsKeptIsWrittenBelowTheRootAlone() throws Exception {
        var before = canary.outside();
        for (var row : HostileCollection.all()) {
            if (row.refusal().isEmpty()) {
                var info =
                        new MetainfoReader().metainfo(row.torrent().duplicate()).info();
                for (var tree : List.of(Tree.below(root, ".shoal-0000000000000000"), new CheckedTree(root))) {
                    long made = download(info, tree);
                    assertThat(made).as(row.name()).isEqualTo(wanted(info));
                    assertThat(canary.outside()).as(row.name()).isEqualTo(before);
                    empty(root);
                }
            }
        }
    }

    /** Files and links, without padding. */
    private static long wanted(Info info) {
        return info.files().stream()
                .filter(file -> !file.isPad())
                .filter(file -> !file.attributes().contains(FileEntry.Attribute.SYMLINK))
                .count();
    }

    /** @return how many regular files there are then */
    private long download(Info info, Tree tree) throws IOException {
        var names = DiskNames.of(info, ContentLocation.in(root), NameRules.of(root));
        var pool = new ChannelPool(4, System::nanoTime);
        try (var store = new TorrentFiles(info, names, tree, false, pool, syncing)) {
            for (int piece = 0; piece < info.layout().pieceCount(); piece++) {
                store.write(piece, 0, ByteBuffer.allocate(info.layout().lengthOf(piece)));
            }
            store.complete();
        }
        try (var paths = Files.walk(root)) {
            return paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .count();
        }
    }

    private static void empty(Path folder) throws IOException {
        var all = new ArrayList<Path>();
        try (var paths = Files.walk(folder)) {
            paths.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .forEach(all::add);
        }
        for (var path : all) {
            Files.delete(path);
        }
    }
}
