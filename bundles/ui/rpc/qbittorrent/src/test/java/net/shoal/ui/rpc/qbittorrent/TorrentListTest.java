package net.shoal.ui.rpc.qbittorrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferState.Paused.Why;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentListTest {
    @TempDir
    Path folder;

    private FakeNode node;
    private FakeTransfer alpha;
    private FakeTransfer beta;

    @BeforeEach
    void begin() throws Exception {
        node = new FakeNode(folder);
        alpha = node.engine.with(FakeTransfer.of('a', "alpha"));
        beta = node.engine.with(FakeTransfer.of('b', "beta").seeding());
        node.engine.with(FakeTransfer.of('c', "gamma"));
        alpha.done = 300;
        alpha.downRate = 10;
    }

    private Object state(FakeTransfer transfer) throws Exception {
        return node.column("state", "torrents/info", "hashes", transfer.id()).get(0);
    }

    @Test
    void saysWhatATransferDoesInTheWordsOfQbittorrent() throws Exception {
        assertThat(state(alpha)).isEqualTo("downloading");
        alpha.downRate = 0;
        assertThat(state(alpha)).isEqualTo("stalledDL");
        alpha.forced = true;
        assertThat(state(alpha)).isEqualTo("forcedDL");
        alpha.state = new TransferState.FetchingMetadata();
        assertThat(state(alpha)).isEqualTo("forcedMetaDL");
        alpha.forced = false;
        assertThat(state(alpha)).isEqualTo("metaDL");
        alpha.state = new TransferState.Queued();
        assertThat(state(alpha)).isEqualTo("queuedDL");
        alpha.state = new TransferState.Checking(0.5);
        assertThat(state(alpha)).isEqualTo("checkingDL");
        alpha.state = new TransferState.Moving(0.5);
        assertThat(state(alpha)).isEqualTo("moving");
        alpha.state = new TransferState.Paused(Why.USER);
        assertThat(state(alpha)).isEqualTo("pausedDL");
        alpha.state = new TransferState.Failed(Trouble.MISSING, "gone", "", Instant.EPOCH);
        assertThat(state(alpha)).isEqualTo("missingFiles");
        alpha.state = new TransferState.Failed(Trouble.DISK_FULL, "full", "", Instant.EPOCH);
        assertThat(state(alpha)).isEqualTo("error");
    }

    @Test
    void saysTheSameOfWhatIsComplete() throws Exception {
        assertThat(state(beta)).isEqualTo("stalledUP");
        beta.upRate = 5;
        assertThat(state(beta)).isEqualTo("uploading");
        beta.forced = true;
        assertThat(state(beta)).isEqualTo("forcedUP");
        beta.state = new TransferState.Queued();
        assertThat(state(beta)).isEqualTo("queuedUP");
        beta.state = new TransferState.Checking(0.5);
        assertThat(state(beta)).isEqualTo("checkingUP");
        beta.state = new TransferState.Paused(Why.RATIO);
        assertThat(state(beta)).isEqualTo("pausedUP");
    }

    @Test
    void givesWhatSonarrAsksFor() throws Exception {
        var row = node.rows("torrents/info", "hashes", beta.id()).get(0);
        assertThat(row)
                .containsEntry("hash", "b".repeat(40))
                .containsEntry("name", "beta")
                .containsEntry("size", 1_000L)
                .containsEntry("progress", 1.0)
                .containsEntry("eta", 8_640_000L)
                .containsEntry("category", "")
                .containsEntry("save_path", "/downloads")
                .containsEntry("content_path", "/downloads/beta")
                .containsEntry("ratio", 0.5)
                .containsEntry("ratio_limit", -2.0)
                .containsEntry("seeding_time", 3_600L)
                .containsEntry("seeding_time_limit", -2L)
                .containsEntry("inactive_seeding_time_limit", -2L)
                .containsEntry("last_activity", 0L);
    }

    @Test
    void filtersByStateCategoryTagAndHash() throws Exception {
        node.ask("torrents/createCategory", "category", "tv");
        node.ask("torrents/setCategory", "hashes", beta.id(), "category", "tv");
        node.ask("torrents/addTags", "hashes", alpha.id() + "|" + beta.id(), "tags", "one, two");
        assertThat(node.column("name", "torrents/info")).containsExactly("alpha", "beta", "gamma");
        assertThat(node.column("name", "torrents/info", "category", "tv")).containsExactly("beta");
        assertThat(node.column("name", "torrents/info", "category", "")).containsExactly("alpha", "gamma");
        assertThat(node.column("name", "torrents/info", "category", "none")).isEmpty();
        assertThat(node.column("name", "torrents/info", "tag", "two")).containsExactly("alpha", "beta");
        assertThat(node.column("name", "torrents/info", "tag", "")).containsExactly("gamma");
        assertThat(node.column("name", "torrents/info", "hashes", "x|" + "C".repeat(40)))
                .containsExactly("gamma");
        assertThat(node.column("name", "torrents/info", "filter", "completed")).containsExactly("beta");
        assertThat(node.column("name", "torrents/info", "filter", "downloading"))
                .containsExactly("alpha", "gamma");
        assertThat(node.column("name", "torrents/info", "filter", "active")).containsExactly("alpha");
        assertThat(node.column("name", "torrents/info", "filter", "stalled_downloading"))
                .containsExactly("gamma");
    }

    @Test
    void sortsAndGivesAPart() throws Exception {
        assertThat(node.column("name", "torrents/info", "sort", "progress", "reverse", "True"))
                .startsWith("beta", "alpha");
        assertThat(node.column("name", "torrents/info", "sort", "name", "limit", "1", "offset", "1"))
                .containsExactly("beta");
        assertThat(node.column("name", "torrents/info", "sort", "name", "offset", "-1"))
                .containsExactly("gamma");
        assertThatThrownBy(() -> node.ask("torrents/info", "sort", "beauty"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
        assertThat(TorrentList.part(List.of(1, 2, 3), 5, 2)).containsExactly(1, 2);
    }

    @Test
    void tellsFilesByWhereTheyLie() throws Exception {
        alpha.files("one.mkv", "extras/two.mkv");
        assertThat(node.column("name", "torrents/files", "hash", alpha.id()))
                .containsExactly("alpha/one.mkv", "alpha/extras/two.mkv");
        assertThat(node.column("index", "torrents/files", "hash", alpha.id())).containsExactly(0L, 1L);
        assertThat(node.column("name", "torrents/files", "hash", alpha.id(), "indexes", "1"))
                .containsExactly("alpha/extras/two.mkv");
        assertThatThrownBy(() -> node.ask("torrents/files", "hash", "0".repeat(40)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
    }
}
