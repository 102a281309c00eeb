package net.shoal.ui.rpc.transmission;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.model.Bitfield;

/**
 * What {@code torrent-get} can be asked for, by the names of Transmission 3 and 4. What a node does not know is what Transmission says when it
 * does not know either.
 */
final class Fields {
    /** Bytes that a kilobyte of Transmission's speeds has. */
    static final long KILO = 1_000;

    private static final long UNKNOWN = -1;
    /** Those that take no more than a status; with all others the swarm has to be asked. */
    private static final Set<String> QUICK = Set.of(
            "activityDate",
            "addedDate",
            "bandwidthPriority",
            "comment",
            "corruptEver",
            "creator",
            "dateCreated",
            "desiredAvailable",
            "doneDate",
            "downloadDir",
            "downloadedEver",
            "editDate",
            "error",
            "errorString",
            "eta",
            "etaIdle",
            "file-count",
            "fileCount",
            "group",
            "hashString",
            "haveUnchecked",
            "haveValid",
            "honorsSessionLimits",
            "id",
            "isFinished",
            "isPrivate",
            "isStalled",
            "labels",
            "leftUntilDone",
            "magnetLink",
            "manualAnnounceTime",
            "metadataPercentComplete",
            "name",
            "peersConnected",
            "percentComplete",
            "percentDone",
            "pieceCount",
            "pieceSize",
            "primary-mime-type",
            "rateDownload",
            "rateUpload",
            "recheckProgress",
            "secondsDownloading",
            "secondsSeeding",
            "sizeWhenDone",
            "startDate",
            "status",
            "torrentFile",
            "totalSize",
            "trackers",
            "trackerList",
            "uploadedEver",
            "uploadRatio",
            "webseeds");

    private final Map<String, Function<TorrentView, Object>> all = new HashMap<>();

    /** @param links what to send to others */
    Fields(Function<TorrentView, MagnetLink> links) {
        facts(links);
        progress();
        dates();
        limits();
        files();
        peers();
        trackers(links);
    }

