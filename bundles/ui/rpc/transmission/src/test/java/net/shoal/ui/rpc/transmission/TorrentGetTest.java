package net.shoal.ui.rpc.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferDetails.PeerStatus;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferState.Paused;
import net.shoal.base.model.PeerAddress;
import net.shoal.ui.rpc.transmission.FakeNode.FakeTransfer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentGetTest {
    @TempDir
    Path folder;

    private FakeNode node;
    private FakeTransfer transfer;

    @BeforeEach
    void begin() {
        node = new FakeNode(folder);
        transfer = node.transfer('a', "photos").of(FakeNode.torrent("photos", "raw/a.raw", "b.txt"));
    }

    private Map<?, ?> fields(String... names) throws InterruptedException {
        var list = List.of(names).stream().map(name -> "'" + name + "'").collect(Collectors.joining(","));
        var arguments = node.arguments("{'method':'torrent-get','arguments':{'fields':[" + list + "]}}");
        return (Map<?, ?>) ((List<?>) arguments.get("torrents")).get(0);
    }

    private Object field(String name) throws InterruptedException {
        return fields(name).get(name);
    }

    private Object status(TransferState state) throws InterruptedException {
        transfer.state = state;
        return field("status");
    }

    @Test
    void statesAreThoseOfTransmission() throws Exception {
        assertThat(status(new TransferState.FetchingMetadata())).isEqualTo(4L);
        assertThat(status(new TransferState.Downloading())).isEqualTo(4L);
        assertThat(status(new TransferState.Queued())).isEqualTo(3L);
        assertThat(status(new TransferState.Checking(0.5))).isEqualTo(2L);
        assertThat(field("recheckProgress")).isEqualTo(0.5);
        assertThat(status(new Paused(Paused.Why.USER))).isEqualTo(0L);
        assertThat(field("isFinished")).isEqualTo(false);
        transfer.done = transfer.total;
        assertThat(status(new TransferState.Queued())).isEqualTo(5L);
        assertThat(status(new TransferState.Seeding())).isEqualTo(6L);
        assertThat(field("leftUntilDone")).isEqualTo(0L);
        assertThat(status(new TransferState.Moving(0.1)))
                .as("whoever imports what is complete has to wait")
                .isEqualTo(2L);
        assertThat(status(new Paused(Paused.Why.RATIO))).isEqualTo(0L);
        assertThat(field("isFinished")).isEqualTo(true);
    }

    @Test
    void whatFailsSaysWhyAndWhatToDo() throws Exception {
        transfer.state = new TransferState.Failed(
                StorageException.Trouble.DISK_FULL, "the disk is full", "make room", Instant.EPOCH);
        assertThat(fields("error", "errorString", "status"))
                .isEqualTo(Map.of("error", 3L, "errorString", "the disk is full; make room", "status", 0L));
    }

    @Test
    void filesHaveTheNamesThatTheyHaveOnDisk() throws Exception {
        var root = Path.of("/downloads/renamed");
        transfer.path = root;
        transfer.files = List.of(
                new FileStatus(0, "raw/a.raw", root.resolve("negatives/a.raw"), 100, 50, FilePriority.HIGH),
                new FileStatus(2, "b.txt", root.resolve("b.txt"), 100, 0, FilePriority.SKIP));
        assertThat(fields("name", "downloadDir")).isEqualTo(Map.of("name", "renamed", "downloadDir", "/downloads"));
        assertThat(field("files"))
                .isEqualTo(List.of(
                        Map.of("name", "renamed/negatives/a.raw", "length", 100L, "bytesCompleted", 50L),
                        Map.of("name", "renamed/b.txt", "length", 100L, "bytesCompleted", 0L)));
        assertThat(fields("priorities", "wanted"))
                .isEqualTo(Map.of("priorities", List.of(1L, 0L), "wanted", List.of(1L, 0L)));
    }

    @Test
    void aTableHasTheNamesFirst() throws Exception {
        var arguments = node.arguments(
                "{'method':'torrent-get','arguments':{'fields':['name','id','nonsense'],'format':'table'}}");
        assertThat(arguments.get("torrents")).isEqualTo(List.of(List.of("name", "id"), List.of("photos", 1L)));
    }

    @Test
    void peersAreToldApartFromWebSeeds() throws Exception {
        var here = PeerAddress.ip(InetAddress.getLoopbackAddress(), 6881);
        transfer.peers = List.of(
                new PeerStatus(here, "Shoal", "tcp", "mse", true, true, 0.5, 10, 0, 10, 0, "DSI"),
                new PeerStatus(here, "nginx", "web seed", "", false, false, 1, 10, 0, 10, 0, "D"));
        assertThat(fields("peersSendingToUs", "webseedsSendingToUs"))
                .isEqualTo(Map.of("peersSendingToUs", 1L, "webseedsSendingToUs", 1L));
        var peers = (List<?>) field("peers");
        assertThat(peers).hasSize(1);
        var peer = (Map<?, ?>) peers.get(0);
        assertThat(peer.get("address")).isEqualTo("127.0.0.1");
        assertThat(peer.get("flagStr")).isEqualTo("DIE");
        assertThat(peer.get("isIncoming")).isEqualTo(true);
    }

    @Test
    void aHostileNameStaysAText() throws Exception {
        var name = "\"}],</script>\u0000\u202e\n%s";
        transfer.name = name;
        transfer.metainfo = Optional.empty();
        assertThat(field("name")).isEqualTo(name);
    }

    @Test
    void everyFieldThatTransmissionRemoteOrSonarrAsksForIsThere() throws Exception {
        var names = ("activityDate addedDate bandwidthPriority comment corruptEver creator dateCreated desiredAvailable"
                        + " doneDate downloadDir downloadedEver downloadLimit downloadLimited error errorString eta"
                        + " hashString haveUnchecked haveValid honorsSessionLimits id isFinished isPrivate labels"
                        + " leftUntilDone magnetLink name peersConnected peersGettingFromUs peersSendingToUs peer-limit"
                        + " pieceCount pieceSize rateDownload rateUpload recheckProgress secondsDownloading"
                        + " secondsSeeding seedRatioMode seedRatioLimit seedIdleMode seedIdleLimit sizeWhenDone startDate"
                        + " status totalSize uploadedEver uploadLimit uploadLimited uploadRatio webseeds"
                        + " webseedsSendingToUs files priorities wanted fileStats peers pieces trackers trackerStats"
                        + " trackerList queuePosition file-count fileCount percentDone percentComplete isStalled"
                        + " metadataPercentComplete peersFrom etaIdle editDate group torrentFile primary-mime-type"
                        + " manualAnnounceTime maxConnectedPeers sequentialDownload")
                .split(" ");
        assertThat(fields(names).keySet().stream().map(Object::toString)).containsExactlyInAnyOrder(names);
    }

    @Test
    void withoutFieldsThereIsNoAnswer() throws Exception {
        assertThat(node.result("{'method':'torrent-get'}")).contains("fields is missing");
    }
}
