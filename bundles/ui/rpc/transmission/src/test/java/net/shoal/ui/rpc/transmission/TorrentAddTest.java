package net.shoal.ui.rpc.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferChange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentAddTest {
    private static final byte[] TORRENT = FakeNode.torrent("photos", "a", "b");
    private static final String MAGNET = "magnet:?xt=urn:btih:" + "c".repeat(40);

    @TempDir
    Path folder;

    private FakeNode node;

    @BeforeEach
    void begin() {
        node = new FakeNode(folder);
    }

    private static String add(String arguments) {
        return "{'method':'torrent-add','arguments':{" + arguments + "}}";
    }

    private static String metainfo() {
        return "'metainfo':'" + FakeNode.base64(TORRENT) + "'";
    }

    @Test
    void aTorrentBeginsAtOnceWhereDownloadsGo() throws Exception {
        var answer = (Map<?, ?>) node.arguments(add(metainfo())).get("torrent-added");
        assertThat(answer.get("id")).isEqualTo(1L);
        assertThat(answer.get("name")).isEqualTo("photos");
        assertThat(answer.get("hashString"))
                .isEqualTo(FakeNode.metainfo(TORRENT).info().hashes().hex());
        var request = node.added.get(0);
        assertThat(request.begin()).isEqualTo(AddRequest.Begin.NOW);
        assertThat(request.location().directory()).isEqualTo(Path.of("/downloads"));
        assertThat(request.existing()).isEqualTo(AddRequest.Existing.KEEP_VERIFIED);
    }

    @Test
    void whatIsSaidBesideIsInForceBeforeItBegins() throws Exception {
        node.arguments(
                add(
                        metainfo()
                                + ",'download-dir':'/media/tv/../tv','files-unwanted':[0],'peer-limit':7,'labels':['tv'],'paused':false"));
        assertThat(node.added.get(0).begin()).isEqualTo(AddRequest.Begin.WHEN_RESUMED);
        assertThat(node.added.get(0).location().directory()).isEqualTo(Path.of("/media/tv"));
        var changes = node.transfers.get(0).changes;
        assertThat(changes).hasSize(3);
        assertThat(((TransferChange.Limit) changes.get(0)).limits().maxPeers()).isEqualTo(7);
        assertThat(changes.get(1)).isEqualTo(new TransferChange.Prioritise(Map.of(0, FilePriority.SKIP)));
        assertThat(changes.get(2)).isEqualTo(new TransferChange.Resume());
        assertThat(Files.readString(folder.resolve("labels.json"))).contains("[\"tv\"]");
    }

    @Test
    void whatIsToWaitWaits() throws Exception {
        node.arguments(add("'filename':'" + MAGNET + "','paused':true"));
        assertThat(node.added.get(0).begin()).isEqualTo(AddRequest.Begin.WHEN_RESUMED);
        assertThat(node.transfers.get(0).changes).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsADuplicate() throws Exception {
        node.arguments(add(metainfo()));
        var again = node.arguments(add(metainfo() + ",'files-unwanted':[0]"));
        assertThat(((Map<?, ?>) again.get("torrent-duplicate")).get("id")).isEqualTo(1L);
        assertThat(node.transfers).hasSize(1);
        assertThat(node.transfers.get(0).changes).isEmpty();
    }

    @Test
    void whatCannotBeAsItIsWantedDoesNotStay() throws Exception {
        node.refusesNew = Optional.of("not so");
        assertThat(node.result(add(metainfo() + ",'peer-limit':3"))).isEqualTo("not so");
        assertThat(node.transfers).isEmpty();
    }

    @Test
    void filesOfALinkCannotBeChosenYet() throws Exception {
        assertThat(node.result(add("'filename':'" + MAGNET + "','files-unwanted':[0]")))
                .contains("not known yet");
        assertThat(node.added).isEmpty();
    }

    @Test
    void torrentFilesOfTheMachineAreReadAndNoOthers() throws Exception {
        var file = Files.write(folder.resolve("x.torrent"), TORRENT);
        assertThat(node.result(add("'filename':'" + file + "'"))).isEqualTo("success");
        assertThat(node.result(add("'filename':'/etc/passwd'"))).contains("only .torrent files");
        assertThat(node.result(add("'filename':'" + folder.resolve("y.torrent") + "'")))
                .contains("there is no file");
        assertThat(node.result(add("'filename':'file:///etc/passwd'"))).contains("is no link");
        assertThat(node.result(add("'filename':'../x.torrent'"))).contains("is no link");
    }

    @Test
    void whatIsWrongIsSaidInWords() throws Exception {
        assertThat(node.result(add(""))).contains("say what to add");
        assertThat(node.result(add("'metainfo':'?'"))).contains("metainfo");
        assertThat(node.result(add("'metainfo':'" + FakeNode.base64(new byte[] {1}) + "'")))
                .contains("metainfo: ");
        assertThat(node.result(add(metainfo() + ",'download-dir':'tv'")))
                .contains("download-dir is a path from the root");
        assertThat(node.result(add(metainfo() + ",'labels':['a,b']"))).contains("without commas");
        assertThat(node.result(add("'filename':'https://x/y','cookies':'a=b'"))).contains("no cookies");
        assertThat(node.added).isEmpty();
        assertThat(List.of(node.transfers)).containsExactly(List.of());
    }
}
