package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.engine.queue.QueueLimits;
import net.shoal.engine.testing.GatedStorage;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.Samples;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;

/** What a user makes of transfers, with real files and peers. */
class ManagingTest extends EnginesTest {
    private static final int PIECE = 16_384;

    private static void change(Transfer transfer, TransferChange change) throws Exception {
        transfer.change(change).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static void refused(Transfer transfer, TransferChange change, String words) {
        assertThatThrownBy(() -> change(transfer, change)).hasMessageContaining(words);
    }

    private static TransferDetails details(Transfer transfer) throws Exception {
        return transfer.details().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Two files of ten pieces. */
    private Metainfo twoFiles(TestEngine seeder) throws IOException {
        file("in/stuff/one", 10 * PIECE);
        file("in/stuff/two", 10 * PIECE);
        return share(seeder, folder.resolve("in/stuff"), Format.V1, PIECE);
    }

    private void assertArrived(String place) {
        for (var name : List.of("one", "two")) {
            assertThat(folder.resolve(place).resolve(name)).hasSameBinaryContentAs(folder.resolve("in/stuff/" + name));
        }
    }

    // ---- what is wanted

    @Test
    void selectingMoreAfterCompletionDownloadsAgainAndDeselectingCompletes() throws Exception {
        var seeder = engine("a");
        var metainfo = twoFiles(seeder);
        var transfer = engine("b").add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED);
        awaitState(transfer, "downloading");
        change(transfer, new TransferChange.Prioritise(Map.of(1, FilePriority.SKIP)));
        change(transfer, new TransferChange.AddPeers(List.of(seeder.network.address())));
        awaitState(transfer, "seeding");
        assertThat(transfer.status().done())
                .isEqualTo(10 * PIECE)
                .isEqualTo(transfer.status().wanted());
        assertThat(transfer.status().completed()).isPresent();
        stop(seeder);
        change(transfer, new TransferChange.Prioritise(Map.of(1, FilePriority.HIGH)));
        assertThat(transfer.status().state().word()).isEqualTo("downloading");
        assertThat(transfer.status().completed()).isEmpty();
        assertThat(details(transfer).files().get(1).priority()).isEqualTo(FilePriority.HIGH);
        change(transfer, new TransferChange.Prioritise(Map.of(1, FilePriority.SKIP)));
        awaitState(transfer, "seeding");
        var again = engine("c");
        share(again, folder.resolve("in/stuff"), Format.V1, PIECE);
        change(transfer, new TransferChange.Prioritise(Map.of(1, FilePriority.LOW)));
        change(transfer, new TransferChange.AddPeers(List.of(again.network.address())));
        awaitState(transfer, "seeding");
        assertArrived("out/stuff");
    }

    @Test
    void whatIsPausedTellsHowFarItGot() throws Exception {
        var seeder = engine("a");
        var metainfo = twoFiles(seeder);
        var leecher = engine("b");
        var transfer = leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED);
        change(transfer, new TransferChange.Prioritise(Map.of(1, FilePriority.SKIP)));
        change(transfer, new TransferChange.AddPeers(List.of(seeder.network.address())));
        awaitState(transfer, "seeding");
        change(transfer, new TransferChange.Pause());
        stop(leecher);
        var restored = engine("b").engine.list().get(0);
        assertThat(restored.status().state()).isEqualTo(new TransferState.Paused(TransferState.Paused.Why.USER));
        assertThat(restored.status().done()).isEqualTo(10 * PIECE);
        change(restored, new TransferChange.Prioritise(Map.of(1, FilePriority.NORMAL)));
        assertThat(restored.status().wanted()).isEqualTo(20 * PIECE);
        assertThat(restored.status().done()).isEqualTo(10 * PIECE);
        assertThat(details(restored).files().get(0).done()).isEqualTo(10 * PIECE);
        assertThat(details(restored).files().get(1).done()).isZero();
    }

    // ---- the queue

    @Test
    void ofSeveralChangesAllAreMadeOrNone() throws Exception {
        var metainfo = twoFiles(engine("a"));
        var transfer = engine("b").add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED);
        awaitState(transfer, "downloading");
        var before = details(transfer).options();
        var good = new TransferChange.Sequential(true);
        var web = List.of(java.net.URI.create("ftp://127.0.0.1/stuff"));
        refused(
                transfer,
                new TransferChange.Together(List.of(good, new TransferChange.AddWebSeeds(web))),
                "is no web seed");
        var noFile = new TransferChange.Prioritise(Map.of(2, FilePriority.HIGH));
        refused(transfer, new TransferChange.Together(List.of(good, noFile)), "no file 2");
        var move = new TransferChange.Move(dir("elsewhere"));
        refused(transfer, new TransferChange.Together(List.of(good, move)), "ask for that alone");
        assertThat(details(transfer).options()).isEqualTo(before);

