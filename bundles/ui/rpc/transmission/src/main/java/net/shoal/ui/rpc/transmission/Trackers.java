package net.shoal.ui.rpc.transmission;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.base.metainfo.MagnetLink;

/** Trackers as Transmission tells of them; how each stands is known in words only. */
final class Trackers {
    private static final String DISCOVERY = "tracker";
    private static final Pattern NEXT = Pattern.compile("in ([0-9]{1,9}) (s|min)");
    // tr_tracker_state of Transmission's transmission.h
    private static final long INACTIVE = 0;
    private static final long WAITING = 1;
    private static final long ACTIVE = 3;
    private static final long UNKNOWN = -1;

    private Trackers() {}

    /** What the torrent names, or else the link, and those that were added. */
    static List<List<URI>> tiers(TorrentView view, Function<TorrentView, MagnetLink> links) {
        var tiers = new ArrayList<List<URI>>(
                view.metainfo().map(known -> known.trackers()).orElse(List.of()));
        links.apply(view).trackers().stream()
                .filter(uri -> tiers.stream().noneMatch(tier -> tier.contains(uri)))
                .forEach(uri -> tiers.add(List.of(uri)));
        return tiers;
    }

    static String list(List<List<URI>> tiers) {
        return tiers.stream()
                .map(tier -> tier.stream().map(URI::toString).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n\n"));
    }

    static List<Map<String, Object>> rows(List<List<URI>> tiers) {
        return each(
                tiers,
                (id, tier, uri) -> Map.of(
                        "announce", uri.toString(), "id", id, "scrape", "", "sitename", host(uri), "tier", tier));
    }

    private interface Row {
        Map<String, Object> of(long id, long tier, URI uri);
    }

    private static List<Map<String, Object>> each(List<List<URI>> tiers, Row row) {
        var rows = new ArrayList<Map<String, Object>>();
        for (int tier = 0; tier < tiers.size(); tier++) {
            for (var uri : tiers.get(tier)) {
                rows.add(row.of(rows.size(), tier, uri));
            }
        }
        return rows;
    }

    private static String host(URI uri) {
        return Objects.toString(uri.getHost(), "");
    }

    static List<Map<String, Object>> stats(List<List<URI>> tiers, TorrentView view) {
        var told = view.details().map(TransferDetails::discovery).orElse(List.of());
        return each(tiers, (id, tier, uri) -> stat(id, tier, uri, status(told, uri), view.now()));
    }

    private static Optional<DiscoveryStatus> status(List<DiscoveryStatus> told, URI uri) {
        return told.stream()
                .filter(one -> one.discovery().equals(DISCOVERY)
                        && one.source().contains(Objects.toString(uri.getAuthority(), uri.toString())))
                .findFirst();
    }

    private static Map<String, Object> stat(long id, long tier, URI uri, Optional<DiscoveryStatus> told, long now) {
        var next = told.flatMap(DiscoveryStatus::nextInWords);
        return Map.ofEntries(
                Map.entry("announce", uri.toString()),
                Map.entry(
                        "announceState", next.isEmpty() ? INACTIVE : next.get().equals("now") ? ACTIVE : WAITING),
                Map.entry("downloadCount", UNKNOWN),
                Map.entry("hasAnnounced", false),
                Map.entry("hasScraped", false),
                Map.entry("host", uri.getScheme() + "://" + Objects.toString(uri.getAuthority(), "")),
                Map.entry("id", id),
                Map.entry("isBackup", false),
                Map.entry("lastAnnouncePeerCount", 0L),
                Map.entry(
                        "lastAnnounceResult", told.map(DiscoveryStatus::message).orElse("")),
                Map.entry("lastAnnounceStartTime", 0L),
                Map.entry("lastAnnounceSucceeded", false),
                Map.entry("lastAnnounceTime", 0L),
                Map.entry("lastAnnounceTimedOut", false),
                Map.entry("lastScrapeResult", ""),
                Map.entry("lastScrapeStartTime", 0L),
                Map.entry("lastScrapeSucceeded", false),
                Map.entry("lastScrapeTime", 0L),
                Map.entry("lastScrapeTimedOut", false),
                Map.entry("leecherCount", UNKNOWN),
                Map.entry(
                        "nextAnnounceTime",
                        next.map(words -> now + seconds(words)).orElse(0L)),
                Map.entry("nextScrapeTime", 0L),
                Map.entry("scrape", ""),
                Map.entry("scrapeState", INACTIVE),
                Map.entry("seederCount", UNKNOWN),
                Map.entry("sitename", host(uri)),
                Map.entry("tier", tier));
    }

    private static long seconds(String words) {
        var matcher = NEXT.matcher(words);
        if (!matcher.matches()) {
            return 0;
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("s") ? number : number * 60;
    }
}
