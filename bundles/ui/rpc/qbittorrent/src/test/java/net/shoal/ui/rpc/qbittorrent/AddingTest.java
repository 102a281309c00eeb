package net.shoal.ui.rpc.qbittorrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.AddRequest.Begin;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferLimits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddingTest {
    private static final String HASH = "d".repeat(40);
    private static final String MAGNET = "magnet:?xt=urn:btih:" + HASH;

    @TempDir
    Path folder;

    private FakeNode node;

    @BeforeEach
    void begin() throws Exception {
        node = new FakeNode(folder);
    }

    private FakeTransfer added() {
        return (FakeTransfer) node.engine.list().get(0);
    }

    @Test
    void beginsAtOnceWhereNothingElseIsSaid() throws Exception {
        assertThat(node.ask("torrents/add", "urls", MAGNET, "paused", "False")).isEqualTo("Ok.");
        var request = node.engine.requests.get(0);
        assertThat(request.begin()).isEqualTo(Begin.NOW);
        assertThat(request.location().directory()).isEqualTo(Path.of("/downloads"));
        assertThat(added().changes).isEmpty();
    }

    @Test
    void changesWhatIsToBeChangedBeforeItBegins() throws Exception {
        node.ask(
                "torrents/add",
                "urls",
                MAGNET,
                "ratioLimit",
                "2",
                "seedingTimeLimit",
                "60",
                "dlLimit",
                "100",
                "sequentialDownload",
                "True",
                "firstLastPiecePrio",
                "True");
        var request = node.engine.requests.get(0);
        assertThat(request.begin()).isEqualTo(Begin.WHEN_RESUMED);
        assertThat(request.sequential()).isTrue();
        assertThat(added().changes)
                .containsExactly(
                        new TransferChange.Limit(new TransferLimits(100, 0, 0, OptionalDouble.of(2), Optional.empty())),
                        new TransferChange.FirstAndLast(true),
                        new TransferChange.Resume());
        assertThat(node.labels.of(added().hashes()).seedingMinutes()).isEqualTo(60);
    }

    @Test
    void leavesItStoppedWhereThatIsAsked() throws Exception {
        node.ask("torrents/add", "urls", MAGNET, "stopped", "true", "upLimit", "5");
        assertThat(node.engine.requests.get(0).begin()).isEqualTo(Begin.WHEN_RESUMED);
        assertThat(added().changes).hasOnlyElementsOfType(TransferChange.Limit.class);
    }

    @Test
    void putsItWhereItsCategoryIs() throws Exception {
        node.ask("torrents/createCategory", "category", "tv", "savePath", "series");
        node.ask("torrents/add", "urls", MAGNET, "category", "tv", "tags", "a,b");
        assertThat(node.engine.requests.get(0).location().directory()).isEqualTo(Path.of("/downloads/series"));
        assertThat(node.labels.of(added().hashes())).isEqualTo(new Label("tv", List.of("a", "b"), "", -2, 0));
        node.ask("torrents/add", "urls", MAGNET.replace("d", "e"), "category", "new", "savepath", "/other");
        assertThat(node.engine.requests.get(1).location().directory()).isEqualTo(Path.of("/other"));
        assertThat(node.object("torrents/categories")).containsOnlyKeys("new", "tv");
    }

    @Test
    void failsWhereNothingIsNewAndLeavesWhatIsThereAlone() throws Exception {
        node.ask("torrents/add", "urls", MAGNET, "category", "tv");
        assertThat(node.ask("torrents/add", "urls", MAGNET, "category", "films", "ratioLimit", "1"))
                .isEqualTo("Fails.");
        assertThat(node.ask("torrents/add", "urls", "nonsense")).isEqualTo("Fails.");
        assertThat(node.ask("torrents/add", "urls", "nonsense\n" + MAGNET.replace("d", "e")))
                .isEqualTo("Ok.");
        assertThat(added().changes).isEmpty();
        assertThat(node.labels.of(added().hashes()).category()).isEqualTo("tv");
    }

    @Test
    void refusesAFileThatIsNoTorrent() {
        var call = new Call(
                "session", Map.of(), List.of(new Call.Upload("x.torrent", ByteBuffer.wrap(new byte[] {1, 2}))));
        assertThatThrownBy(() -> node.ask("torrents/add", call))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(415));
        assertThatThrownBy(() -> node.ask("torrents/add"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
}