        var file = new TransferChange.Prioritise(Map.of(1, FilePriority.SKIP));
        change(transfer, new TransferChange.Together(List.of(good, file)));
        assertThat(details(transfer).options().sequential()).isTrue();
        assertThat(details(transfer).files().get(1).wanted()).isFalse();
    }

    private static void limit(TestEngine engine, int downloads) {
        engine.set(new TransferSettings(new QueueLimits(downloads, 0, 0), 0, Duration.ZERO));
    }

    private Transfer download(TestEngine engine, String name) throws IOException {
        var metainfo = Samples.metainfo(file("in/" + name, PIECE), Format.V1, PIECE);
        return engine.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED);
    }

    @Test
    void theQueueKeepsItsOrderAcrossRestartsAndWhoWaitsHoldsNothing() throws Exception {
        var engine = engine("a");
        limit(engine, 1);
        var first = download(engine, "first");
        var second = download(engine, "second");
        var third = download(engine, "third");
        awaitState(first, "downloading");
        awaitState(second, "queued");
        await().untilAsserted(() -> assertThat(engine.engine.infoHashes())
                .as("swarms that can be joined")
                .hasSize(1));
        change(third, new TransferChange.Queue(TransferChange.Queue.Place.TOP));
        awaitState(third, "downloading");
        awaitState(first, "queued");
        assertThat(details(third).options().queuePosition()).isZero();
        stop(engine);
        var again = engine("a");
        assertThat(again.engine.list().stream()
                        .map(transfer -> transfer.status().name()))
                .containsExactly("third", "first", "second");
    }

    @Test
    void whatIsForcedNeedNotWait() throws Exception {
        var engine = engine("a");
        limit(engine, 1);
        var first = download(engine, "first");
        var second = download(engine, "second");
        awaitState(first, "downloading");
        change(second, new TransferChange.Force(true));
        awaitState(second, "downloading");
        assertThat(first.status().state().word()).isEqualTo("downloading");
        change(second, new TransferChange.Force(false));
        awaitState(second, "queued");
        limit(engine, 2);
        awaitState(second, "downloading");
    }

    @Test
    void whatIsAddedPausedWaitsToBeResumed() throws Exception {
        var engine = engine("a");
        var metainfo = Samples.metainfo(file("in/file", PIECE), Format.V1, PIECE);
        var transfer = engine.engine.add(new net.shoal.api.transfer.AddRequest(
                new Source.Torrent(metainfo),
                net.shoal.api.transfer.ContentLocation.in(dir("out")),
                Existing.KEEP_VERIFIED,
                net.shoal.api.transfer.Visibility.LINK,
                List.of(),
                false,
                List.of(),
                Optional.empty(),
                AddRequest.Begin.WHEN_RESUMED));
        assertThat(transfer.status().state().word()).isEqualTo("paused");
        change(transfer, new TransferChange.Resume());
        awaitState(transfer, "downloading");
    }

    // ---- how long it seeds

    @Test
    void aRatioThatIsReachedEndsSeedingUntilItIsResumed() throws Exception {
        var seeder = engine("a");
        share(seeder, file("in/file", PIECE), Format.V1, PIECE);
        var shared = seeder.engine.list().get(0);
        var limits = new TransferLimits(0, 0, 0, OptionalDouble.of(0), Optional.empty());
        change(shared, new TransferChange.Limit(limits));
        awaitState(shared, "paused");
        assertThat(shared.status().state()).isEqualTo(new TransferState.Paused(TransferState.Paused.Why.RATIO));
        change(shared, new TransferChange.Resume());
        awaitState(shared, "seeding");
        await().during(Duration.ofMillis(2500))
                .atMost(Duration.ofSeconds(30))
                .until(() -> shared.status().state().word().equals("seeding"));
        change(shared, new TransferChange.Limit(limits));
        awaitState(shared, "paused");
    }

    // ---- where it lies

    private Transfer downloaded(TestEngine engine) throws IOException {
        var seeder = engine("seeder");
        var metainfo = twoFiles(seeder);
        var transfer =
                engine.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        return transfer;
    }

    @Test
    void filesGoAlongAndAreNotHashedAgain() throws Exception {
        var storage = new GatedStorage(RealFiles.storage());
        var engine = engine("b", storage);
        var transfer = downloaded(engine);
        storage.reads(false);
        change(transfer, new TransferChange.Move(folder.resolve("far/away")));
        awaitState(transfer, "seeding");
        assertArrived("far/away/stuff");
        assertThat(folder.resolve("out")).isEmptyDirectory();
        assertThat(transfer.status().path()).isEqualTo(folder.resolve("far/away/stuff"));
        storage.reads(true);
    }

    @Test
    void aMoveThatIsBrokenOffGoesOnInTheNextRun() throws Exception {
        var storage = new GatedStorage(RealFiles.storage());
        var engine = engine("b", storage);
        var transfer = downloaded(engine);
        storage.moves(false);
        change(transfer, new TransferChange.Move(folder.resolve("away")));
        awaitState(transfer, "moving");
        stop(engine);
        assertArrived("out/stuff");
        var again = engine("b").engine.list().get(0);
        awaitState(again, "seeding");
        assertArrived("away/stuff");
    }

    @Test
    void aDiskThatIsFullIsToldAndTheMoveGoesOnOrIsTakenBack() throws Exception {
        var storage = new GatedStorage(RealFiles.storage());
        var transfer = downloaded(engine("b", storage));
        storage.failMoves("the disk is full");
        change(transfer, new TransferChange.Move(folder.resolve("away")));
        awaitState(transfer, "failed");
        assertThat(((TransferState.Failed) transfer.status().state()).trouble()).isEqualTo(Trouble.DISK_FULL);
        storage.failMoves("");
        awaitState(transfer, "seeding");
        assertArrived("away/stuff");
        storage.failMoves("the disk is full");
        change(transfer, new TransferChange.Move(folder.resolve("nowhere")));
        awaitState(transfer, "failed");
        storage.failMoves("");
        change(transfer, new TransferChange.Move(folder.resolve("away")));
        awaitState(transfer, "seeding");
        assertArrived("away/stuff");
    }

    @Test
    void whatLiesInTheWayIsToldAndNothingChanges() throws Exception {
        var transfer = downloaded(engine("b"));
        var stranger = file("taken/stuff/two", 5);
        refused(transfer, new TransferChange.Move(folder.resolve("taken")), "exists already");
        refused(transfer, new TransferChange.Move(Path.of("relative")), "no absolute path");
        refused(transfer, new TransferChange.Move(stranger), "not a folder");
        assertThat(stranger).hasSize(5);
        assertThat(transfer.status().state().word()).isEqualTo("seeding");
        assertArrived("out/stuff");
    }

    @Test
    void removingWhatIsOnItsWayLeavesNothing() throws Exception {
        var storage = new GatedStorage(RealFiles.storage());
        var engine = engine("b", storage);
        var transfer = downloaded(engine);
        storage.moves(false);
        change(transfer, new TransferChange.Move(folder.resolve("away")));
        engine.engine.remove(transfer, true).toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(folder.resolve("out")).isEmptyDirectory();
        assertThat(folder.resolve("away/stuff")).doesNotExist();
    }

    @Test
    void filesFoldersAndTheRootAreRenamedOnDiskAlone() throws Exception {
        var seeder = engine("a");
        file("in/stuff/deep/one", PIECE);
        file("in/stuff/two", PIECE);
        var metainfo = share(seeder, folder.resolve("in/stuff"), Format.V1, PIECE);
        var leecher = engine("b");
        var transfer =
                leecher.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
        awaitState(transfer, "seeding");
        change(transfer, new TransferChange.Rename("deep/one", "eins"));
        change(transfer, new TransferChange.Rename("deep", "tief"));
        change(transfer, new TransferChange.Rename("", "sachen"));
        awaitState(transfer, "seeding");
        assertThat(folder.resolve("out/sachen/tief/eins")).hasSameBinaryContentAs(folder.resolve("in/stuff/deep/one"));
        assertThat(folder.resolve("out/stuff")).doesNotExist();
        assertThat(details(transfer).files().get(0).path()).isEqualTo("deep/one");
        refused(transfer, new TransferChange.Rename("two", "tief"), "exists already");
        refused(transfer, new TransferChange.Rename("two", "a/b"), "no name");
        refused(transfer, new TransferChange.Rename("two", "x".repeat(300)), "no name that this file system can hold");
        refused(transfer, new TransferChange.Rename("three", "x"), "no file or folder 'three'");
        change(transfer, new TransferChange.Rename("deep", "deep"));
        awaitState(transfer, "seeding");
        stop(leecher);
        var again = engine("b").engine.list().get(0);
        awaitState(again, "seeding");
        assertThat(details(again).files().get(0).onDisk()).isEqualTo(folder.resolve("out/sachen/deep/eins"));
    }

    @Test
    void whatIsSharedInPlaceIsOnlyLookedFor() throws Exception {
        var seeder = engine("a");
        twoFiles(seeder);
        var shared = seeder.engine.list().get(0);
        refused(shared, new TransferChange.Move(folder.resolve("elsewhere")), "is not there");
        assertThat(shared.status().state().word()).isEqualTo("seeding");
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(folder.resolve("in/stuff"), folder.resolve("elsewhere/stuff"));
        change(shared, new TransferChange.Move(folder.resolve("elsewhere")));
        awaitState(shared, "seeding");
        assertThat(shared.status().path()).isEqualTo(folder.resolve("elsewhere/stuff"));
    }

    // ---- state of other versions

    @Test
    void stateThatCannotBeReadIsNotWrittenOver() throws Exception {
        var engine = engine("a");
        var metainfo = Samples.metainfo(file("in/file", PIECE), Format.V1, PIECE);
        stop(engine);
        var state = dir("a/" + metainfo.info().hashes().hex());
        Files.writeString(state.resolve("resume"), "d7:versioni99ee");
        var again = engine("a");
        assertThat(again.engine.leftOut()).hasSize(1).allSatisfy((hex, why) -> assertThat(why)
                .contains("newer Shoal"));
        assertThatThrownBy(() -> again.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not written over");
        assertThat(state.resolve("resume")).hasContent("d7:versioni99ee");
    }
}
