package net.shoal.api.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SplittableRandom;
import net.shoal.conformance.disk.FragileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final int CUTS = 300;
    private static final String FILE = "/home/state/some/file";

    private final FragileDisk disk = new FragileDisk();

    private static byte[] content(int version) {
        return ("version " + version + " ".repeat(5_000)).getBytes(UTF_8);
    }

    private static int version(Path file) throws IOException {
        return Integer.parseInt(Files.readString(file).trim().substring("version ".length()));
    }

    @Test
    void whatWasReplacedOutlivesAPowerCutAndTheOldOneIsThereUntilThen() throws IOException {
        var random = new SplittableRandom(7);
        int written = -1;
        for (int cut = 0; cut < CUTS; cut++) {
            long last = disk.calls() + random.nextInt(60);
            disk.faults((call, path, number) -> {
                if (number >= last) {
                    throw new IOException("the power goes");
                }
            });
            int next = written;
            try {
                while (true) {
                    StateFile.replace(disk.path(FILE), content(++next));
                    written = next;
                }
            } catch (IOException e) {
                disk.faults((call, path, number) -> {});
                disk.cutPower(random);
            }
            if (written >= 0) {
                assertThat(version(disk.path(FILE))).as("cut %d", cut).isBetween(written, next);
                written = version(disk.path(FILE));
            } else {
                assertThat(!Files.exists(disk.path(FILE)) || version(disk.path(FILE)) == 0)
                        .isTrue();
            }
        }
        assertThat(written).isGreaterThan(100);
    }

    @Test
    void aFullDiskLeavesTheOldContent() throws IOException {
        StateFile.replace(disk.path(FILE), content(1));
        disk.capacity(6_000);
        assertThatThrownBy(() -> StateFile.replace(disk.path(FILE), content(2))).hasMessageContaining("No space left");
        assertThat(version(disk.path(FILE))).isEqualTo(1);
        disk.capacity(12_000);
        StateFile.replace(disk.path(FILE), content(3));
        assertThat(version(disk.path(FILE))).isEqualTo(3);
    }

    @Test
    void whatIsForThisBootIsNotSynced() throws IOException {
        disk.faults((call, path, number) -> {
            if (call == FragileDisk.Call.SYNC && !Files.isDirectory(path)) {
                throw new IOException("not asked for");
            }
        });
        StateFile.replaceForThisBoot(disk.path(FILE), content(4));
        assertThat(version(disk.path(FILE))).isEqualTo(4);
    }

    @Test
    void aSecretIsReadableForItsUserAlone(@TempDir Path folder) throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        var file = folder.resolve("below/secret");
        Files.createDirectories(folder.resolve("below"));
        Files.writeString(folder.resolve("below/secret.new"), "left over, for all to read");
        StateFile.replaceSecret(file, content(1));
        StateFile.replaceSecret(file, content(2));
        assertThat(version(file)).isEqualTo(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("below/secret.new")).doesNotExist();
    }
}
