package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.Transfer;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.Samples;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two engines, real sockets, real files. */
class TwoEnginesTest {
    @TempDir
    Path folder;

    private TestEngine seeder;
    private TestEngine leecher;

    @BeforeEach
    void start() throws IOException {
        seeder = new TestEngine(folder.resolve("state-a"), RealFiles.storage());
        leecher = new TestEngine(folder.resolve("state-b"), RealFiles.storage());
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("out"));
    }

    @AfterEach
    void stop() {
        leecher.close();
        seeder.close();
    }

    private Metainfo share(Path root, Format format, int pieceLength) {
        var metainfo = Samples.metainfo(root, format, pieceLength);
        awaitDone(seeder.add(new Source.Torrent(metainfo), root.getParent(), Existing.TRUSTED));
        return metainfo;
    }

    private static void awaitDone(Transfer transfer) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> transfer.status().state().word().equals("seeding"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void aFileArrivesByteForByte(Format format) throws IOException {
        var file = folder.resolve("in/file.bin");
        Files.write(file, Samples.random(5_000_001, 1));
        var metainfo = share(file, format, 65_536);
        var transfer = leecher.add(
                new Source.Torrent(metainfo), folder.resolve("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitDone(transfer);
        assertThat(folder.resolve("out/file.bin")).hasSameBinaryContentAs(file);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void aFolderArrivesByMagnetLinkAlone(Format format) throws IOException {
        var root = Files.createDirectories(folder.resolve("in/stuff/deep")).getParent();
        Files.write(root.resolve("a.bin"), Samples.random(300_000, 2));
        Files.write(root.resolve("empty"), new byte[0]);
        Files.write(root.resolve("deep/b.bin"), Samples.random(100_001, 3));
        var metainfo = share(root, format, 32_768);
        var link = MagnetLink.of(metainfo.info().hashes());
        var transfer = leecher.add(
                new Source.Magnet(link), folder.resolve("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitDone(transfer);
        assertThat(folder.resolve("out/stuff/a.bin")).hasSameBinaryContentAs(root.resolve("a.bin"));
        assertThat(folder.resolve("out/stuff/deep/b.bin")).hasSameBinaryContentAs(root.resolve("deep/b.bin"));
        assertThat(folder.resolve("out/stuff/empty")).isEmptyFile();
    }
}
