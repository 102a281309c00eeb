package net.shoal.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageException;
import net.shoal.base.metainfo.Info;
import net.shoal.conformance.disk.FragileDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {
    @TempDir
    Path folder;

    private final FileStorage storage = new FileStorage(8);

    @AfterEach
    void close() throws InterruptedException {
        storage.deactivate();
    }

    private void fill(Info info, ContentLocation location) throws IOException {
        try (var store = storage.open(info, location, false)) {
            for (int piece = 0; piece < info.layout().pieceCount(); piece++) {
                store.write(piece, 0, ByteBuffer.allocate(info.layout().lengthOf(piece)));
            }
            store.complete();
            store.sync();
        }
    }

    @Test
    void deletesItsFilesAndEmptyFoldersOnly() throws IOException {
        var info = Torrents.named("t")
                .file(10, "keep", "mine")
                .file(10, "gone", "deep", "mine")
                .link(List.of("keep", "mine"), "gone", "alias")
                .file(0, "gone", "empty")
                .v1();
        var location = ContentLocation.in(folder);
        fill(info, location);
        Files.writeString(folder.resolve("t/keep/notes"), "the user's own");
        storage.delete(info, location);
        assertThat(folder.resolve("t/gone")).doesNotExist();
        assertThat(folder.resolve("t/keep/mine")).doesNotExist();
        assertThat(folder.resolve("t/keep/notes")).hasContent("the user's own");
    }

    @Test
    void deletingLeavesNothingOfATorrentThatIsAlone() throws IOException {
        var info = Torrents.named("t").file(10, "a", "b").v1();
        fill(info, ContentLocation.in(folder));
        storage.delete(info, ContentLocation.in(folder));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void deletingDoesNotFollowLinks() throws IOException {
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("b"), "0123456789");
        var info = Torrents.named("t").file(10, "a", "b").v1();
        Files.createDirectories(folder.resolve("t"));
        Files.createSymbolicLink(folder.resolve("t/a"), elsewhere);
        assertThatThrownBy(() -> storage.delete(info, ContentLocation.in(folder)))
                .hasMessageContaining("is a link");
        assertThat(elsewhere.resolve("b")).exists();
    }

    @Test
    void contentCanLieUnderAnotherNameAndBelowALink() throws IOException {
        var disk = Files.createDirectories(folder.resolve("disk"));
        var link = Files.createSymbolicLink(folder.resolve("link"), disk);
        var info = Torrents.named("t").file(10, "a").v1();
        fill(info, ContentLocation.at(link.resolve("renamed")));
        assertThat(disk.resolve("renamed/a")).hasSize(10);
    }

    @Test
    void aRootNameThatLeadsElsewhereIsRefused() {
        var location = new ContentLocation(folder, java.util.Optional.of("../x"), java.util.Map.of());
        assertThatThrownBy(() -> storage.open(Torrents.single("t", 1), location, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void troubleWithTheDiskIsToldInWords() {
        var path = folder.resolve("film");
        assertThat(trouble(DiskTrouble.cannotWrite(path, new IOException("No space left on device"))))
                .isEqualTo("disk-full: " + path + " cannot be written: the disk is full; make room");
        assertThat(trouble(
                        DiskTrouble.cannotWrite(path, new FileSystemException("film", null, "Read-only file system"))))
                .startsWith("read-only: ")
                .contains("the disk is read-only");
        assertThat(trouble(DiskTrouble.cannotRead(path, new AccessDeniedException("film"))))
                .startsWith("no-permission: ")
                .contains("cannot be read: permission denied");
        assertThat(trouble(DiskTrouble.cannotRead(path, new IOException("Input/output error"))))
                .startsWith("io-error: ");
        assertThat(trouble(DiskTrouble.cannotRead(path, new FileSystemException("film", null, "Too many open files"))))
                .startsWith("exhausted: ");
    }

    private static String trouble(IOException told) {
        var known = (StorageException) told;
        return known.trouble().word() + ": " + known.getMessage() + "; " + known.hint();
    }

    @Test
    void aDiskIsFoundToBeFullWhateverTheLanguageOfTheSystem() throws IOException {
        var disk = new FragileDisk();
        Files.createDirectories(disk.path("/downloads"));
        disk.capacity(1);
        assertThat(trouble(DiskTrouble.cannotWrite(
                        disk.path("/downloads/film"), new IOException("Auf dem Gerät ist kein Speicherplatz mehr"))))
                .startsWith("disk-full: ");
    }

    @Test
    void aDiskIsFoundToBeReadOnlyWhateverTheLanguageOfTheSystem() throws IOException {
        var mounts = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" "))
                .filter(mount -> ("," + mount[3] + ",").contains(",ro,"))
                .map(mount -> Path.of(mount[1]))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(mounts.isPresent(), "nothing is mounted read-only here");
        assertThat(trouble(DiskTrouble.cannotWrite(
                        mounts.get().resolve("film"), new IOException("Das Dateisystem ist nur lesbar"))))
                .startsWith("read-only: ");
    }
}
