package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.engine.testing.MemoryStorage;
import net.shoal.engine.testing.Samples;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From one engine to another. */
class TwoEnginesTest extends EnginesTest {
    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void aFileArrivesByteForByte(Format format) throws IOException {
        var seeder = engine("a");
        var file = file("in/file.bin", 5_000_001);
        var metainfo = share(seeder, file, format, 65_536);
        var transfer = engine("b")
                .add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/file.bin")).hasSameBinaryContentAs(file);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void aFolderArrivesByMagnetLinkAlone(Format format) throws IOException {
        var seeder = engine("a");
        var a = file("in/stuff/a.bin", 300_000);
        var b = file("in/stuff/deep/b.bin", 100_001);
        file("in/stuff/empty", 0);
        var metainfo = share(seeder, a.getParent(), format, 32_768);
        var transfer = engine("b")
                .add(
                        new Source.Magnet(MagnetLink.of(metainfo.info().hashes())),
                        dir("out"),
                        Existing.KEEP_VERIFIED,
                        seeder.network.address());
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/stuff/a.bin")).hasSameBinaryContentAs(a);
        assertThat(folder.resolve("out/stuff/deep/b.bin")).hasSameBinaryContentAs(b);
        assertThat(folder.resolve("out/stuff/empty")).isEmptyFile();
    }

