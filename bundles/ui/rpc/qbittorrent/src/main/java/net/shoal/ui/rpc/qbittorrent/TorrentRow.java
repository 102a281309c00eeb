package net.shoal.ui.rpc.qbittorrent;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHash;

/** A transfer as a list of torrents has it. Names are those of qBittorrent; what nobody can know is what qBittorrent says then. */
final class TorrentRow {
    /** Seconds; what qBittorrent says where no end is in sight. */
    static final long NO_END = 8_640_000;

    static final long UNKNOWN = -1;

    private TorrentRow() {}

    static Map<String, Object> of(Look look, NodeSettings settings, Instant now) {
        var row = new LinkedHashMap<String, Object>();
        row.put("hash", look.id());
        names(look, row);
        progress(look, row);
        options(look, row);
        limits(look, settings, row);
        times(look, now, row);
        return row;
    }

    private static void names(Look look, Map<String, Object> row) {
        var status = look.status();
        row.put("infohash_v1", status.hashes().v1().map(InfoHash::hex).orElse(""));
        row.put("infohash_v2", status.hashes().v2().map(InfoHash::hex).orElse(""));
        row.put("name", look.name());
        row.put("magnet_uri", magnet(look));
        row.put("category", look.label().category());
        row.put("tags", String.join(", ", look.label().tags()));
        row.put("save_path", look.savePath());
        row.put("download_path", "");
        row.put("content_path", status.path().toString());
        row.put("tracker", TrackerRows.first(look.details(), look.metainfo()));
        row.put(
                "trackers_count",
                look.metainfo()
                        .map(known ->
                                known.trackers().stream().mapToLong(List::size).sum())
                        .orElse(0L));
    }

    private static String magnet(Look look) {
        return look.metainfo()
                .map(known -> MagnetLink.of(known, List.of()))
                .orElseGet(() -> MagnetLink.of(look.status().hashes()))
                .toString();
    }

    private static void progress(Look look, Map<String, Object> row) {
        var status = look.status();
        row.put("state", look.state());
        row.put("size", status.wanted());
        row.put("total_size", status.total());
        row.put("progress", part(status.done(), status.wanted()));
        row.put("completed", status.done());
        row.put("amount_left", Math.max(0, status.wanted() - status.done()));
        row.put("dlspeed", status.downRate());
        row.put("upspeed", status.upRate());
        row.put("downloaded", status.downloaded());
        row.put("uploaded", status.uploaded());
        row.put("downloaded_session", status.downloaded());
        row.put("uploaded_session", status.uploaded());
        row.put("ratio", status.ratio());
        row.put("eta", status.etaSeconds().orElse(NO_END));
        row.put("num_seeds", (long) status.seeds());
        row.put("num_leechs", (long) Math.max(0, status.peers() - status.seeds()));
        row.put("num_complete", (long) status.seeds());
        row.put("num_incomplete", (long) Math.max(0, status.knownPeers() - status.seeds()));
        row.put("availability", UNKNOWN);
    }

    /** 0 to 1. */
    static double part(long done, long of) {
        return of == 0 ? 0.0 : (double) done / of;
    }

    private static void options(Look look, Map<String, Object> row) {
        var options = look.details().options();
        row.put("priority", StateWord.isComplete(look.status()) ? 0L : options.queuePosition() + 1L);
        row.put("seq_dl", options.sequential());
        row.put("f_l_piece_prio", options.firstAndLast());
        row.put("super_seeding", options.superSeeding());
        row.put("force_start", options.forced());
        row.put("auto_tmm", false);
        row.put(
                "private",
                look.metainfo()
                        .map(Metainfo::info)
                        .filter(info -> info.isPrivate())
                        .isPresent());
    }

    private static void limits(Look look, NodeSettings settings, Map<String, Object> row) {
        var limits = look.details().options().limits();
        double ratio = ShareLimits.ratio(limits);
        long idle = ShareLimits.idle(limits);
        long time = look.label().seedingMinutes();
        row.put("dl_limit", ShareLimits.rate(limits.downRate()));
        row.put("up_limit", ShareLimits.rate(limits.upRate()));
        row.put("ratio_limit", ratio);
        row.put("seeding_time_limit", time);
        row.put("inactive_seeding_time_limit", idle);
        row.put("max_ratio", ratio == ShareLimits.FOR_ALL ? settings.seedRatio() : ratio);
        row.put("max_seeding_time", Math.max(ShareLimits.NEVER, time));
        row.put("max_inactive_seeding_time", idle == ShareLimits.FOR_ALL ? settings.seedIdle() : idle);
    }

    private static void times(Look look, Instant now, Map<String, Object> row) {
        var status = look.status();
        long completed = status.completed().map(Instant::getEpochSecond).orElse(UNKNOWN);
        row.put("added_on", status.added().getEpochSecond());
        row.put("completion_on", completed);
        row.put("seen_complete", completed);
        row.put(
                "last_activity",
                look.moves()
                        ? now.getEpochSecond()
                        : Math.max(completed, status.added().getEpochSecond()));
        row.put("time_active", active(look, now));
        row.put("seeding_time", look.seededSeconds());
    }

    /** Seconds since it was added: nobody counts how long it was paused. */
    static long active(Look look, Instant now) {
        return Math.max(0, Duration.between(look.status().added(), now).toSeconds());
    }
}
