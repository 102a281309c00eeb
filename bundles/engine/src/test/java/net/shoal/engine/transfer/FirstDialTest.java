package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.testing.GatedStorage;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections are begun while the files are still being looked at. */
class FirstDialTest extends EnginesTest {
    private static final int LENGTH = 1_000_001;

    private final GatedStorage slow = new GatedStorage(RealFiles.storage());
    private TestEngine seeder;
    private TestEngine leecher;

    private Transfer get(Format format) throws IOException {
        seeder = engine("a");
        leecher = engine("b", slow);
        var metainfo = share(seeder, file("in/file.bin", LENGTH), format, 65_536);
        return leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
    }

    private static void awaitPeer(Transfer transfer) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        transfer.details().toCompletableFuture().get().peers().size() == 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void peersThatAUserNamedAreThereBeforeTheFilesAre(Format format) throws IOException {
        slow.opensAtOnce(false);
        var transfer = get(format);
        awaitPeer(transfer);
        assertThat(transfer.status().state().word()).isEqualTo("checking");
        slow.opensAtOnce(true);
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/file.bin")).hasSameBinaryContentAs(folder.resolve("in/file.bin"));
    }

    @Test
    void aPauseBeforeTheFilesAreOpenEndsWhatWasBegun() throws Exception {
        slow.opensAtOnce(false);
        var transfer = get(Format.V1);
        awaitPeer(transfer);
        transfer.change(new TransferChange.Pause()).toCompletableFuture().get();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> leecher.engine.list().get(0).status().peers() == 0);
        slow.opensAtOnce(true);
        transfer.change(new TransferChange.Resume()).toCompletableFuture().get();
        awaitState(transfer, "seeding");
    }
}
