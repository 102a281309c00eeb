package net.shoal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeHomeTest {
    @TempDir
    Path folder;

    @Test
    void makesItsFoldersForTheOwnerAlone() throws IOException {
        var home = new NodeHome(folder.resolve("a/home"), true);
        for (var name : new String[] {".", "etc", "state", "plugins", "log", "cache"}) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.root().resolve(name))))
                    .isEqualTo("rwx------");
        }
        assertThat(home.isTemporary()).isTrue();
    }

    @Test
    void aHomeThatIsThereIsMadePrivate() throws IOException {
        var root = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        new NodeHome(root, false);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void aHomeThatIsAFileIsRefused() throws IOException {
        var file = Files.createFile(folder.resolve("home"));
        assertThatThrownBy(() -> new NodeHome(file, false)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void stateFoldersHavePlainNames() throws IOException {
        var home = new NodeHome(folder.resolve("home"), false);
        assertThat(home.state("engine")).isDirectory().hasParent(home.root().resolve("state"));
        for (var name : new String[] {"..", "a/b", "", "/etc"}) {
            assertThatThrownBy(() -> home.state(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theDoctorSeesAHomeThatIsGone() throws IOException {
        var home = new NodeHome(folder.resolve("home"), false);
        assertThat(new HomeCheck(home.root()).execute().getStatus()).isNotEqualTo(Result.Status.CRITICAL);
        assertThat(new HomeCheck(folder.resolve("nowhere")).execute().getStatus())
                .isEqualTo(Result.Status.CRITICAL);
    }

    @Test
    void theDoctorWarnsOfLittleSpaceAndFewDescriptors() {
        var full = new FormattingResultLog();
        HomeCheck.space(full, 1 << 20);
        assertThat(new Result(full).getStatus()).isEqualTo(Result.Status.CRITICAL);
        var few = new FormattingResultLog();
        DescriptorCheck.judge(few, 256, 100);
        assertThat(new Result(few).getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(new DescriptorCheck().execute().getStatus()).isNotNull();
    }
}
