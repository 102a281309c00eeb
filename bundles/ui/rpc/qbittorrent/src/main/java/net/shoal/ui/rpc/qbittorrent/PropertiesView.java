package net.shoal.ui.rpc.qbittorrent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.InfoHash;

/** One transfer at length, as {@code torrents/properties} has it. */
final class PropertiesView {
    private PropertiesView() {}

    static Map<String, Object> of(Look look, Instant now) {
        var all = new LinkedHashMap<String, Object>();
        content(look, all);
        traffic(look, now, all);
        times(look, now, all);
        return all;
    }

    private static void content(Look look, Map<String, Object> all) {
        var status = look.status();
        var metainfo = look.metainfo();
        all.put("hash", look.id());
        all.put("infohash_v1", status.hashes().v1().map(InfoHash::hex).orElse(""));
        all.put("infohash_v2", status.hashes().v2().map(InfoHash::hex).orElse(""));
        all.put("name", look.name());
        all.put("save_path", look.savePath());
        all.put("download_path", "");
        all.put("comment", metainfo.flatMap(Metainfo::comment).orElse(""));
        all.put("created_by", metainfo.flatMap(Metainfo::createdBy).orElse(""));
        all.put(
                "is_private",
                metainfo.map(Metainfo::info).filter(info -> info.isPrivate()).isPresent());
        all.put("total_size", status.total());
        all.put("piece_size", (long) look.details().pieceLength());
        all.put(
                "pieces_num",
                metainfo.map(known -> (long) known.info().layout().pieceCount()).orElse(0L));
        all.put("pieces_have", (long)
                look.details().pieces().map(Bitfield::cardinality).orElse(0));
    }

    private static void traffic(Look look, Instant now, Map<String, Object> all) {
        var status = look.status();
        var limits = look.details().options().limits();
        long active = TorrentRow.active(look, now);
        long downloading = Math.max(0, active - look.seededSeconds());
        all.put("total_downloaded", status.downloaded());
        all.put("total_downloaded_session", status.downloaded());
        all.put("total_uploaded", status.uploaded());
        all.put("total_uploaded_session", status.uploaded());
        all.put("total_wasted", 0L);
        all.put("dl_speed", status.downRate());
        all.put("dl_speed_avg", downloading == 0 ? TorrentRow.UNKNOWN : status.downloaded() / downloading);
        all.put("up_speed", status.upRate());
        all.put("up_speed_avg", active == 0 ? TorrentRow.UNKNOWN : status.uploaded() / active);
        all.put("dl_limit", ShareLimits.rate(limits.downRate()));
        all.put("up_limit", ShareLimits.rate(limits.upRate()));
        all.put("share_ratio", status.ratio());
        all.put("nb_connections", (long) status.peers());
        all.put("nb_connections_limit", limits.maxPeers() == 0 ? TorrentRow.UNKNOWN : (long) limits.maxPeers());
        all.put("seeds", (long) status.seeds());
        all.put("seeds_total", (long) status.seeds());
        all.put("peers", (long) Math.max(0, status.peers() - status.seeds()));
        all.put("peers_total", (long) status.knownPeers());
    }

    private static void times(Look look, Instant now, Map<String, Object> all) {
        var status = look.status();
        long completed = status.completed().map(Instant::getEpochSecond).orElse(TorrentRow.UNKNOWN);
        all.put("time_elapsed", TorrentRow.active(look, now));
        all.put("seeding_time", look.seededSeconds());
        all.put("eta", status.etaSeconds().orElse(TorrentRow.NO_END));
        all.put("reannounce", 0L);
        all.put("addition_date", status.added().getEpochSecond());
        all.put("completion_date", completed);
        all.put("last_seen", completed);
        all.put(
                "creation_date",
                look.metainfo()
                        .flatMap(Metainfo::created)
                        .map(Instant::getEpochSecond)
                        .orElse(TorrentRow.UNKNOWN));
    }
}
