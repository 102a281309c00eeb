package net.shoal.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.engine.disk.DiskPool;
import net.shoal.engine.testing.LoopbackNetwork;
import net.shoal.engine.testing.RealFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RehearsalTest {
    @TempDir
    Path folder;

    private final LoopbackNetwork network = new LoopbackNetwork();
    private final DiskPool disk = new DiskPool(2);

    @AfterEach
    void close() {
        disk.close();
        network.close();
    }

    private Rehearsal begin(StorageProvider storage, Consumer<Boolean> then) {
        return Rehearsal.begin(folder.resolve("rehearsal"), network, disk, storage, then);
    }

    @Test
    void movesContentAndLeavesNothing() throws Exception {
        Files.createDirectories(folder.resolve("rehearsal/of a node/that was killed"));
        var whole = new CompletableFuture<Boolean>();
        try (var rehearsal = begin(RealFiles.storage(), whole::complete)) {
            assertThat(whole.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(folder.resolve("rehearsal")).doesNotExist();
    }

    @Test
    void whatGoesWrongOnlyEndsIt() throws Exception {
        var whole = new CompletableFuture<Boolean>();
        Files.createFile(folder.resolve("no folder"));
        try (var rehearsal =
                Rehearsal.begin(folder.resolve("no folder/x"), network, disk, RealFiles.storage(), whole::complete)) {
            assertThat(whole.get(20, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void endsWhenItIsClosed() {
        var ends = new AtomicInteger();
        begin(RealFiles.storage(), whole -> ends.incrementAndGet()).close();
        assertThat(ends).as("it was not to go on").hasValue(0);
        assertThat(folder.resolve("rehearsal")).doesNotExist();
    }
}
