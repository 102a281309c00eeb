package net.shoal.ui.rpc.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionsTest {
    @TempDir
    Path folder;

    private FakeNode node;

    @BeforeEach
    void begin() {
        node = new FakeNode(folder);
    }

    private static String call(String method, String arguments) {
        return "{'method':'" + method + "','arguments':{" + arguments + "}}";
    }

    @Test
    void transfersAreStoppedStartedAndChecked() throws Exception {
        var transfer = node.transfer('a', "photos");
        for (var method : List.of("torrent-stop", "torrent-verify", "torrent-start", "torrent-start-now")) {
            node.arguments(call(method, "'ids':[1]"));
        }
        assertThat(transfer.changes)
                .containsExactly(
                        new TransferChange.Pause(),
                        new TransferChange.Recheck(),
                        new TransferChange.Force(false),
                        new TransferChange.Resume(),
                        new TransferChange.Force(true),
                        new TransferChange.Resume());
    }

    @Test
    void contentIsDeletedOnlyForWhoSaysSo() throws Exception {
        node.transfer('a', "photos");
        node.transfer('b', "music");
        node.arguments(call("torrent-remove", "'ids':[1]"));
        node.arguments(call("torrent-remove", "'ids':[2],'delete-local-data':true"));
        assertThat(node.removed).containsExactly("photos", "music with its data");
    }

    @Test
    void thoseThatAreMovedInTheQueueKeepTheirOrder() throws Exception {
        var order = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            node.transfer((char) ('a' + i), "t" + i).place = 2 - i;
        }
        for (var method : List.of("queue-move-top", "queue-move-up", "queue-move-down", "queue-move-bottom")) {
            node.transfers.forEach(transfer -> transfer.changes.clear());
            node.arguments(call(method, "'ids':[1,3]"));
            assertThat(node.transfers.get(0).changes).hasSize(1);
            assertThat(node.transfers.get(1).changes).isEmpty();
            order.add(((TransferChange.Queue) node.transfers.get(2).changes.get(0)).place() + "");
        }
        assertThat(order).containsExactly("TOP", "UP", "DOWN", "BOTTOM");
    }

    @Test
    void downloadsAreMovedAndSharesOnlyLookedFor() throws Exception {
        var download = node.transfer('a', "photos");
        var share = node.transfer('b', "music");
        share.inPlace = true;
        node.arguments(call("torrent-set-location", "'ids':[1],'location':'/media/','move':true"));
        node.arguments(call("torrent-set-location", "'ids':[2],'location':'/media','move':false"));
        assertThat(node.result(call("torrent-set-location", "'ids':[1],'location':'/media'")))
                .contains("only for what is shared where it lies");
        assertThat(node.result(call("torrent-set-location", "'ids':[1],'location':'media','move':true")))
                .contains("a path from the root");
        assertThat(download.changes).containsExactly(new TransferChange.Move(Path.of("/media")));
        assertThat(share.changes).containsExactly(new TransferChange.Move(Path.of("/media")));
    }

    @Test
    void namesOnDiskLeadToThoseOfTheTorrent() throws Exception {
        var transfer = node.transfer('a', "photos").of(FakeNode.torrent("photos", "raw/a", "b"));
        var root = transfer.path;
        transfer.files = List.of(
                new FileStatus(0, "raw/a", root.resolve("negatives/a"), 1, 0, FilePriority.NORMAL),
                new FileStatus(1, "b", root.resolve("b"), 1, 0, FilePriority.NORMAL));
        var answer = node.arguments(call("torrent-rename-path", "'ids':[1],'path':'photos/negatives','name':'x'"));
        assertThat(answer).isEqualTo(Map.of("path", "photos/negatives", "name", "x", "id", 1L));
        node.arguments(call("torrent-rename-path", "'ids':[1],'path':'photos/negatives/a','name':'y'"));
        node.arguments(call("torrent-rename-path", "'ids':[1],'path':'photos','name':'z'"));
        assertThat(transfer.changes)
                .containsExactly(
                        new TransferChange.Rename("raw", "x"),
                        new TransferChange.Rename("raw/a", "y"),
                        new TransferChange.Rename("", "z"));
        assertThat(node.result(call("torrent-rename-path", "'ids':[1],'path':'photos/raw','name':'x'")))
                .contains("there is no file or folder");
    }

    @Test
    void oneIsRenamedAtATime() throws Exception {
        node.transfer('a', "photos");
        node.transfer('b', "music");
        assertThat(node.result(call("torrent-rename-path", "'path':'x','name':'y'")))
                .contains("exactly one");
    }

    @Test
    void roomIsToldAlsoOfFoldersThatAreNotThereYet() throws Exception {
        var path = folder.resolve("not/yet").toString();
        var space = node.arguments(call("free-space", "'path':'" + path + "'"));
        assertThat(space.get("path")).isEqualTo(path);
        assertThat((Long) space.get("size-bytes")).isPositive();
        assertThat((Long) space.get("total_size")).isPositive();
    }
}
