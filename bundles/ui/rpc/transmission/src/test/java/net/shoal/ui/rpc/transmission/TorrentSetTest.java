package net.shoal.ui.rpc.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.ui.rpc.transmission.FakeNode.FakeTransfer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorrentSetTest {
    @TempDir
    Path folder;

    private FakeNode node;
    private FakeTransfer transfer;

    @BeforeEach
    void begin() {
        node = new FakeNode(folder);
        transfer = node.transfer('a', "photos").of(FakeNode.torrent("photos", "a", "b", "c"));
    }

    private static String set(String arguments) {
        return "{'method':'torrent-set','arguments':{" + arguments + "}}";
    }

    private TransferLimits limits(String arguments) throws InterruptedException {
        node.arguments(set(arguments));
        var change = (TransferChange.Limit) transfer.changes.get(transfer.changes.size() - 1);
        transfer.limits = change.limits();
        return change.limits();
    }

    @Test
    void ratesAreKilobytesOfAThousand() throws Exception {
        var limits = limits("'downloadLimit':50,'downloadLimited':true,'uploadLimit':7,'uploadLimited':true");
        assertThat(limits.downRate()).isEqualTo(50_000);
        assertThat(limits.upRate()).isEqualTo(7_000);
        assertThat(limits("'downloadLimited':false").downRate()).isZero();
        assertThat(transfer.limits.upRate()).isEqualTo(7_000);
    }

    @Test
    void aLimitThatDoesNotHoldIsNone() throws Exception {
        node.arguments(set("'downloadLimit':50"));
        assertThat(transfer.changes).isEmpty();
        assertThat(node.result(set("'downloadLimit':0,'downloadLimited':true"))).contains("torrent-stop");
    }

    @Test
    void ratiosAndIdleTimesAreTheNodesOrOnesOwnOrNone() throws Exception {
        var own = limits("'seedRatioLimit':1.5,'seedRatioMode':1,'seedIdleLimit':30,'seedIdleMode':1");
        assertThat(own.ratio()).isEqualTo(OptionalDouble.of(1.5));
        assertThat(own.idle()).contains(Duration.ofMinutes(30));
        var never = limits("'seedRatioMode':2,'seedIdleMode':2");
        assertThat(never.ratio()).isEqualTo(OptionalDouble.of(Double.POSITIVE_INFINITY));
        assertThat(never.idle()).contains(Duration.ZERO);
        assertThat(limits("'seedRatioMode':0,'seedIdleMode':0")).isEqualTo(TransferLimits.NONE);
    }

    @Test
    void filesAreCountedAsTheyAreListed() throws Exception {
        transfer.files = List.of(
                new FileStatus(0, "a", Path.of("/a"), 1, 0, FilePriority.NORMAL),
                new FileStatus(2, "b", Path.of("/b"), 1, 0, FilePriority.NORMAL), // 1 is padding
                new FileStatus(4, "c", Path.of("/c"), 1, 0, FilePriority.SKIP));
        node.arguments(set("'files-unwanted':[1],'files-wanted':[2],'priority-high':[0,1],'priority-low':[2]"));
        assertThat(transfer.changes)
                .containsExactly(new TransferChange.Prioritise(
                        Map.of(0, FilePriority.HIGH, 2, FilePriority.SKIP, 4, FilePriority.LOW)));
    }

    @Test
    void anEmptyListOfFilesMeansAll() throws Exception {
        node.arguments(set("'files-unwanted':[]"));
        assertThat(((TransferChange.Prioritise) transfer.changes.get(0)).files().values())
                .containsOnly(FilePriority.SKIP);
    }

    @Test
    void labelsStayWithTheContentUntilItGoes() throws Exception {
        node.arguments(set("'labels':['tv','seen']"));
        var get = "{'method':'torrent-get','arguments':{'fields':['labels']}}";
        assertThat(new FakeNode(folder).result(get)).isEqualTo("success");
        var later = new FakeNode(folder);
        later.transfer('a', "photos");
        assertThat(later.arguments(get).get("torrents")).isEqualTo(List.of(Map.of("labels", List.of("tv", "seen"))));
        later.arguments("{'method':'torrent-remove','arguments':{'ids':1}}");
        later.transfer('a', "photos");
        assertThat(later.arguments(get).get("torrents")).isEqualTo(List.of(Map.of("labels", List.of())));
    }

    @Test
    void trackersAreAddedAndNeverTakenAway() throws Exception {
        node.arguments(set("'trackerAdd':['http://t.example/announce']"));
        node.arguments(set("'trackerList':'udp://u.example:1\\n\\nhttp://v.example/a\\n'"));
        assertThat(transfer.changes)
                .containsExactly(
                        new TransferChange.AddTrackers(List.of(URI.create("http://t.example/announce"))),
                        new TransferChange.AddTrackers(
                                List.of(URI.create("udp://u.example:1"), URI.create("http://v.example/a"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'bandwidthPriority':1",
                "'honorsSessionLimits':false",
                "'trackerRemove':[0]",
                "'group':'x'",
                "'location':'/x'",
                "'queuePosition':3",
                "'files-wanted':[3]",
                "'files-wanted':[-1]",
                "'files-wanted':['a']",
                "'files-wanted':3",
                "'peer-limit':-1",
                "'peer-limit':1.5",
                "'seedRatioMode':3",
                "'seedRatioLimit':'x'",
                "'downloadLimited':'x'",
                "'labels':[1]",
                "'trackerAdd':['javascript:alert(1)']"
            })
    void whatCannotBeIsRefusedInWordsAndChangesNothing(String arguments) throws Exception {
        assertThat(node.result(set(arguments))).isNotEqualTo("success").doesNotContain("Exception", "mistake");
        assertThat(transfer.changes).isEmpty();
    }

    @Test
    void ofSeveralTheOthersAreChangedAllTheSame() throws Exception {
        var other = node.transfer('b', "music");
        transfer.refuses = Optional.of("not now");
        assertThat(node.result("{'method':'torrent-stop'}")).isEqualTo("photos: not now");
        assertThat(other.changes).containsExactly(new TransferChange.Pause());
    }
}
