package net.shoal.ui.rpc.qbittorrent;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.base.metainfo.Metainfo;

/** Trackers, and the other ways that peers are found, as qBittorrent lists them: the latter first, in place of a URL between asterisks. */
final class TrackerRows {
    private static final String TRACKER = "tracker";
    private static final long OFF = 0;
    private static final long NOT_ASKED = 1;
    private static final long WORKS = 2;
    private static final long IS_ASKED = 3;
    private static final long FAILS = 4;

    private TrackerRows() {}

    /** @param ways by which this node finds peers */
    static List<Map<String, Object>> of(TransferDetails details, Optional<Metainfo> metainfo, Set<String> ways) {
        boolean isPrivate = metainfo.filter(known -> known.info().isPrivate()).isPresent();
        var rows = new ArrayList<Map<String, Object>>();
        rows.add(way("** [DHT] **", ways.contains("dht"), isPrivate));
        rows.add(way("** [PeX] **", true, isPrivate));
        rows.add(way("** [LSD] **", ways.contains("lsd"), isPrivate));
        var told = new ArrayList<>(details.discovery().stream()
                .filter(status -> status.discovery().equals(TRACKER))
                .toList());
        var tiers = metainfo.map(Metainfo::trackers).orElse(List.of());
        for (int tier = 0; tier < tiers.size(); tier++) {
            for (var url : tiers.get(tier)) {
                var status = told.stream().filter(each -> isAbout(each, url)).findFirst();
                status.ifPresent(told::remove);
                rows.add(row(url.toString(), tier, status));
            }
        }
        for (var status : told) {
            rows.add(row(status.source(), tiers.size(), Optional.of(status)));
        }
        return rows;
    }

    /** The first that is named. */
    static String first(TransferDetails details, Optional<Metainfo> metainfo) {
        return metainfo.stream()
                .flatMap(known -> known.trackers().stream())
                .flatMap(List::stream)
                .map(URI::toString)
                .findFirst()
                .or(() -> details.discovery().stream()
                        .filter(status -> status.discovery().equals(TRACKER))
                        .map(DiscoveryStatus::source)
                        .findFirst())
                .orElse("");
    }

    /** What is told of a tracker leaves out what in its URL may be a secret. */
    private static boolean isAbout(DiscoveryStatus status, URI url) {
        var place = (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
        var source = status.source().toLowerCase(Locale.ROOT);
        return source.equals(place) || source.startsWith(place + "/") || source.startsWith(place + "?");
    }

    private static Map<String, Object> way(String name, boolean isOn, boolean isPrivate) {
        return row(name, -1, isOn && !isPrivate ? WORKS : OFF, isPrivate ? "this torrent is private" : "");
    }

    private static Map<String, Object> row(String url, long tier, Optional<DiscoveryStatus> status) {
        var message = status.map(DiscoveryStatus::message).orElse("");
        boolean now = status.flatMap(DiscoveryStatus::nextInWords)
                .filter("now"::equals)
                .isPresent();
        return row(url, tier, now ? IS_ASKED : word(message), message);
    }

    private static long word(String message) {
        if (message.startsWith("works")) {
            return WORKS;
        }
        return message.startsWith("failed") ? FAILS : NOT_ASKED;
    }

    private static Map<String, Object> row(String url, long tier, long status, String message) {
        var row = new LinkedHashMap<String, Object>();
        row.put("url", url);
        row.put("tier", tier);
        row.put("status", status);
        row.put("msg", message);
        for (var count : List.of("num_peers", "num_seeds", "num_leeches", "num_downloaded")) {
            row.put(count, -1L); // a tracker's figures are in its message
        }
        return row;
    }
}
