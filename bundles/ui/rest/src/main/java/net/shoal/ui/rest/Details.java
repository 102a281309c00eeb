package net.shoal.ui.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.shoal.api.transfer.Obstacle;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.base.command.ObstacleText;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.InfoHash;

/** Everything about one transfer, as the API tells it. */
final class Details {
    /** What can be left out. */
    static final Set<String> PARTS = Set.of("files", "pieces", "peers", "discovery");

    private Details() {}

    static Map<String, ?> of(TransferDetails details, Row row, MagnetLink link, Set<String> parts) {
        var hashes = details.status().hashes();
        return Json.object(
                "transfer",
                row,
                "link",
                link.toString(),
                "v2",
                hashes.isHybrid() ? hashes.v2().map(InfoHash::hex) : null,
                "options",
                options(details.options()),
                "files",
                parts.contains("files") ? files(details) : List.of(),
                "pieces",
                parts.contains("pieces") ? details.pieces().map(pieces -> pieces(pieces, details.pieceLength())) : null,
                "peers",
                parts.contains("peers")
                        ? details.peers().stream().map(Details::peer).toList()
                        : List.of(),
                "discovery",
                parts.contains("discovery")
                        ? details.discovery().stream().map(Details::discovery).toList()
                        : List.of(),
                "sources",
                sources(details.peers()),
                "obstacles",
                details.obstacles().stream().map(Details::obstacle).toList());
    }

    static Map<String, ?> options(TransferOptions options) {
        var limits = options.limits();
        return Json.object(
                "downLimit", limits.downRate(),
                "upLimit", limits.upRate(),
                "maxPeers", (long) limits.maxPeers(),
                "ratioLimit", ratio(limits),
                "idleLimit", limits.idle().<Object>map(idle -> idle.isZero() ? "never" : idle.toSeconds()),
                "sequential", options.sequential(),
                "firstLast", options.firstAndLast(),
                "superSeeding", options.superSeeding(),
                "forced", options.forced(),
                "queue", options.queuePosition() + 1L);
    }

    private static @org.jspecify.annotations.Nullable Object ratio(TransferLimits limits) {
        if (limits.ratio().isEmpty()) {
            return null;
        }
        double ratio = limits.ratio().getAsDouble();
        return Double.isInfinite(ratio) ? (Object) "never" : (Object) ratio;
    }

    private static List<?> files(TransferDetails details) {
        var id = details.status().hashes().hex();
        return details.files().stream().map(file -> file(file, id)).toList();
    }

    private static Object file(FileStatus file, String id) {
        return Json.object(
                "index", (long) file.index(),
                "path", file.path(),
                "onDisk", file.onDisk().toString(),
                "size", file.length(),
                "done", file.done(),
                "priority", Words.of(file.priority()),
                "content", file.wanted() ? "/content/" + id + "/" + file.index() : null,
                "media", MediaType.ofName(file.path()).shown());
    }

    /** Runs rather than a bit each: a download in order has two. */
    private static Object pieces(Bitfield pieces, int length) {
        var runs = new ArrayList<Long>();
        boolean there = false;
        long run = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) != there) {
                runs.add(run);
                there = !there;
                run = 0;
            }
            run++;
        }
        runs.add(run);
        return Json.object(
                "size",
                (long) length,
                "count",
                (long) pieces.size(),
                "done",
                (long) pieces.cardinality(),
                "runs",
                runs);
    }

    private static Object peer(TransferDetails.PeerStatus peer) {
        return Json.object(
                "address", peer.address().toString(),
                "client", peer.client(),
                "transport", peer.transport(),
                "security", peer.security(),
                "encrypted", peer.encrypted(),
                "inbound", peer.inbound(),
                "have", peer.have(),
                "down", peer.downRate(),
                "up", peer.upRate(),
                "downloaded", peer.downloaded(),
                "uploaded", peer.uploaded(),
                "flags", peer.flags());
    }

    private static Object discovery(TransferDetails.DiscoveryStatus status) {
        return Json.object(
                "by",
                status.discovery(),
                "source",
                status.source(),
                "message",
                status.message(),
                "next",
                status.nextInWords());
    }

    /** Peers that send, by what they are connected by: web seeds are among them. */
    private static List<?> sources(List<TransferDetails.PeerStatus> peers) {
        var byKind = new TreeMap<String, long[]>();
        peers.stream().filter(peer -> peer.downRate() > 0).forEach(peer -> {
            var sums = byKind.computeIfAbsent(peer.transport(), kind -> new long[2]);
            sums[0]++;
            sums[1] += peer.downRate();
        });
        return byKind.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, long[]> entry) -> -entry.getValue()[1]))
                .map(entry ->
                        Json.object("kind", entry.getKey(), "count", entry.getValue()[0], "down", entry.getValue()[1]))
                .toList();
    }

    private static Object obstacle(Obstacle obstacle) {
        var values = obstacle.figures();
        var message = obstacle instanceof Obstacle.Failed failed
                ? failed.reason()
                : ObstacleText.of(values).orElse("");
        return Json.object("cause", obstacle.code(), "message", message, "values", values);
    }
}
