package net.shoal.engine.transfer;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.api.transfer.Transfer;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.engine.limits.SwarmLimits;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.Samples;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Engines with real sockets and real files; each test makes those it needs. */
abstract class EnginesTest {
    static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final List<TestEngine> engines = new ArrayList<>();

    @AfterEach
    void stop() {
        engines.forEach(TestEngine::close);
    }

    TestEngine engine(String state) {
        return engine(state, RealFiles.storage());
    }

    TestEngine engine(String state, StorageProvider storage) {
        var engine = new TestEngine(folder.resolve(state), storage);
        engines.add(engine);
        return engine;
    }

    /** @param writeCache bytes */
    TestEngine engine(String state, StorageProvider storage, long writeCache) {
        var limits = new SwarmLimits(50, 8, 0, writeCache, 8 << 20);
        var engine = new TestEngine(folder.resolve(state), storage, limits);
        engines.add(engine);
        return engine;
    }

    TestEngine engine(String state, Clock clock) {
        var engine = new TestEngine(
                folder.resolve(state), RealFiles.storage(), SwarmLimits.DEFAULTS, SyncRule.DEFAULT, clock);
        return keep(engine);
    }

    /** It is closed in the end. */
    TestEngine keep(TestEngine engine) {
        engines.add(engine);
        return engine;
    }

    void stop(TestEngine engine) {
        engines.remove(engine);
        engine.close();
    }

    Path dir(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    Path file(String name, int size) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, Samples.random(size, name.hashCode()));
    }

    static Metainfo share(TestEngine engine, Path root, Format format, int pieceLength) {
        var metainfo = Samples.metainfo(root, format, pieceLength);
        awaitState(engine.add(new Source.Torrent(metainfo), root.getParent(), Existing.TRUSTED), "seeding");
        return metainfo;
    }

    static void awaitState(Transfer transfer, String word) {
        await("state " + word)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> transfer.status().state().word().equals(word));
    }

    static void awaitDone(Transfer transfer, long bytes) {
        await(bytes + " bytes")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> transfer.status().done() == bytes);
    }
}
