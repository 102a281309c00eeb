package net.shoal.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

    private Rehearsal in(String name) {
        return new Rehearsal(folder.resolve(name), network, disk, RealFiles.storage());
    }

    @Test
    void movesContentAndLeavesNothing() throws Exception {
        Files.createDirectories(folder.resolve("rehearsal/of a node/that was killed"));
        assertThat(in("rehearsal").perform()).isTrue();
        assertThat(folder.resolve("rehearsal")).doesNotExist();
    }

    @Test
    void whatGoesWrongOnlyEndsIt() throws Exception {
        Files.createFile(folder.resolve("no folder"));
        assertThat(in("no folder/x").perform()).isFalse();
    }

    @Test
    void endsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();
        boolean whole = true;
        try {
            whole = in("rehearsal").perform();
        } catch (InterruptedException e) {
            whole = false;
        } finally {
            Thread.interrupted();
        }
        assertThat(whole).isFalse();
        assertThat(folder.resolve("rehearsal")).doesNotExist();
    }
}
