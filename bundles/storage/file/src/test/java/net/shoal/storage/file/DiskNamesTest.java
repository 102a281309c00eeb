package net.shoal.storage.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import net.shoal.api.transfer.ContentLocation;
import org.junit.jupiter.api.Test;

class DiskNamesTest {
    private static final ContentLocation HERE = ContentLocation.in(Path.of("/here"));
    private static final FileSystem SYSTEM = FileSystems.getDefault();
    private static final NameRules POSIX = new NameRules(false, false);
    private static final NameRules MAC = new NameRules(true, false);
    private static final NameRules WINDOWS = new NameRules(true, true);

    @Test
    void namesThatTheFileSystemHoldsStayAsTheyAre() {
        for (var name : List.of("plain", "with space", "Ünïcödé", "日本語", "a:b?", "CON", "trailing.", "50%20off", "-")) {
            assertThat(DiskName.of(name, POSIX, SYSTEM)).isEqualTo(name);
        }
    }

    @Test
    void whatWindowsForbidsIsWrittenOut() {
        assertThat(DiskName.of("a:b", WINDOWS, SYSTEM)).isEqualTo("a%3Ab");
        assertThat(DiskName.of("trailing.", WINDOWS, SYSTEM)).isEqualTo("trailing%2E");
        assertThat(DiskName.of("trailing ", WINDOWS, SYSTEM)).isEqualTo("trailing%20");
        assertThat(DiskName.of("nul.tar.gz", WINDOWS, SYSTEM)).isEqualTo("_nul.tar.gz");
        assertThat(DiskName.of("line\nbreak", WINDOWS, SYSTEM)).isEqualTo("line%0Abreak");
    }

    @Test
    void longNamesAreCutAndToldApart() {
        var one = DiskName.of("é".repeat(200) + "1.flac", POSIX, SYSTEM);
        var other = DiskName.of("é".repeat(200) + "2.flac", POSIX, SYSTEM);
        assertThat(one.getBytes(UTF_8).length).isLessThanOrEqualTo(255);
        assertThat(one).isNotEqualTo(other).endsWith(".flac").startsWith("ééé");
    }

    @Test
    void namesThatDifferInCaseLiveSideBySideWhereTheyCan() {
        var info =
                Torrents.named("t").file(1, "A").file(1, "a").file(1, "a", "b").v1();
        assertThat(DiskNames.of(info, HERE, MAC))
                .containsExactly(List.of("t", "A"), List.of("t", "a~2"), List.of("t", "a~3", "b"));
        assertThat(DiskNames.of(info, HERE, POSIX))
                .containsExactly(List.of("t", "A"), List.of("t", "a"), List.of("t", "a~2", "b"));
    }

    @Test
    void namesComposedDifferentlyAreOneForAMac() {
        var info =
                Torrents.named("t").file(1, "\u00e9.txt").file(1, "e\u0301.txt").v1();
        assertThat(DiskNames.of(info, HERE, MAC).get(1)).containsExactly("t", "e\u0301~2.txt");
    }

    @Test
    void filesOfOneFolderShareItAlsoWhenItsNameWasChanged() {
        var info = Torrents.named("t").file(1, "a?", "x").file(1, "a?", "y").v1();
        assertThat(DiskNames.of(info, HERE, WINDOWS))
                .containsExactly(List.of("t", "a%3F", "x"), List.of("t", "a%3F", "y"));
    }

    @Test
    void theNameOnDiskIsTakenAsItIs() {
        assertThat(DiskNames.of(Torrents.single("torrent", 1), ContentLocation.at(Path.of("/here/on:disk")), WINDOWS))
                .containsExactly(List.of("on:disk"));
    }
}
