package net.shoal.ui.rest;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import net.shoal.api.transfer.TransferStatus;
import org.jspecify.annotations.Nullable;

/** All transfers together. */
record Totals(
        long down, long up, long downloaded, long uploaded, long peers, long transfers, Map<String, Long> states) {
    static Totals of(Collection<TransferStatus> all) {
        long down = 0;
        long up = 0;
        long downloaded = 0;
        long uploaded = 0;
        long peers = 0;
        var states = new TreeMap<String, Long>();
        for (var status : all) {
            down += status.downRate();
            up += status.upRate();
            downloaded += status.downloaded();
            uploaded += status.uploaded();
            peers += status.peers();
            states.merge(status.state().word(), 1L, Long::sum);
        }
        return new Totals(down, up, downloaded, uploaded, peers, all.size(), states);
    }

    Map<String, @Nullable Object> toJson() {
        return Json.object(
                "down", down,
                "up", up,
                "downloaded", downloaded,
                "uploaded", uploaded,
                "peers", peers,
                "transfers", transfers,
                "states", states);
    }
}
