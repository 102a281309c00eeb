package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.Obstacle;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.engine.queue.QueueLimits;
import net.shoal.engine.testing.GatedStorage;
import net.shoal.engine.testing.RealFiles;
import net.shoal.engine.testing.Samples;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;

/** Why a transfer does nothing at all; what makes one slow is shown in simulation. */
class StandingStillTest extends EnginesTest {
    private static final int PIECE = 16_384;

    private static List<Obstacle> obstacles(Transfer transfer) throws Exception {
        return transfer.details()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .obstacles();
    }

    private static void change(Transfer transfer, TransferChange change) throws Exception {
        transfer.change(change).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Transfer download(TestEngine engine, String name) throws Exception {
        var metainfo = Samples.metainfo(file("in/" + name, PIECE), Format.V1, PIECE);
        return engine.add(new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED);
    }

    @Test
    void itIsPaused() throws Exception {
        var transfer = download(engine("a"), "one");
        awaitState(transfer, "downloading");
        change(transfer, new TransferChange.Pause());
        awaitState(transfer, "paused");
        assertThat(obstacles(transfer)).containsExactly(new Obstacle.Paused(TransferState.Paused.Why.USER));
        change(transfer, new TransferChange.Resume());
        awaitState(transfer, "downloading");
        assertThat(obstacles(transfer)).containsExactly(new Obstacle.NoPeers());
    }

    @Test
    void othersAreBeforeIt() throws Exception {
        var engine = engine("a");
        engine.set(new TransferSettings(new QueueLimits(1, 0, 0), 0, Duration.ZERO));
        var first = download(engine, "one");
        var second = download(engine, "two");
        awaitState(first, "downloading");
        awaitState(second, "queued");
        assertThat(obstacles(second)).containsExactly(new Obstacle.Queued(1));
        change(second, new TransferChange.Force(true));
        awaitState(second, "downloading");
        assertThat(obstacles(second)).containsExactly(new Obstacle.NoPeers());
    }

    @Test
    void itHasFailed() throws Exception {
        var storage = new GatedStorage(RealFiles.storage());
        var engine = engine("a", storage);
        var share = file("in/one", PIECE);
        var transfer =
                engine.add(new Source.Torrent(Samples.metainfo(share, Format.V1, PIECE)), dir("in"), Existing.TRUSTED);
        awaitState(transfer, "seeding");
        assertThat(obstacles(transfer)).isEmpty();
        var moved = download(engine("b", storage), "two");
        awaitState(moved, "downloading");
        storage.failMoves("the disk is full");
        change(moved, new TransferChange.Move(folder.resolve("away")));
        awaitState(moved, "failed");
        assertThat(obstacles(moved)).singleElement().satisfies(obstacle -> assertThat(
                        ((Obstacle.Failed) obstacle).trouble())
                .isEqualTo(Trouble.DISK_FULL));
        storage.failMoves("");
        awaitState(moved, "downloading");
        assertThat(obstacles(moved)).containsExactly(new Obstacle.NoPeers());
    }
}
