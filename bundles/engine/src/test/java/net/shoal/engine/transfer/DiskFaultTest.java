package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.conformance.disk.FragileDisk;
import net.shoal.conformance.disk.FragileDisk.Call;
import net.shoal.engine.limits.SwarmLimits;
import net.shoal.engine.testing.Campaign;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;

/**
 * A download whose disk, the one of the node's state too, fails from some call on: it stops and says why, goes on by itself when the disk works
 * again, and nobody has to do anything but that.
 */
class DiskFaultTest extends EnginesTest {
    private static final int CALLS = 2_000;
    private static final int FILES = 150;
    private static final int PIECE = 1 << 14;
    private static final int AT_ONCE = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final AtomicInteger stopped = new AtomicInteger();
    private final AtomicInteger unharmed = new AtomicInteger();
    private Metainfo metainfo;
    private TestEngine seeder;

    /** How a disk fails. */
    private enum Fault {
        ENOSPC("No space left on device", Trouble.DISK_FULL),
        EIO("Input/output error", Trouble.IO_ERROR),
        EROFS("Read-only file system", Trouble.READ_ONLY);

        private final String words;
        private final Trouble trouble;

        Fault(String words, Trouble trouble) {
            this.words = words;
            this.trouble = trouble;
        }

        boolean hits(Call call) {
            return this == EIO ? call != Call.LOOK : call.changes();
        }

        IOException exception(Path path, Call call) {
            return call == Call.WRITE || call == Call.READ || call == Call.SYNC
                    ? new IOException(words)
                    : new FileSystemException(path.toString(), null, words);
        }
    }

    @Test
    void whateverCallFailsTheTransferGoesOnWhenTheDiskWorksAgain() throws Exception {
        int rounds = Campaign.rounds(CALLS, 24);
        for (int i = 0; i < FILES; i++) {
            file("in/stuff/" + i % 7 + "/file" + i, 9_000 + 100 * i);
        }
        seeder = engine("seeder");
        metainfo = share(seeder, folder.resolve("in/stuff"), Format.HYBRID, PIECE);
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < rounds; i++) {
            long call = (long) i * CALLS / rounds + Campaign.seed() % (CALLS / rounds);
            var fault = Fault.values()[i % Fault.values().length];
            tasks.add(() -> {
                new Trial(fault, call).run();
                return null;
            });
        }
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        System.out.printf(
                "disk faults: at %d calls of %d; %d stopped with the reason, %d were complete by then; all went on%n",
                rounds, CALLS, stopped.get(), unharmed.get());
        assertThat(stopped.get()).isPositive();
    }

    @Test
    void aHomeThatIsFullStopsNoDownloadAndIsNamed() throws Exception {
        for (int i = 0; i < FILES; i++) {
            file("in/stuff/" + i % 7 + "/file" + i, 9_000 + 100 * i);
        }
        seeder = engine("seeder");
        metainfo = share(seeder, folder.resolve("in/stuff"), Format.V1, PIECE);
        new Trial(Fault.ENOSPC, Long.MAX_VALUE).runWithAFullHome();
    }

    private final class Trial {
        private final Fault fault;
        private final long from;
        private final FragileDisk disk = new FragileDisk();

        Trial(Fault fault, long from) {
            this.fault = fault;
            this.from = from;
        }

        void run() throws Exception {
            disk.faults((call, path, number) -> {
                if (number >= from && fault.hits(call)) {
                    throw fault.exception(path, call);
                }
            });
            try (var engine = start()) {
                var transfer = engine.add(
                        new Source.Torrent(metainfo),
                        disk.path("/downloads"),
                        Existing.KEEP_VERIFIED,
                        seeder.network.address());
                awaitAny(transfer, "failed", "seeding");
                if (transfer.status().state() instanceof TransferState.Failed failed) {
                    stopped.incrementAndGet();
                    assertThat(failed.trouble()).as(this + ": " + failed).isEqualTo(fault.trouble);
                    assertThat(failed.reason()).isNotBlank();
                    assertThat(failed.hint()).isNotBlank();
                } else {
                    unharmed.incrementAndGet();
                }
                disk.faults((call, path, number) -> {});
                awaitAny(transfer, "seeding");
                assertIntact();
                await(this + ": what was saved")
                        .atMost(PATIENCE)
                        .until(() -> Files.exists(state().resolve("resume"))
                                && new TransferFolder(state())
                                        .load().pieces().synced().stream()
                                                .anyMatch(pieces -> pieces.count()
                                                        == metainfo.info()
                                                                .layout()
                                                                .pieceCount()));
            }
            try (var again = start()) {
                awaitAny(again.engine.list().get(0), "seeding");
            }
        }

        void runWithAFullHome() throws Exception {
            disk.faults((call, path, number) -> {
                if (path.startsWith(disk.path("/home")) && fault.hits(call)) {
                    throw fault.exception(path, call);
                }
            });
            try (var engine = start()) {
                var transfer = engine.add(
                        new Source.Torrent(metainfo),
                        disk.path("/downloads"),
                        Existing.KEEP_VERIFIED,
                        seeder.network.address());
                awaitAny(transfer, "seeding");
                assertIntact();
                assertThat(engine.engine.unsaved())
                        .singleElement()
                        .asString()
                        .contains("/home/state", "cannot be saved", "No space left");
                disk.faults((call, path, number) -> {});
                await("the state is saved")
                        .atMost(PATIENCE)
                        .until(() -> engine.engine.unsaved().isEmpty());
            }
            try (var again = start()) {
                awaitAny(again.engine.list().get(0), "seeding");
            }
        }

        private TestEngine start() {
            var limits = new SwarmLimits(50, 8, 0, 4 << 20, 4 << 20);
            return new TestEngine(disk.path("/home/state"), RealFiles.storage(), limits);
        }

        private Path state() {
            return disk.path("/home/state", metainfo.info().hashes().hex());
        }

        private void awaitAny(Transfer transfer, String... words) {
            await(this + " to be " + String.join(" or ", words))
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .untilAsserted(
                            () -> assertThat(transfer.status().state().word()).isIn(List.of(words)));
        }

        private void assertIntact() throws IOException {
            for (int i = 0; i < FILES; i++) {
                var name = "stuff/" + i % 7 + "/file" + i;
                assertThat(Files.readAllBytes(disk.path("/downloads", name)))
                        .as(this + ": " + name)
                        .isEqualTo(Files.readAllBytes(folder.resolve("in").resolve(name)));
            }
        }

        @Override
        public String toString() {
            return fault + " from call " + from;
        }
    }
}
