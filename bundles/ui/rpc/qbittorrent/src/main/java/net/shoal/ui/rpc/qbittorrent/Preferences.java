package net.shoal.ui.rpc.qbittorrent;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.shoal.base.command.Json;

/** What qBittorrent calls preferences: settings of the node, as far as there is a counterpart, and what clients expect beside them. */
final class Preferences {
    private static final Map<String, String> COUNTS = Map.of(
            "max_active_downloads", "maxActiveDownloads",
            "max_active_uploads", "maxActiveSeeds",
            "max_active_torrents", "maxActive",
            "max_connec", "maxConnections",
            "max_connec_per_torrent", "maxPeers");
    private static final Map<String, String> RATES = Map.of(
            "dl_limit", "downLimit",
            "up_limit", "upLimit",
            "alt_dl_limit", "nightDownLimit",
            "alt_up_limit", "nightUpLimit");

    private final NodeSettings settings;

    Preferences(NodeSettings settings) {
        this.settings = settings;
    }

    /** @param ways by which this node finds peers */
    Map<String, Object> show(Set<String> ways, int port) {
        var all = new LinkedHashMap<String, Object>();
        all.put("save_path", settings.downloads().toString());
        all.put("temp_path_enabled", false);
        all.put("temp_path", "");
        all.put("auto_tmm_enabled", false);
        all.put("use_category_paths_in_manual_mode", true);
        all.put("create_subfolder_enabled", true);
        all.put("torrent_content_layout", "Original");
        all.put("start_paused_enabled", false);
        all.put("preallocate_all", false);
        all.put("incomplete_files_ext", false);
        all.put("locale", "en");
        all.put("listen_port", (long) port);
        all.put("dht", ways.contains("dht"));
        all.put("pex", true);
        all.put("lsd", ways.contains("lsd"));
        all.put("encryption", 0L);
        all.put("queueing_enabled", true);
        all.put("dont_count_slow_torrents", true);
        all.put("scheduler_enabled", !settings.text("nightFrom").isBlank());
        RATES.forEach((theirs, ours) -> all.put(theirs, settings.whole(ours)));
        COUNTS.forEach((theirs, ours) -> all.put(theirs, ShareLimits.rate(settings.whole(ours))));
        seeding(all);
        return all;
    }

    /** What ends pauses; nothing is removed by itself. */
    private void seeding(Map<String, Object> all) {
        double ratio = settings.seedRatio();
        long idle = settings.seedIdle();
        all.put("max_ratio_enabled", ratio >= 0);
        all.put("max_ratio", ratio);
        all.put("max_seeding_time_enabled", false);
        all.put("max_seeding_time", ShareLimits.NEVER);
        all.put("max_inactive_seeding_time_enabled", idle >= 0);
        all.put("max_inactive_seeding_time", idle);
        all.put("max_ratio_act", 0L);
    }

    /** What has no counterpart is passed over, as qBittorrent does with what it does not know. */
    void change(String json) throws ApiException {
        Map<String, Object> wanted;
        try {
            wanted = Json.readObject(json);
        } catch (IllegalArgumentException e) {
            throw ApiException.wrong("'json' cannot be read: " + e.getMessage());
        }
        if (wanted.get("save_path") instanceof String path) {
            settings.downloads(TorrentChanges.folder(path, settings).toString());
        }
        for (var each : wanted.entrySet()) {
            if (each.getValue() instanceof Number number) {
                change(each.getKey(), number);
            }
        }
        switchOff(wanted, "max_ratio_enabled", "seedRatio");
        switchOff(wanted, "max_inactive_seeding_time_enabled", "seedIdle");
    }

    private void change(String name, Number value) throws ApiException {
        var count = COUNTS.get(name);
        var rate = RATES.get(name);
        if (count != null || rate != null) {
            long ours = Math.max(0, value.longValue());
            settings.engine(count == null ? String.valueOf(rate) : count, Long.toString(ours));
        } else if (name.equals("max_ratio")) {
            settings.engine("seedRatio", String.format(Locale.ROOT, "%s", Math.max(0, value.doubleValue())));
        } else if (name.equals("max_inactive_seeding_time")) {
            settings.engine("seedIdle", Long.toString(Math.max(0, value.longValue())));
        }
    }

    private void switchOff(Map<String, Object> wanted, String theirs, String ours) throws ApiException {
        if (Boolean.FALSE.equals(wanted.get(theirs))) {
            settings.engine(ours, "0");
        }
    }
}
