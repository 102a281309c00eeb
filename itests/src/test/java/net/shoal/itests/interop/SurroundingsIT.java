package net.shoal.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.FileTree;
import net.shoal.itests.distribution.Running;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two nodes in networks of their own, with a slow cable between: what becomes of a transfer when the surroundings fail for a while. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
class SurroundingsIT {
    private static final String SEED = "10.78.0.1";
    private static final String LEECHER = "10.78.0.2";
    private static final String TRACKER = SEED + ":6969";
    /** What they find of each other, the tracker tells them. */
    private static final String[] ALONE = {
        "--set", "net.shoal.discovery.lsd:enabled=false", "--set", "net.shoal.discovery.mdns:enabled=false"
    };

    private static final long RATE = 2 << 20;
    /** Seconds. By then TCP would wait for another 24 before it tries again by itself. */
    private static final long AWAY = 27;
    /** Seconds after its return in which a transfer has to go on; it takes 1 to 7. */
    private static final long SOON = 20;

    private final NetworkNamespace here = NetworkNamespace.create();
    private final NetworkNamespace there = NetworkNamespace.create();
    private Path folder;
    private ShoalClient tracker;
    private ShoalClient seed;
    private ShoalClient leecher;
    private Path content;
    private Path fetched;
    private CompletableFuture<Void> fetching;

    @BeforeEach
    void open() throws IOException {
        Programs.require("tc", "iproute2");
        NetworkNamespace.connect(here, SEED, there, LEECHER, RATE);
        folder = Files.createTempDirectory("shoal-surroundings");
        tracker = tracker();
        seed = seed();
        leecher = new ShoalClient(there, LEECHER, folder.resolve("leecher/home"), ALONE);
        content = Content.MEDIUM.write(Files.createDirectories(folder.resolve("content")), "content.bin");
        fetched = Files.createDirectories(folder.resolve("fetched"));
        var torrent = Torrents.madeByShoal(
                content,
                folder.resolve("content.torrent"),
                Content.MEDIUM.pieceBytes(),
                Format.V1,
                "http://" + TRACKER + "/announce");
        seed.seed(torrent, content.getParent()).join();
        fetching = leecher.get(torrent.toString(), fetched, Optional.empty());
        awaitProgress(2 << 20, 60);
    }

    private ShoalClient tracker() throws IOException {
        return new ShoalClient(
                here,
                SEED,
                6881,
                folder.resolve("tracker/home"),
                ALONE[0],
                ALONE[1],
                ALONE[2],
                ALONE[3],
                "--serve-tracker",
                TRACKER);
    }

    private ShoalClient seed() throws IOException {
        return new ShoalClient(here, SEED, 6882, folder.resolve("seed/home"), ALONE);
    }

    @AfterEach
    void close() throws IOException {
        for (var client : new ShoalClient[] {leecher, seed, tracker}) {
            if (client != null) {
                client.close();
            }
        }
        here.close();
        there.close();
        if (folder != null) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void theInterfaceOfTheLeecherGoesAndComesBack() throws IOException {
        there.unplug(LEECHER);
        rest(AWAY);
        there.plugIn(LEECHER);
        goesOn();
        completes();
    }

    @Test
    void theInterfaceOfTheSeedGoesAndComesBack() throws IOException {
        here.unplug(SEED);
        rest(AWAY);
        here.plugIn(SEED);
        goesOn();
        completes();
    }

    @Test
    void theTrackerAndAllPeersGoAndComeBack() throws IOException {
        tracker.close();
        seed.close();
        rest(20);
        seed = seed();
        goesOn();
        assertThat(fetching).isNotDone();
        tracker = tracker();
        completes();
    }

    /** How long it stays away is what is tested. */
    private static void rest(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void goesOn() {
        long before = done();
        awaitProgress(before + 1, SOON);
    }

    private void completes() throws IOException {
        try {
            fetching.get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("not complete: " + e + logs(), e);
        }
        assertThat(FileTree.of(fetched.resolve(content.getFileName()))).isEqualTo(FileTree.of(content));
    }

    private void awaitProgress(long bytes, long seconds) {
        try {
            Running.await(bytes + " bytes", seconds, () -> done() >= bytes);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + logs(), e);
        }
    }

    private long done() {
        try {
            return leecher.results("ls").stream()
                    .mapToLong(row -> row.path("done").asLong())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logs() {
        return "\nleecher:\n" + leecher.log() + "\nseed:\n" + seed.log();
    }
}
