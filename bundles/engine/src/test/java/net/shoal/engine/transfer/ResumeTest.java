package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.engine.testing.Samples;
import org.junit.jupiter.api.Test;

/** What a node that was stopped, or killed, knows when it runs again. */
class ResumeTest extends EnginesTest {
    private static final int PIECE = 65_536;
    private static final int HALF = 10 * PIECE;

    private Metainfo metainfo;
    private Path file;

    /** An engine that has half of the file, so that another gets as far as that. */
    private void halfDownloaded() throws IOException {
        file = file("in/file.bin", 2 * HALF);
        metainfo = Samples.metainfo(file, Format.V1, PIECE);
        var half = new byte[2 * HALF];
        System.arraycopy(Files.readAllBytes(file), 0, half, 0, HALF);
        Files.write(dir("half").resolve("file.bin"), half);
        var partial = engine("a");
        awaitDone(partial.add(new Source.Torrent(metainfo), dir("half"), Existing.KEEP_VERIFIED), HALF);
        var leecher = engine("b");
        var transfer = leecher.add(
                new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, partial.network.address());
        awaitDone(transfer, HALF);
        var state = new TransferFolder(
                folder.resolve("b").resolve(metainfo.info().hashes().hex()));
        await().until(() ->
                state.load().pieces().latest().map(VerifiedPieces::count).orElse(0) == HALF / PIECE);
        copy(folder.resolve("b"), folder.resolve("killed"));
        stop(leecher);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    @Test
    void aKilledDownloadGoesOnWhereItWas() throws IOException {
        halfDownloaded();
        var seeder = engine("c");
        share(seeder, file, Format.V1, PIECE);
        var again = engine("killed");
        var transfer = again.engine.list().get(0);
        awaitDone(transfer, HALF);
        again.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/file.bin")).hasSameBinaryContentAs(file);
        assertThat(transfer.status().downloaded()).isBetween((long) HALF, HALF + 10L * 16_384);
    }

    @Test
    void whatWasChangedMeanwhileIsNotBelieved() throws IOException {
        halfDownloaded();
        var copy = folder.resolve("out/file.bin");
        var bytes = Files.readAllBytes(copy);
        bytes[PIECE + 1] ^= 1;
        Files.write(copy, bytes);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now().plusSeconds(60)));
        var transfer = engine("killed").engine.list().get(0);
        awaitState(transfer, "downloading");
        assertThat(transfer.status().done()).isEqualTo(HALF - PIECE);
    }

    @Test
    void whatIsCompleteIsServedAgainWithoutHashing() throws IOException {
        var seeder = engine("a");
        share(seeder, file("in/file.bin", HALF), Format.HYBRID, PIECE);
        var added = seeder.engine.list().get(0).status().added();
        stop(seeder);
        var transfer = engine("a").engine.list().get(0);
        awaitState(transfer, "seeding");
        assertThat(transfer.status().added()).isEqualTo(added.truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
    }

    @Test
    void aMagnetLinkWithoutMetadataIsNotForgotten() throws IOException {
        var seeder = engine("a");
        var content = file("in/file.bin", HALF);
        var shared = share(seeder, content, Format.V1, PIECE);
        var leecher = engine("b");
        leecher.add(new Source.Magnet(MagnetLink.of(shared.info().hashes())), dir("out"), Existing.KEEP_VERIFIED);
        stop(leecher);
        var again = engine("b");
        var transfer = again.engine.list().get(0);
        assertThat(transfer.status().state().word()).isEqualTo("metadata");
        again.add(
                new Source.Magnet(MagnetLink.of(shared.info().hashes())),
                dir("out"),
                Existing.KEEP_VERIFIED,
                seeder.network.address());
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/file.bin")).hasSameBinaryContentAs(content);
    }

    @Test
    void theStateOfANewerVersionIsLeftAlone() throws Exception {
        var seeder = engine("a");
        var shared = share(seeder, file("in/file.bin", HALF), Format.V1, PIECE);
        stop(seeder);
        var resume = folder.resolve("a").resolve(shared.info().hashes().hex()).resolve("resume");
        var dict = BencodeReader.LENIENT.readDict(java.nio.ByteBuffer.wrap(Files.readAllBytes(resume)));
        var newer = BDict.builder();
        dict.entries().forEach((key, value) -> newer.put(key.text(), value));
        var bytes = BencodeWriter.write(newer.put("version", 99).build());
        Files.write(resume, bytes);
        assertThat(engine("a").engine.list()).isEmpty();
        assertThat(resume).hasBinaryContent(bytes);
    }
}