    @Test
    void aHybridThatContradictsItselfFailsWithTheReasonAndStaysFailed() throws Exception {
        var seeder = engine("a");
        var file = file("in/file.bin", 1_000_000);
        var metainfo = Samples.withWrongV1Hash(Samples.metainfo(file, Format.HYBRID, 65_536), 7);
        awaitState(seeder.add(new Source.Torrent(metainfo), file.getParent(), Existing.TRUSTED), "seeding");
        var transfer = engine("b")
                .add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "failed");
        var failed = (TransferState.Failed)
                transfer.details().toCompletableFuture().get().status().state();
        assertThat(failed.trouble()).isEqualTo(StorageException.Trouble.REFUSED);
        assertThat(failed.reason()).contains("contradicts itself").contains("piece 7");
        assertThat(failed.hint()).contains("never be complete");
    }

    @Test
    void aPieceLargerThanTheWriteCacheArrives() throws IOException {
        var seeder = engine("a");
        var file = file("in/large.bin", 40 << 20);
        var metainfo = share(seeder, file, Format.V1, 32 << 20);
        var leecher = engine("b", net.shoal.engine.testing.RealFiles.storage(), 4 << 20);
        var transfer =
                leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/large.bin")).hasSameBinaryContentAs(file);
    }

    @Test
    void onlyTheFilesThatAreWantedArrive() throws IOException {
        var seeder = engine("a");
        var wanted = file("in/stuff/one.txt", 100_000);
        file("in/stuff/two.bin", 1_000_000);
        var metainfo = share(seeder, wanted.getParent(), Format.HYBRID, 32_768);
        var transfer = engine("b").engine.add(request(metainfo, List.of("*.txt"), seeder));
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/stuff/one.txt")).hasSameBinaryContentAs(wanted);
        assertThat(folder.resolve("out/stuff/two.bin")).doesNotExist();
        assertThat(transfer.status().wanted()).isEqualTo(100_000);
        assertThat(transfer.status().done()).isEqualTo(100_000);
    }

    @Test
    void aPatternThatMatchesNothingIsRefusedWithAnExample() throws IOException {
        var seeder = engine("a");
        var metainfo = share(seeder, file("in/file.bin", 1000), Format.V1, 16_384);
        var leecher = engine("b");
        assertThatThrownBy(() -> leecher.engine.add(request(metainfo, List.of("*.mp3"), seeder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("*.mp3")
                .hasMessageContaining("file.bin");
        assertThat(leecher.engine.list()).isEmpty();
    }

    private AddRequest request(Metainfo metainfo, List<String> only, TestEngine from) throws IOException {
        return new AddRequest(
                new Source.Torrent(metainfo),
                ContentLocation.in(dir("out")),
                Existing.KEEP_VERIFIED,
                Visibility.LINK,
                only,
                false,
                List.of(from.network.address()),
                Optional.empty());
    }

    @Test
    void someoneElsesFileIsNeverWrittenTo() throws IOException {
        var seeder = engine("a");
        var metainfo = share(seeder, file("in/file.bin", 100_000), Format.V1, 16_384);
        var stranger = file("out/file.bin", 1234);
        var before = Files.readAllBytes(stranger);
        var transfer = engine("b")
                .add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "failed");
        var failed = (TransferState.Failed) transfer.status().state();
        assertThat(failed.reason()).contains("file.bin").contains("not part of this download");
        assertThat(failed.hint()).contains("move it away");
        assertThat(stranger).hasBinaryContent(before);
    }

    @Test
    void someoneElsesFileIsNotWrittenToBesideFilesThatAreOurs() throws IOException {
        var seeder = engine("a");
        var ours = file("in/stuff/a.bin", 100_000);
        file("in/stuff/b.bin", 100_000);
        var metainfo = share(seeder, ours.getParent(), Format.HYBRID, 16_384);
        Files.createDirectories(folder.resolve("out/stuff"));
        Files.copy(ours, folder.resolve("out/stuff/a.bin"));
        var stranger = file("out/stuff/b.bin", 1234);
        var before = Files.readAllBytes(stranger);
        var transfer = engine("b")
                .add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "failed");
        assertThat(((TransferState.Failed) transfer.status().state()).reason()).contains("b.bin");
        assertThat(stranger).hasBinaryContent(before);
    }

    @Test
    void aShareThatDiffersIsRefused() throws IOException {
        var file = file("in/file.bin", 100_000);
        var metainfo = net.shoal.engine.testing.Samples.metainfo(file, Format.V1, 16_384);
        file("in/file.bin", 100_000);
        Files.write(file, new byte[100_000]);
        var transfer = engine("a").add(new Source.Torrent(metainfo), dir("in"), Existing.MUST_VERIFY);
        awaitState(transfer, "failed");
        assertThat(((TransferState.Failed) transfer.status().state()).reason()).contains("pieces differ");
    }

    @Test
    void aDiskThatFailsStopsTheTransferUntilItWorksAgain() throws IOException {
        var seeder = engine("a");
        var metainfo = share(seeder, file("in/file.bin", 1_000_000), Format.V1, 65_536);
        var memory = new MemoryStorage();
        memory.failWith("the disk is full; make room");
        var transfer = engine("b", memory)
                .add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "failed");
        var failed = (TransferState.Failed) transfer.status().state();
        assertThat(failed.reason()).isEqualTo("the disk is full");
        assertThat(failed.hint()).isEqualTo("make room");
        memory.failWith("");
        awaitState(transfer, "seeding");
        assertThat(memory.get(dir("out").resolve("file.bin")))
                .isEqualTo(Files.readAllBytes(folder.resolve("in/file.bin")));
    }

    @Test
    void whatIsPausedGoesOnWhenItIsResumed() throws Exception {
        var seeder = engine("a");
        var metainfo = share(seeder, file("in/file.bin", 3_000_000), Format.V1, 65_536);
        var leecher = engine("b");
        var transfer = leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED);
        awaitState(transfer, "downloading");
        transfer.change(new TransferChange.Pause()).toCompletableFuture().get();
        assertThat(transfer.status().state().word()).isEqualTo("paused");
        transfer.change(new TransferChange.AddPeers(List.of(seeder.network.address())))
                .toCompletableFuture()
                .get();
        transfer.change(new TransferChange.Resume()).toCompletableFuture().get();
        awaitState(transfer, "seeding");
    }

    @Test
    void aRecheckFindsWhatWasDamaged() throws Exception {
        var seeder = engine("a");
        var file = file("in/file.bin", 1_000_000);
        var metainfo = share(seeder, file, Format.HYBRID, 65_536);
        var leecher = engine("b");
        var transfer =
                leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        var copy = folder.resolve("out/file.bin");
        var bytes = Files.readAllBytes(copy);
        bytes[500_000] ^= 1;
        Files.write(copy, bytes);
        transfer.change(new TransferChange.Recheck()).toCompletableFuture().get();
        // the damaged piece is fetched again
        awaitState(transfer, "seeding");
        assertThat(copy).hasSameBinaryContentAs(file);
    }

    @Test
    void removingDeletesWhatWasDownloadedButNeverWhatIsShared() throws Exception {
        var seeder = engine("a");
        var file = file("in/file.bin", 100_000);
        var metainfo = share(seeder, file, Format.V1, 16_384);
        var leecher = engine("b");
        var transfer =
                leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        leecher.engine.remove(transfer, true).toCompletableFuture().get();
        assertThat(folder.resolve("out/file.bin")).doesNotExist();
        assertThat(leecher.engine.list()).isEmpty();
        seeder.engine
                .remove(seeder.engine.list().get(0), true)
                .toCompletableFuture()
                .get();
        assertThat(file).exists();
    }
}
