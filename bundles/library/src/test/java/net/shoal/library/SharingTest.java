package net.shoal.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareRequest;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.FileWalk;
import net.shoal.base.metainfo.MagnetLink.HostPort;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoCreator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SharingTest {
    private static final URI TRACKER = URI.create("http://127.0.0.1:7000/announce");
    private static final HostPort HERE = new HostPort("127.0.0.1", 6881);

    @TempDir
    Path folder;

    private final HashThreads threads = new HashThreads(2);
    private final Outcomes outcomes = new Outcomes();
    private final FakeEngine engine = new FakeEngine(outcomes);
    private List<URI> served = List.of();
    private final Sharing sharing = new Sharing(engine, outcomes, () -> served, () -> List.of(HERE), threads);

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("stuff/deep"));
        Files.writeString(folder.resolve("stuff/a"), "first");
        Files.writeString(folder.resolve("stuff/deep/b"), "second");
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.close();
    }

    private CompletableFuture<Share> share(String path, Optional<Metainfo> existing) {
        var request = new ShareRequest(folder.resolve(path), CreateOptions.DEFAULTS, existing, Visibility.LINK);
        return sharing.share(request, (hashed, total) -> {}).toCompletableFuture();
    }

    private Metainfo metainfo() throws Exception {
        return new MetainfoCreator(Runnable::run, 1)
                .create(FileWalk.list(folder.resolve("stuff")), CreateOptions.DEFAULTS, (hashed, total) -> {});
    }

    private static ThrowingCallable awaited(CompletableFuture<Share> share) {
        return () -> share.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aFolderIsHashedAndTrustedInPlace() throws Exception {
        var share = share("stuff", Optional.empty());
        engine.added().becomes(new TransferState.Seeding());
        assertThat(share.get().metainfo().info().hashes())
                .isEqualTo(metainfo().info().hashes());
        var request = engine.requests.get(0);
        assertThat(request.existing()).isEqualTo(Existing.TRUSTED);
        assertThat(request.location().root("any")).isEqualTo(folder.resolve("stuff"));
    }

    @Test
    void nothingIsSaidBeforeItIsServed() throws Exception {
        var share = share("stuff", Optional.empty());
        engine.added().becomes(new TransferState.Checking(0.5));
        assertThat(share).isNotDone();
        engine.added().becomes(new TransferState.Seeding());
        assertThat(share.get().transfer()).isSameAs(engine.added());
    }

    @Test
    void theLinkNamesWhereWeAreAndTheTrackerWeServe() throws Exception {
        served = List.of(TRACKER);
        engine.firstState = new TransferState.Seeding();
        var link = share("stuff", Optional.empty()).get().link();
        assertThat(link.peers()).containsExactly(HERE);
        assertThat(link.trackers()).containsExactly(TRACKER);
        assertThat(link.name()).contains("stuff");
        assertThat(link.hashes()).isEqualTo(metainfo().info().hashes());
    }

    @Test
    void trackersThatTheUserNamesAreNotAddedTo() throws Exception {
        served = List.of(TRACKER);
        engine.firstState = new TransferState.Seeding();
        var mine = URI.create("udp://tracker.example:80");
        var known = metainfo();
        var withTracker = new Metainfo(
                known.info(),
                List.of(List.of(mine)),
                known.webSeeds(),
                known.pieceLayers(),
                known.comment(),
                known.createdBy(),
                known.created());
        assertThat(share(".", Optional.of(withTracker)).get().link().trackers()).containsExactly(mine);
    }

    @Test
    void aMissingPathIsRefusedInWords() {
        assertThatThrownBy(awaited(share("nowhere", Optional.empty())))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no file or folder");
    }

    @Test
    void existingMetainfoIsVerifiedInTheFolderThatHoldsIt() throws Exception {
        var share = share(".", Optional.of(metainfo()));
        engine.added().becomes(new TransferState.Seeding());
        share.get();
        assertThat(engine.requests.get(0).existing()).isEqualTo(Existing.MUST_VERIFY);
        assertThat(engine.requests.get(0).location().root("stuff")).isEqualTo(folder.resolve("stuff"));
    }

    @Test
    void namingTheContentItselfIsUnderstood() throws Exception {
        var metainfo = metainfo();
        Files.move(folder.resolve("stuff"), folder.resolve("renamed"));
        var share = share("renamed", Optional.of(metainfo));
        engine.added().becomes(new TransferState.Seeding());
        share.get();
        assertThat(engine.requests.get(0).location().root("stuff")).isEqualTo(folder.resolve("renamed"));
    }

    @Test
    void contentThatDiffersIsNamedAndTheTransferRemoved() throws Exception {
        var share = share(".", Optional.of(metainfo()));
        var transfer = engine.added();
        transfer.files = List.of(
                new FileStatus(0, "stuff/a", folder.resolve("stuff/a"), 5, 0, FilePriority.NORMAL),
                new FileStatus(1, "stuff/deep/b", folder.resolve("stuff/deep/b"), 7, 0, FilePriority.NORMAL),
                new FileStatus(2, "stuff/c", folder.resolve("stuff/c"), 7, 0, FilePriority.NORMAL));
        transfer.becomes(
                new TransferState.Failed(StorageException.Trouble.IO_ERROR, "content differs", "", Instant.EPOCH));
        assertThatThrownBy(awaited(share))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "stuff/a has other content, stuff/deep/b has 6 bytes rather than 7, stuff/c is missing");
        assertThat(engine.transfers).isEmpty();
    }

    @Test
    void aShareThatFailsOtherwiseSaysWhyAndIsRemoved() throws Exception {
        var share = share("stuff", Optional.empty());
        engine.added()
                .becomes(new TransferState.Failed(
                        StorageException.Trouble.IO_ERROR, "the disk is away", "", Instant.EPOCH));
        assertThatThrownBy(awaited(share))
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("the disk is away");
        assertThat(engine.transfers).isEmpty();
    }

    @Test
    void sharingTheSameAgainGivesTheExistingTransfer() throws Exception {
        engine.firstState = new TransferState.Seeding();
        var first = share("stuff", Optional.empty()).get();
        var second = share("stuff", Optional.empty()).get();
        assertThat(second.transfer()).isSameAs(first.transfer());
        assertThat(engine.transfers).hasSize(1);
    }

    @Test
    void aPausedShareIsResumedBySharingItAgain() throws Exception {
        engine.firstState = new TransferState.Seeding();
        share("stuff", Optional.empty()).get();
        engine.added().becomes(new TransferState.Paused(TransferState.Paused.Why.USER));
        share("stuff", Optional.empty()).get();
        assertThat(engine.added().state).isInstanceOf(TransferState.Seeding.class);
    }

    @Test
    void aFailedShareIsMadeAnew() throws Exception {
        engine.firstState = new TransferState.Seeding();
        var first = share("stuff", Optional.empty()).get();
        engine.added()
                .becomes(new TransferState.Failed(StorageException.Trouble.IO_ERROR, "unplugged", "", Instant.EPOCH));
        var second = share("stuff", Optional.empty()).get();
        assertThat(second.transfer()).isNotSameAs(first.transfer());
        assertThat(engine.transfers).hasSize(1);
    }

    @Test
    void aShareThatFailedSinceItsFolderMovedIsServedFromWhereItIsNow() throws Exception {
        engine.firstState = new TransferState.Seeding();
        share("stuff", Optional.empty()).get();
        engine.added()
                .becomes(new TransferState.Failed(StorageException.Trouble.IO_ERROR, "it is gone", "", Instant.EPOCH));
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(folder.resolve("stuff"), folder.resolve("elsewhere/stuff"));
        share("elsewhere/stuff", Optional.empty()).get();
        assertThat(engine.transfers).hasSize(1);
        assertThat(engine.added().status().path()).isEqualTo(folder.resolve("elsewhere/stuff"));
    }

    @Test
    void contentThatIsBeingDownloadedCannotBeSharedYet() throws Exception {
        engine.firstState = new TransferState.Seeding();
        share("stuff", Optional.empty()).get();
        engine.added().becomes(new TransferState.Downloading());
        assertThatThrownBy(awaited(share("stuff", Optional.empty())))
                .hasMessageContaining("is a transfer already (downloading");
        assertThat(engine.transfers).hasSize(1);
    }

    @Test
    void cancellingEndsTheHashing() throws Exception {
        var hashing = new CountDownLatch(1);
        var forever = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var request =
                new ShareRequest(folder.resolve("stuff"), CreateOptions.DEFAULTS, Optional.empty(), Visibility.LINK);
        var share = sharing.share(request, (hashed, total) -> {
                    hashing.countDown();
                    try {
                        forever.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw new IllegalStateException(e);
                    }
                })
                .toCompletableFuture();
        hashing.await();
        share.cancel(true);
        threads.close();
        interrupted.await();
        assertThat(engine.transfers).isEmpty();
    }
}
