package org.example.shoal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.FileWalk;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.MetainfoCreator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What this storage does and others need not. */
class PackTest {
    @TempDir
    Path folder;

    private Path photos;

    @BeforeEach
    void makeContent() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos/raw")).getParent();
        Files.write(photos.resolve("one.jpg"), new byte[] {1, 2, 3});
        Files.writeString(photos.resolve("raw/two.nef"), "two".repeat(50_000));
        Files.createFile(photos.resolve("empty"));
    }

    private Info info(Format format) throws Exception {
        var options = new CreateOptions(
                format,
                OptionalInt.of(1 << 15),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                List.of());
        return new MetainfoCreator(Runnable::run, 1)
                .create(FileWalk.list(photos), options, (hashed, total) -> {})
                .info();
    }

    private Path fill(Info info) throws IOException {
        try (var store = new PackStorage(0).open(info, ContentLocation.in(folder), false)) {
            for (var file : info.files()) {
                if (!file.isPad() && file.length() > 0) {
                    write(
                            store,
                            info,
                            file.offset(),
                            Files.readAllBytes(photos.resolve(String.join("/", file.path()))));
                }
            }
            store.complete();
            return store.pathOf(0);
        }
    }

    private static void write(net.shoal.api.transfer.PieceStore store, Info info, long offset, byte[] bytes)
            throws IOException {
        int pieceLength = info.layout().pieceLength();
        for (int done = 0; done < bytes.length; ) {
            int piece = (int) ((offset + done) / pieceLength);
            int within = (int) ((offset + done) % pieceLength);
            int part = Math.min(bytes.length - done, pieceLength - within);
            store.write(piece, within, ByteBuffer.wrap(bytes, done, part));
            done += part;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2", "HYBRID"})
    void givesItsFilesBack(Format format) throws Exception {
        var pack = fill(info(format));
        assertThat(pack).isEqualTo(folder.resolve("photos.pack"));
        var commands = new PackCommands();
        assertThat(commands.list(pack.toString()).lines())
                .containsExactlyInAnyOrder("0\tempty", "3\tone.jpg", "150000\traw/two.nef");
        var out = folder.resolve("out");
        assertThat(commands.extract(pack.toString(), out.toString())).startsWith("3 files in");
        for (var name : List.of("one.jpg", "raw/two.nef", "empty")) {
            assertThat(out.resolve("photos").resolve(name)).hasSameBinaryContentAs(photos.resolve(name));
        }
        assertThatThrownBy(() -> commands.extract(pack.toString(), out.toString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatIsNoPackOfThisTorrentIsLeftAlone() throws Exception {
        var info = info(Format.V1);
        var stranger = Files.writeString(folder.resolve("photos.pack"), "mine");
        var location = ContentLocation.in(folder);
        assertThatThrownBy(() -> new PackStorage(0).open(info, location, false))
                .hasMessageContaining("no pack of this torrent");
        new PackStorage(0).delete(info, location);
        assertThat(stranger).hasContent("mine");
        assertThatThrownBy(() -> new PackCommands().list(stranger.toString())).hasMessageContaining("is no pack");
    }

    @Test
    void leavesTheDiskTheRoomThatItIsTold() throws Exception {
        var info = info(Format.V1);
        try (var store = new PackStorage(Long.MAX_VALUE / 2).open(info, ContentLocation.in(folder), false)) {
            assertThatThrownBy(() -> store.write(0, 0, ByteBuffer.allocate(10)))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DISK_FULL));
        }
        assertThat(folder.resolve("photos.pack")).doesNotExist();
    }
}
