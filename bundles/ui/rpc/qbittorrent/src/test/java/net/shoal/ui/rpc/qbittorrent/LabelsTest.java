package net.shoal.ui.rpc.qbittorrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
    @TempDir
    Path folder;

    private FakeNode node;
    private FakeTransfer alpha;

    @BeforeEach
    void begin() throws Exception {
        node = new FakeNode(folder);
        alpha = node.engine.with(FakeTransfer.of('a', "alpha"));
    }

    private static void conflicts(ThrowingCallable asked) {
        assertThatThrownBy(asked).isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status())
                .isEqualTo(409));
    }

    @Test
    void makesAndChangesCategories() throws Exception {
        node.ask("torrents/createCategory", "category", "tv/new", "savePath", "/tv");
        assertThat(node.object("torrents/categories"))
                .isEqualTo(Map.of("tv/new", Map.of("name", "tv/new", "savePath", "/tv")));
        node.ask("torrents/editCategory", "category", "tv/new", "savePath", "");
        assertThat(node.object("torrents/categories"))
                .isEqualTo(Map.of("tv/new", Map.of("name", "tv/new", "savePath", "")));
        conflicts(() -> node.ask("torrents/createCategory", "category", "tv/new"));
        conflicts(() -> node.ask("torrents/createCategory", "category", "tv//new"));
        conflicts(() -> node.ask("torrents/editCategory", "category", "films", "savePath", ""));
        conflicts(() -> node.ask("torrents/setCategory", "hashes", alpha.id(), "category", "films"));
    }

    @Test
    void takesCategoriesAndTagsFromTransfersWhenTheyGo() throws Exception {
        node.ask("torrents/createCategory", "category", "tv");
        node.ask("torrents/setCategory", "hashes", alpha.id(), "category", "tv");
        node.ask("torrents/addTags", "hashes", alpha.id(), "tags", "one,two,three");
        node.ask("torrents/removeTags", "hashes", alpha.id(), "tags", "two");
        node.ask("torrents/deleteTags", "tags", "three");
        assertThat(node.labels.of(alpha.hashes()).tags()).containsExactly("one");
        assertThat(node.ask("torrents/tags")).isEqualTo("[\"one\",\"two\"]");
        node.ask("torrents/removeCategories", "categories", "tv\nfilms");
        node.ask("torrents/removeTags", "hashes", alpha.id());
        assertThat(node.labels.of(alpha.hashes())).isEqualTo(Label.NONE);
        assertThat(node.labels.book().labels()).isEmpty();
    }

    @Test
    void areThereAfterAnEndThatNobodyAnnounced() throws Exception {
        node.ask("torrents/createCategory", "category", "tv", "savePath", "/tv");
        node.ask("torrents/setCategory", "hashes", alpha.id(), "category", "tv");
        node.ask("torrents/addTags", "hashes", alpha.id(), "tags", "one");
        node.ask("torrents/rename", "hash", alpha.id(), "name", "\u00e4");
        var again = Labels.load(folder.resolve("labels.json"));
        assertThat(again.book()).isEqualTo(node.labels.book());
        assertThat(again.of(alpha.hashes())).isEqualTo(new Label("tv", List.of("one"), "\u00e4", -2, 0));
    }

    @Test
    void forgetsTransfersThatWentWhileNobodyListened() throws Exception {
        node.ask("torrents/addTags", "hashes", alpha.id(), "tags", "one");
        node.labels.forgetAllBut(List.of(alpha.hashes()));
        assertThat(node.labels.of(alpha.hashes()).tags()).containsExactly("one");
        node.labels.forgetAllBut(List.of());
        assertThat(node.labels.book().labels()).isEmpty();
    }

    @Test
    void putsAsideWhatItCannotRead() throws Exception {
        var file = folder.resolve("labels.json");
        for (var text : List.of("{", "{\"version\":2}", "[]")) {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            assertThat(Labels.load(file).book()).isEqualTo(Book.EMPTY);
            assertThat(file).doesNotExist();
            assertThat(folder.resolve("labels.json.unreadable")).hasContent(text);
        }
    }

    @Test
    void refusesNamesThatAreNone() {
        conflicts(() -> node.ask("torrents/createCategory", "category", "x".repeat(300)));
        conflicts(() -> node.ask("torrents/createCategory", "category", "a\\b"));
        conflicts(() -> node.ask("torrents/createTags", "tags", "y".repeat(300)));
    }
}
