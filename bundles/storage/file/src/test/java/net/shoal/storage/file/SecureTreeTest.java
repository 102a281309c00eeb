package net.shoal.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.List;
import net.shoal.storage.file.Tree.Access;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread that stays in a folder: what it opens there is there, whatever becomes of the folder's name. */
class SecureTreeTest {
    @TempDir
    Path root;

    private SecureTree tree;

    @BeforeEach
    void makeFolders() throws IOException {
        try (var stream = Files.newDirectoryStream(root)) {
            assumeTrue(stream instanceof SecureDirectoryStream, "this system has no openat");
        }
        tree = new SecureTree(Files.createDirectory(root.resolve("base")), ".tmp");
        Files.createDirectories(root.resolve("base/a"));
        Files.createDirectories(root.resolve("base/b"));
        Files.createDirectories(root.resolve("outside"));
    }

    private void write(String... names) throws IOException {
        try (var channel = tree.open(List.of(names), Access.CREATE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
        }
    }

    private void swapForALink() throws IOException {
        Files.move(root.resolve("base/a"), root.resolve("base/was"));
        Files.createSymbolicLink(root.resolve("base/a"), root.resolve("outside"));
    }

    @Test
    void aFolderThatIsSwappedForALinkMeanwhileIsStillThatFolder() throws IOException {
        try (var staying = tree.stay()) {
            write("a", "one");
            swapForALink();
            write("a", "two");
            assertThat(root.resolve("base/was/two")).exists();
            assertThat(staying).isNotNull();
        }
        assertThat(root.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void whoCameBackOrNeverStayedIsNotLedAstray() throws IOException {
        try (var staying = tree.stay()) {
            write("a", "one");
            swapForALink();
            write("b", "one");
            assertThatThrownBy(() -> write("a", "two")).isInstanceOf(IOException.class);
            write("b", "two");
            assertThat(staying).isNotNull();
        }
        assertThatThrownBy(() -> write("a", "three")).isInstanceOf(IOException.class);
        assertThat(root.resolve("outside")).isEmptyDirectory();
        assertThat(root.resolve("base/b")).isDirectoryContaining("glob:**one").isDirectoryContaining("glob:**two");
    }

    @Test
    void oneThatStaysElsewhereHasNoPartInIt() throws IOException {
        var other = new SecureTree(root.resolve("outside"), ".tmp");
        try (var staying = other.stay()) {
            write("a", "one");
            swapForALink();
            assertThatThrownBy(() -> write("a", "two")).isInstanceOf(IOException.class);
            assertThat(staying).isNotNull();
        }
        assertThat(root.resolve("outside")).isEmptyDirectory();
    }
}