    /** Whether the details of a transfer have to be had for these. */
    static boolean needDetails(List<String> names) {
        return !QUICK.containsAll(names);
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    Object of(String name, TorrentView view) {
        var field = all.get(name);
        return field == null ? "" : field.apply(view);
    }

    private void facts(Function<TorrentView, MagnetLink> links) {
        all.put("id", TorrentView::id);
        all.put("name", TorrentView::name);
        all.put("hashString", view -> view.transfer().hashes().hex());
        all.put("downloadDir", TorrentView::folder);
        all.put("labels", TorrentView::labels);
        all.put("group", view -> "");
        all.put("torrentFile", view -> "");
        all.put("primary-mime-type", view -> "application/octet-stream");
        all.put("magnetLink", view -> links.apply(view).toString());
        all.put(
                "comment",
                view -> view.metainfo().flatMap(known -> known.comment()).orElse(""));
        all.put(
                "creator",
                view -> view.metainfo().flatMap(known -> known.createdBy()).orElse(""));
        all.put("isPrivate", view -> view.metainfo()
                .filter(known -> known.info().isPrivate())
                .isPresent());
        all.put("pieceCount", view -> view.metainfo()
                .map(known -> known.info().layout().pieceCount())
                .orElse(0));
        all.put("pieceSize", view -> view.metainfo()
                .map(known -> known.info().layout().pieceLength())
                .orElse(0));
        all.put("webseeds", view -> view.metainfo()
                .map(known -> known.webSeeds().stream().map(Object::toString).toList())
                .orElse(List.of()));
    }

    private void progress() {
        all.put("status", TorrentView::code);
        all.put("error", view -> view.error().isEmpty() ? 0L : TorrentView.LOCAL_ERROR);
        all.put("errorString", TorrentView::error);
        all.put("isFinished", TorrentView::isFinished);
        all.put("isStalled", TorrentView::isStalled);
        all.put("recheckProgress", TorrentView::checked);
        all.put("metadataPercentComplete", view -> view.metainfo().isPresent() ? 1.0 : 0.0);
        all.put("totalSize", view -> view.status().total());
        all.put("sizeWhenDone", view -> view.status().wanted());
        all.put("leftUntilDone", TorrentView::left);
        all.put("haveValid", view -> view.status().done());
        all.put("haveUnchecked", view -> 0L);
        all.put("corruptEver", view -> 0L);
        all.put("desiredAvailable", view -> view.status().seeds() > 0 ? view.left() : 0L);
        all.put(
                "percentDone",
                view -> TorrentView.part(view.status().done(), view.status().wanted()));
        all.put(
                "percentComplete",
                view -> TorrentView.part(view.status().done(), view.status().total()));
        all.put("eta", view -> view.status().etaSeconds().orElse(UNKNOWN));
        all.put("etaIdle", view -> UNKNOWN);
        all.put("rateDownload", view -> view.status().downRate());
        all.put("rateUpload", view -> view.status().upRate());
        all.put("downloadedEver", view -> view.status().downloaded());
        all.put("uploadedEver", view -> view.status().uploaded());
        all.put("uploadRatio", view -> view.status().ratio());
        all.put("pieces", view -> view.details()
                .flatMap(details -> details.pieces())
                .map(Fields::base64)
                .orElse(""));
    }

    private static String base64(Bitfield pieces) {
        return Base64.getEncoder().encodeToString(pieces.toWire());
    }

    private void dates() {
        all.put("addedDate", TorrentView::added);
        all.put("startDate", TorrentView::added);
        all.put("doneDate", TorrentView::completed);
        all.put("activityDate", view -> view.movedAt());
        all.put("editDate", view -> 0L);
        all.put("manualAnnounceTime", view -> UNKNOWN);
        all.put("secondsDownloading", TorrentView::secondsDownloading);
        all.put("secondsSeeding", TorrentView::secondsSeeding);
        all.put("dateCreated", view -> view.metainfo()
                .flatMap(known -> known.created())
                .map(when -> when.getEpochSecond())
                .orElse(0L));
    }

    private void limits() {
        all.put("downloadLimit", view -> view.limits().downRate() / KILO);
        all.put("downloadLimited", view -> view.limits().downRate() > 0);
        all.put("uploadLimit", view -> view.limits().upRate() / KILO);
        all.put("uploadLimited", view -> view.limits().upRate() > 0);
        all.put("peer-limit", view -> view.limits().maxPeers());
        all.put("maxConnectedPeers", view -> view.limits().maxPeers());
        all.put("seedRatioMode", TorrentView::ratioMode);
        all.put("seedRatioLimit", TorrentView::ratio);
        all.put("seedIdleMode", TorrentView::idleMode);
        all.put("seedIdleLimit", TorrentView::idleMinutes);
        all.put("honorsSessionLimits", view -> true);
        all.put("bandwidthPriority", view -> 0L);
        all.put("sequentialDownload", Fields::isSequential);
        all.put("sequential_download", Fields::isSequential);
        all.put("queuePosition", view -> view.details()
                .map(details -> details.options().queuePosition())
                .orElse(0));
    }

    private static boolean isSequential(TorrentView view) {
        return view.details().filter(details -> details.options().sequential()).isPresent();
    }

    private void files() {
        all.put("file-count", Fields::fileCount);
        all.put("fileCount", Fields::fileCount);
        all.put("files", view -> view.files().stream()
                .map(file -> Map.of(
                        "name", view.fileName(file),
                        "length", file.length(),
                        "bytesCompleted", file.done()))
                .toList());
        all.put("fileStats", view -> view.files().stream()
                .map(file -> Map.of(
                        "bytesCompleted", file.done(),
                        "wanted", file.wanted(),
                        "priority", priority(file)))
                .toList());
        all.put(
                "priorities",
                view -> view.files().stream().map(Fields::priority).toList());
        all.put("wanted", view -> view.files().stream()
                .map(file -> file.wanted() ? 1L : 0L)
                .toList());
    }

    private static long fileCount(TorrentView view) {
        return view.metainfo()
                .map(known -> known.info().files().stream()
                        .filter(file -> !file.isPad())
                        .count())
                .orElse(0L);
    }

    /** As tr_priority_t counts. */
    private static long priority(FileStatus file) {
        return file.priority() == FilePriority.HIGH ? 1 : file.priority() == FilePriority.LOW ? -1 : 0;
    }

    private void peers() {
        all.put("peers", view -> Peers.rows(view.peers()));
        all.put("peersConnected", view -> view.status().peers());
        all.put("peersGettingFromUs", view -> Peers.gettingFromUs(view.peers()));
        all.put("peersSendingToUs", view -> Peers.sendingToUs(view.peers()));
        all.put("peersFrom", view -> Peers.from(view.peers()));
        all.put("webseedsSendingToUs", view -> Peers.webSeedsSending(view.peers()));
    }

    private void trackers(Function<TorrentView, MagnetLink> links) {
        all.put("trackers", view -> Trackers.rows(Trackers.tiers(view, links)));
        all.put("trackerList", view -> Trackers.list(Trackers.tiers(view, links)));
        all.put("trackerStats", view -> Trackers.stats(Trackers.tiers(view, links), view));
    }
}
