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
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two torrents of a node share a file of 20 MiB. */
class SameFileTest extends EnginesTest {
    private static final int SHARED = 20 << 20;
    private static final int PIECE = 256 << 10;

    private TestEngine seeder;
    private TestEngine leecher;
    private Metainfo one;
    private Metainfo other;

    private void content(Format format) throws IOException {
        seeder = engine("seeder");
        leecher = engine("leecher");
        var same = file("one/shared.bin", SHARED);
        file("one/zzz of one", 300_000);
        Files.createDirectories(folder.resolve("other/deep"));
        Files.copy(same, folder.resolve("other/deep/shared.bin"));
        file("other/zzz of other", 400_000);
        one = share(seeder, folder.resolve("one"), format, PIECE);
        other = share(seeder, folder.resolve("other"), format, PIECE);
    }

    private Transfer get(Metainfo metainfo, String into) throws IOException {
        return leecher.add(new Source.Torrent(metainfo), dir(into), Existing.KEEP_VERIFIED, seeder.network.address());
    }

    private void assertArrived(Path root, String into) {
        var name = root.getFileName().toString();
        var file = name.equals("one") ? "shared.bin" : "deep/shared.bin";
        assertThat(folder.resolve(into).resolve(name).resolve(file)).hasSameBinaryContentAs(root.resolve(file));
        assertThat(folder.resolve(into).resolve(name).resolve("zzz of " + name))
                .hasSameBinaryContentAs(root.resolve("zzz of " + name));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"V1", "V2", "HYBRID"})
    void whatTheNodeHasIsCopied(Format format) throws Exception {
        content(format);
        awaitState(get(one, "out"), "seeding");
        var second = get(other, "out2");
        awaitState(second, "seeding");
        assertArrived(folder.resolve("one"), "out");
        assertArrived(folder.resolve("other"), "out2");
        assertThat(second.status().downloaded()).as("over the network").isLessThan(400_000 + 2 * PIECE);
        assertThat(second.details().toCompletableFuture().get().discovery())
                .filteredOn(status -> status.discovery().equals("this node"))
                .extracting(DiscoveryStatus::source, DiscoveryStatus::message)
                .singleElement()
                .asString()
                .matches("\\(\"one\", \"(19\\.8|20\\.0) MiB copied\"\\)");
    }

    @Test
    void whatBothWantIsFetchedOnce() throws Exception {
        content(Format.V2);
        var first = get(one, "out");
        var second = get(other, "out2");
        awaitState(first, "seeding");
        awaitState(second, "seeding");
        assertArrived(folder.resolve("one"), "out");
        assertArrived(folder.resolve("other"), "out2");
        assertThat(first.status().downloaded() + second.status().downloaded())
                .as("over the network")
                .isLessThan(SHARED + 700_000 + 8 * PIECE);
    }

    @Test
    void whenTheFirstIsPausedTheSecondFetchesItself() throws Exception {
        content(Format.HYBRID);
        var first = get(one, "out");
        var slow = new TransferLimits(1 << 20, 0, 0, TransferLimits.NONE.ratio(), TransferLimits.NONE.idle());
        first.change(new TransferChange.Limit(slow)).toCompletableFuture().get();
        var second = get(other, "out2");
        await().atMost(Duration.ofSeconds(60)).until(() -> first.status().done() > 2 << 20);
        assertThat(second.status().downloaded()).isLessThan(4 << 20);
        first.change(new TransferChange.Pause()).toCompletableFuture().get();
        awaitState(second, "seeding");
        assertArrived(folder.resolve("other"), "out2");
        assertThat(second.status().downloaded()).isGreaterThan(8 << 20);
    }

    @Test
    void whatIsSharedInPlaceIsCopiedToo() throws Exception {
        content(Format.V2);
        awaitState(leecher.add(new Source.Torrent(one), folder, Existing.TRUSTED), "seeding");
        var second = get(other, "out2");
        awaitState(second, "seeding");
        assertArrived(folder.resolve("other"), "out2");
        assertThat(second.status().downloaded()).isLessThan(400_000 + 2 * PIECE);
    }

    @Test
    void whoIsRemovedLendsNothingAnyMore() throws Exception {
        content(Format.V2);
        var first = get(one, "out");
        awaitState(first, "seeding");
        leecher.engine.remove(first, true).toCompletableFuture().get();
        var second = get(other, "out2");
        awaitState(second, "seeding");
        assertArrived(folder.resolve("other"), "out2");
        assertThat(second.status().downloaded()).isGreaterThanOrEqualTo(SHARED);
    }
}
