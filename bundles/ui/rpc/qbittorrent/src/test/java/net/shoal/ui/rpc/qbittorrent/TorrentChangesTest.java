package net.shoal.ui.rpc.qbittorrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferChange.Queue.Place;
import net.shoal.api.transfer.TransferLimits;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentChangesTest {
    @TempDir
    Path folder;

    private FakeNode node;
    private FakeTransfer alpha;
    private FakeTransfer beta;

    @BeforeEach
    void begin() throws Exception {
        node = new FakeNode(folder);
        alpha = node.engine.with(FakeTransfer.of('a', "alpha").files("one", "extras/two"));
        beta = node.engine.with(FakeTransfer.of('b', "beta").seeding());
    }

    private static void refused(int status, ThrowingCallable asked) {
        assertThatThrownBy(asked).isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status())
                .isEqualTo(status));
    }

    @Test
    void pausesAndResumesThoseThatAreNamedOrAll() throws Exception {
        node.ask("torrents/pause", "hashes", alpha.id());
        node.ask("torrents/stop", "hashes", "all");
        node.ask("torrents/start", "hashes", beta.id() + "|" + "0".repeat(40));
        assertThat(alpha.changes)
                .hasOnlyElementsOfType(TransferChange.Pause.class)
                .hasSize(2);
        assertThat(beta.changes).containsExactly(new TransferChange.Pause(), new TransferChange.Resume());
        refused(400, () -> node.ask("torrents/pause"));
    }

    @Test
    void forcesAndLetsGoOn() throws Exception {
        node.ask("torrents/setForceStart", "hashes", alpha.id(), "value", "true");
        assertThat(alpha.changes).containsExactly(new TransferChange.Force(true), new TransferChange.Resume());
        refused(400, () -> node.ask("torrents/setForceStart", "hashes", alpha.id()));
    }

    @Test
    void keepsTheOrderOfSeveralThatGoToTheTop() throws Exception {
        node.ask("torrents/topPrio", "hashes", "all");
        assertThat(alpha.changes).containsExactly(new TransferChange.Queue(Place.TOP));
        assertThat(beta.changes).containsExactly(new TransferChange.Queue(Place.TOP));
        node.ask("torrents/decreasePrio", "hashes", alpha.id());
        assertThat(alpha.changes).endsWith(new TransferChange.Queue(Place.DOWN));
    }

    @Test
    void givesFilesPrioritiesByTheNumbersThatProgramsKnow() throws Exception {
        refused(409, () -> node.ask("torrents/filePrio", "hash", alpha.id(), "id", "1", "priority", "0"));
        refused(400, () -> node.ask("torrents/filePrio", "hash", alpha.id(), "id", "1", "priority", "3"));
        assertThat(TorrentFiles.priority(7)).contains(FilePriority.HIGH);
        assertThat(TorrentFiles.priority(FilePriority.SKIP)).isZero();
    }

    @Test
    void sharesAsLongAsAProgramSays() throws Exception {
        beta.limits = new TransferLimits(1, 2, 3, OptionalDouble.empty(), Optional.of(Duration.ofHours(1)));
        node.ask("torrents/setShareLimits", "hashes", beta.id(), "ratioLimit", "1.5", "seedingTimeLimit", "-2");
        assertThat(beta.limits)
                .isEqualTo(new TransferLimits(1, 2, 3, OptionalDouble.of(1.5), Optional.of(Duration.ofHours(1))));
        node.ask(
                "torrents/setShareLimits",
                "hashes",
                beta.id(),
                "ratioLimit",
                "-1",
                "seedingTimeLimit",
                "90",
                "inactiveSeedingTimeLimit",
                "-2");
        assertThat(beta.limits)
                .isEqualTo(new TransferLimits(1, 2, 3, OptionalDouble.of(Double.POSITIVE_INFINITY), Optional.empty()));
        assertThat(node.rows("torrents/info", "hashes", beta.id()).get(0))
                .containsEntry("ratio_limit", -1.0)
                .containsEntry("seeding_time_limit", 90L)
                .containsEntry("max_seeding_time", 90L);
    }

    @Test
    void limitsRates() throws Exception {
        node.ask("torrents/setDownloadLimit", "hashes", alpha.id(), "limit", "5000");
        node.ask("torrents/setUploadLimit", "hashes", alpha.id(), "limit", "-1");
        assertThat(node.object("torrents/downloadLimit", "hashes", alpha.id())).isEqualTo(Map.of(alpha.id(), 5_000L));
        assertThat(node.object("torrents/uploadLimit", "hashes", alpha.id())).isEqualTo(Map.of(alpha.id(), -1L));
    }

    @Test
    void turnsOrdersOver() throws Exception {
        alpha.sequential = true;
        node.ask("torrents/toggleSequentialDownload", "hashes", alpha.id());
        node.ask("torrents/toggleFirstLastPiecePrio", "hashes", alpha.id());
        assertThat(alpha.changes)
                .containsExactly(new TransferChange.Sequential(false), new TransferChange.FirstAndLast(true));
    }

    @Test
    void renamesWhatLiesOnDiskButMovesNothingByThat() throws Exception {
        node.ask("torrents/renameFile", "hash", alpha.id(), "oldPath", "alpha/extras/two", "newPath", "alpha/extras/2");
        node.ask("torrents/renameFolder", "hash", alpha.id(), "oldPath", "alpha/extras", "newPath", "alpha/more");
        node.ask("torrents/renameFolder", "hash", alpha.id(), "oldPath", "alpha", "newPath", "omega");
        assertThat(alpha.changes)
                .containsExactly(
                        new TransferChange.Rename("extras/two", "2"),
                        new TransferChange.Rename("extras", "more"),
                        new TransferChange.Rename("", "omega"));
        refused(
                409,
                () -> node.ask(
                        "torrents/renameFile", "hash", alpha.id(), "oldPath", "alpha/one", "newPath", "other/one"));
        refused(
                409,
                () -> node.ask("torrents/renameFile", "hash", alpha.id(), "oldPath", "nothing", "newPath", "more"));
    }

    @Test
    void callsATorrentAsProgramsWish() throws Exception {
        node.ask("torrents/rename", "hash", alpha.id(), "name", " The first\none ");
        assertThat(node.column("name", "torrents/info", "hashes", alpha.id())).containsExactly("The first one");
        refused(409, () -> node.ask("torrents/rename", "hash", alpha.id(), "name", " "));
    }

    @Test
    void addsPeersThatAreAddresses() throws Exception {
        assertThat(node.object("torrents/addPeers", "hashes", alpha.id(), "peers", "127.0.0.1:80|nonsense"))
                .isEqualTo(Map.of(alpha.id(), Map.of("added", 1L, "failed", 1L)));
        refused(400, () -> node.ask("torrents/addPeers", "hashes", alpha.id(), "peers", "nonsense"));
    }

    @Test
    void removesWithItsLabelAndWithFilesWhereAsked() throws Exception {
        node.ask("torrents/addTags", "hashes", "all", "tags", "kept");
        node.ask("torrents/delete", "hashes", alpha.id());
        node.ask("torrents/delete", "hashes", beta.id(), "deleteFiles", "True");
        assertThat(node.engine.removed).containsEntry(alpha, false).containsEntry(beta, true);
        assertThat(node.labels.book().labels()).isEmpty();
        assertThat(node.ask("torrents/tags")).isEqualTo("[\"kept\"]");
    }

    @Test
    void movesBelowTheFolderOfDownloads() throws Exception {
        node.ask("torrents/setLocation", "hashes", alpha.id(), "location", "tv");
        node.ask("torrents/setSavePath", "id", alpha.id(), "path", "/elsewhere");
        assertThat(alpha.changes)
                .containsExactly(
                        new TransferChange.Move(Path.of("/downloads/tv")),
                        new TransferChange.Move(Path.of("/elsewhere")));
        refused(400, () -> node.ask("torrents/setLocation", "hashes", alpha.id(), "location", " "));
    }
}
