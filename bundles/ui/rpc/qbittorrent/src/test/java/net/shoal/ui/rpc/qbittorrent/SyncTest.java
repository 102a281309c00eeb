package net.shoal.ui.rpc.qbittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTest {
    @TempDir
    Path folder;

    private FakeNode node;
    private FakeTransfer alpha;

    @BeforeEach
    void begin() throws Exception {
        node = new FakeNode(folder);
        alpha = node.engine.with(FakeTransfer.of('a', "alpha"));
    }

    private Map<String, Object> tell(long rid) throws Exception {
        return node.object("sync/maindata", "rid", Long.toString(rid));
    }

    @Test
    void tellsAllAtFirstAndThenWhatHasChanged() throws Exception {
        var first = tell(0);
        assertThat(first).containsEntry("full_update", true).containsEntry("rid", 1L);
        assertThat(first.get("torrents").toString()).contains("name=alpha");
        alpha.done = 500;
        node.ask("torrents/addTags", "hashes", alpha.id(), "tags", "one");
        var second = tell(1);
        assertThat(second).doesNotContainKey("full_update").containsEntry("tags", List.of("one"));
        assertThat((Map<?, ?>) ((Map<?, ?>) second.get("torrents")).get(alpha.id()))
                .extracting(row -> ((Map<?, ?>) row).get("progress"), row -> ((Map<?, ?>) row).containsKey("name"))
                .containsExactly(0.5, false);
        assertThat(tell(2)).containsKey("rid").doesNotContainKeys("torrents", "categories", "tags");
    }

    @Test
    void namesWhatIsGone() throws Exception {
        node.ask("torrents/createCategory", "category", "tv");
        node.ask("torrents/createTags", "tags", "one");
        tell(0);
        node.ask("torrents/removeCategories", "categories", "tv");
        node.ask("torrents/deleteTags", "tags", "one");
        node.ask("torrents/delete", "hashes", alpha.id());
        assertThat(tell(1))
                .containsEntry("torrents_removed", List.of(alpha.id()))
                .containsEntry("categories_removed", List.of("tv"))
                .containsEntry("tags_removed", List.of("one"));
    }

    @Test
    void tellsAllAgainToWhoHasMissedAnAnswer() throws Exception {
        tell(0);
        tell(1);
        assertThat(tell(1)).containsEntry("full_update", true).containsEntry("rid", 3L);
    }

    @Test
    void keepsWhatAFewSessionsWereTold() {
        var snapshots = new Snapshots();
        for (int i = 0; i < 20; i++) {
            snapshots.tell("session " + i, 0, Map.of(), List.of(), Map.of());
        }
        assertThat(snapshots.tell("session 19", 1, Map.of(), List.of(), Map.of()))
                .doesNotContainKey("full_update");
        assertThat(snapshots.tell("session 0", 1, Map.of(), List.of(), Map.of()))
                .containsKey("full_update");
    }
}
