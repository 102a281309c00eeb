package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.ContentReader;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files are read while they download. */
class ReadingTest extends EnginesTest {
    private static final int PIECE = 64 << 10;
    private static final int FILM = 24 << 20;

    private TestEngine leecher;
    private Path film;
    private Transfer transfer;

    /** At so many bytes a second. */
    private void fetch(Format format, long rate) throws IOException {
        var seeder = engine("seeder");
        leecher = engine("leecher");
        file("one/a before", 50_000);
        film = file("one/film", FILM);
        file("one/z after", 70_000);
        var metainfo = share(seeder, folder.resolve("one"), format, PIECE);
        transfer =
                leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        if (rate > 0) {
            get(transfer.change(new TransferChange.Limit(
                    new TransferLimits(rate, 0, 0, TransferLimits.NONE.ratio(), TransferLimits.NONE.idle()))));
        }
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private int film() {
        return get(transfer.details()).files().stream()
                .filter(file -> file.path().endsWith("film"))
                .findFirst()
                .orElseThrow()
                .index();
    }

    private ContentReader open() {
        return get(leecher.engine.open(transfer, film()));
    }

    private static byte[] read(ContentReader reader, long from, int length) {
        var out = new ByteArrayOutputStream();
        while (out.size() < length) {
            var into = ByteBuffer.allocate(Math.min(100_000, length - out.size()));
            int count = get(reader.read(from + out.size(), into));
            if (count == 0) {
                break;
            }
            out.write(into.array(), 0, count);
        }
        return out.toByteArray();
    }

    private byte[] expected(int from, int length) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(film), from, Math.min(FILM, from + length));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void whatIsReadIsFetchedFirstWhereverItLies(Format format) throws Exception {
        fetch(format, 4 << 20);
        try (var reader = open()) {
            assertThat(reader.length()).isEqualTo(FILM);
            assertThat(read(reader, FILM - 70_000, 100_000)).isEqualTo(expected(FILM - 70_000, 100_000));
            assertThat(read(reader, 0, 300_000)).isEqualTo(expected(0, 300_000));
            assertThat(read(reader, FILM / 2 + 12_345, 300_000)).isEqualTo(expected(FILM / 2 + 12_345, 300_000));
            assertThat(get(reader.read(FILM, ByteBuffer.allocate(10)))).isZero();
            assertThat(get(transfer.details()).status().done()).as("of 24 MiB").isLessThan(FILM / 2);
        }
        get(transfer.change(new TransferChange.Limit(TransferLimits.NONE)));
        awaitState(transfer, "seeding");
        try (var reader = open()) {
            assertThat(read(reader, 0, FILM + 1)).isEqualTo(Files.readAllBytes(film));
        }
    }

    @Test
    void whoWaitsIsToldWhenItIsPausedAndGoesOnWhenItIsResumed() throws Exception {
        fetch(Format.V1, 32 << 10);
        try (var reader = open()) {
            var waiting = reader.read(FILM - 100, ByteBuffer.allocate(100)).toCompletableFuture();
            var second = reader.read(0, ByteBuffer.allocate(1)).toCompletableFuture();
            assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS)).hasMessageContaining("another read");
            get(transfer.change(new TransferChange.Pause()));
            assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasMessageContaining("paused");
            await().until(() -> transfer.status().state().word().equals("paused"));
            assertThatThrownBy(() -> reader.read(FILM - 100, ByteBuffer.allocate(100))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("resume");
            get(transfer.change(new TransferChange.Limit(TransferLimits.NONE)));
            get(transfer.change(new TransferChange.Resume()));
            awaitState(transfer, "seeding");
            assertThat(read(reader, FILM - 100, 100)).isEqualTo(expected(FILM - 100, 100));
        }
    }

    @Test
    void whatIsNotSelectedIsNotWaitedFor() throws Exception {
        fetch(Format.V2, 32 << 10);
        get(transfer.change(new TransferChange.Prioritise(Map.of(film(), FilePriority.SKIP))));
        try (var reader = open()) {
            assertThatThrownBy(() -> reader.read(FILM / 2, ByteBuffer.allocate(100))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("not selected");
        }
    }

    @Test
    void readersOfWhatIsRemovedOrClosedHearOfIt() throws Exception {
        fetch(Format.V1, 32 << 10);
        var reader = open();
        var waiting = reader.read(FILM - 100, ByteBuffer.allocate(100)).toCompletableFuture();
        reader.close();
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasMessageContaining("closed");
        var other = open().read(FILM - 100, ByteBuffer.allocate(100)).toCompletableFuture();
        int file = film();
        get(leecher.engine.remove(transfer, true));
        assertThatThrownBy(() -> other.get(30, TimeUnit.SECONDS)).hasMessageContaining("removed");
        assertThatThrownBy(() -> leecher.engine
                        .open(transfer, file)
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .hasMessageContaining("no such transfer");
    }

    @Test
    void aFileThatIsNotThereIsRefusedAndSoAreTooManyReaders() throws Exception {
        fetch(Format.V1, 32 << 10);
        assertThatThrownBy(() ->
                        leecher.engine.open(transfer, 99).toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasMessageContaining("no file 99");
        for (int i = 0; i < 64; i++) {
            open();
        }
        assertThatThrownBy(() -> leecher.engine
                        .open(transfer, film())
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .hasMessageContaining("64 already");
    }
}
