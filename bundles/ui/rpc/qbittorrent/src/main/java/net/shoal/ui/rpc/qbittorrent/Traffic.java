package net.shoal.ui.rpc.qbittorrent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import net.shoal.api.transfer.TransferStatus;

/** All transfers together. */
final class Traffic {
    private Traffic() {}

    static Map<String, Object> of(Collection<TransferStatus> all, NodeSettings settings) {
        var info = new LinkedHashMap<String, Object>();
        info.put("connection_status", "connected");
        info.put("dht_nodes", 0L);
        info.put(
                "dl_info_speed",
                all.stream().mapToLong(TransferStatus::downRate).sum());
        info.put(
                "dl_info_data",
                all.stream().mapToLong(TransferStatus::downloaded).sum());
        info.put("dl_rate_limit", settings.whole("downLimit"));
        info.put("up_info_speed", all.stream().mapToLong(TransferStatus::upRate).sum());
        info.put(
                "up_info_data", all.stream().mapToLong(TransferStatus::uploaded).sum());
        info.put("up_rate_limit", settings.whole("upLimit"));
        return info;
    }

    static Map<String, Object> serverState(Collection<TransferStatus> all, NodeSettings settings) {
        var state = of(all, settings);
        state.put("free_space_on_disk", room(settings.downloads()));
        state.put("queueing", true);
        state.put("use_alt_speed_limits", false);
        state.put("use_subcategories", false);
        state.put("refresh_interval", 1_500L);
        state.put(
                "total_peer_connections",
                all.stream().mapToLong(TransferStatus::peers).sum());
        return state;
    }

    /** On the disk that holds a folder, or will once it is made; -1 if nobody knows. */
    private static long room(Path folder) {
        for (var there = folder; there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                try {
                    return Files.getFileStore(there).getUsableSpace();
                } catch (IOException e) {
                    return TorrentRow.UNKNOWN;
                }
            }
        }
        return TorrentRow.UNKNOWN;
    }
}
