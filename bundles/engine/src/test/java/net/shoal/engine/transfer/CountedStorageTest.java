package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageException;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.Info;
import net.shoal.engine.testing.MemoryStorage;
import net.shoal.engine.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedStorageTest {
    private static final long SECONDS = 60;

    @TempDir
    Path folder;

    private final CountedStorage storage = new CountedStorage(new MemoryStorage());

    private PieceStore open() throws Exception {
        return storage.open(info(), ContentLocation.in(folder), false);
    }

    private Info info() throws Exception {
        var content = Files.write(folder.resolve("content"), Samples.random(1, 1));
        return Samples.metainfo(content, CreateOptions.Format.V1, 1 << 14).info();
    }

    @Test
    void whatIsOpenIsInUseUntilItIsClosed() throws Exception {
        var store = open();
        assertThat(storage.retire(0)).isFalse();
        store.close();
        assertThat(storage.retire(0)).isTrue();
    }

    @Test
    void isClosedOnceHoweverOftenItIsAsked() throws Exception {
        var one = open();
        var other = open();
        one.close();
        one.close();
        assertThat(storage.retire(0)).isFalse();
        other.close();
        assertThat(storage.retire(0)).isTrue();
    }

    @Test
    void whoeverTakesItAwayWaitsForThoseWhoUseIt() throws Exception {
        var store = open();
        var retired = new CompletableFuture<Boolean>();
        var waiting = new Thread(() -> {
            try {
                retired.complete(storage.retire(TimeUnit.SECONDS.toMillis(SECONDS)));
            } catch (InterruptedException e) {
                retired.completeExceptionally(e);
            }
        });
        waiting.start();
        store.close();
        assertThat(retired.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        waiting.join();
    }

    @Test
    void nobodyBeginsToUseWhatIsGone() throws Exception {
        assertThat(storage.retire(0)).isTrue();
        assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("no storage named");
        assertThat(storage.retire(0)).isTrue();
    }
}
