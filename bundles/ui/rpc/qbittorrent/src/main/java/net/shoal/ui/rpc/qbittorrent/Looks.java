package net.shoal.ui.rpc.qbittorrent;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.Transfer;

/** Looks at transfers. */
final class Looks {
    private final Torrents torrents;
    private final Labels labels;
    private final SeedingTimes times;
    private final NodeSettings settings;
    private final Clock clock;

    Looks(Torrents torrents, Labels labels, SeedingTimes times, NodeSettings settings, Clock clock) {
        this.torrents = torrents;
        this.labels = labels;
        this.times = times;
        this.settings = settings;
        this.clock = clock;
    }

    List<Look> at(Collection<Transfer> transfers) throws ApiException, InterruptedException {
        var looks = new ArrayList<Look>();
        for (var each : torrents.details(transfers).entrySet()) {
            var transfer = each.getKey();
            var status = each.getValue().status();
            looks.add(new Look(
                    transfer,
                    each.getValue(),
                    Look.known(transfer),
                    labels.of(status.hashes()),
                    times.of(transfer, status)));
        }
        return looks;
    }

    Look at(Transfer transfer) throws ApiException, InterruptedException {
        return at(List.of(transfer)).stream()
                .findFirst()
                .orElseThrow(() -> ApiException.unknown("the torrent is gone"));
    }

    List<Map<String, Object>> rows(Collection<Look> looks) {
        var now = clock.instant();
        return looks.stream().map(look -> TorrentRow.of(look, settings, now)).toList();
    }

    Map<String, Object> properties(Look look) {
        return PropertiesView.of(look, clock.instant());
    }
}
