package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWalkTest {
    @TempDir
    private Path home;

    @Test
    void listsAllFilesAndSaysWhichFoldersAreEmpty() throws Exception {
        var root = Golden.writeFolder(home);
        Files.createDirectories(root.resolve("hollow/inside"));
        var tree = FileWalk.list(root);
        assertThat(tree.name()).isEqualTo("golden");
        assertThat(tree.isSingleFile()).isFalse();
        assertThat(tree.length()).isEqualTo(189_167);
        assertThat(tree.files())
                .extracting(file -> String.join("/", file.path()))
                .containsExactlyInAnyOrder(
                        "Zebra.txt", "dir/b.bin", "dir/empty", "dir/größe 日本.bin", "dir.txt", "run.sh");
        assertThat(tree.files())
                .filteredOn(SourceFile::isExecutable)
                .singleElement()
                .extracting(SourceFile::path)
                .isEqualTo(List.of("run.sh"));
        assertThat(tree.leftOut()).containsExactly(List.of("hollow", "inside"));
    }

    @Test
    void listsASingleFile() throws Exception {
        var tree = FileWalk.list(Golden.writeSingle(home));
        assertThat(tree.isSingleFile()).isTrue();
        assertThat(tree.name()).isEqualTo("single.bin");
        assertThat(tree.files()).singleElement().extracting(SourceFile::length).isEqualTo(200_000L);
    }

    @Test
    void takesTheNameTheUserGave() throws Exception {
        var root = Golden.writeFolder(home);
        assertThat(FileWalk.list(Path.of(root + "/./dir/..")).name()).isEqualTo("golden");
        assertThat(FileWalk.list(link(home.resolve("alias"), root)).name()).isEqualTo("alias");
    }

    @Test
    void followsLinksThatStayInside() throws Exception {
        var root = Golden.writeFolder(home);
        link(root.resolve("linked.txt"), Path.of("Zebra.txt"));
        link(root.resolve("linked"), root.resolve("dir"));
        assertThat(FileWalk.list(root).files())
                .extracting(file -> String.join("/", file.path()))
                .contains("linked.txt", "linked/b.bin")
                .hasSize(6 + 1 + 3);
    }

    @Test
    void refusesLinksThatLeadOutside() throws Exception {
        var root = Golden.writeFolder(home);
        var outside = Files.writeString(home.resolve("secret"), "x");
        var link = link(root.resolve("dir/leak"), outside);
        refused(root, link + " is a link to " + outside.toRealPath() + ", outside the folder");
        Files.delete(link);
        refused(root, link(root.resolve("dir/up"), home) + " is a link to");
    }

    @Test
    void refusesLinksThatLeadNowhereOrInACircle() throws Exception {
        var root = Golden.writeFolder(home);
        var link = link(root.resolve("dangling"), root.resolve("nothing"));
        refused(root, link + " is a link to something that does not exist");
        Files.delete(link);
        refused(root, link(root.resolve("dir/loop"), root) + " is a link that leads in a circle");
    }

    @Test
    void refusesWhatIsNeitherFileNorFolder() throws Exception {
        var root = Files.createDirectories(home.resolve("s"));
        var path = root.resolve("k");
        // the path of a Unix socket is bounded
        assumeThat(path.toString().length()).isLessThan(100);
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            refused(root, path + " is neither a file nor a folder");
            refused(path, path + " is neither a file nor a folder");
        }
    }

    @Test
    void refusesWhatIsNotThere() {
        refused(home.resolve("none"), home.resolve("none") + " does not exist.");
        refused(Path.of("/"), "root of a file system");
    }

    private static Path link(Path link, Path target) throws IOException {
        try {
            return Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException | IOException e) {
            assumeThat(false).as("this system makes no links").isTrue();
            throw new IOException(e);
        }
    }

    private static void refused(Path root, String expected) {
        assertThatThrownBy(() -> FileWalk.list(root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(expected);
    }
}
