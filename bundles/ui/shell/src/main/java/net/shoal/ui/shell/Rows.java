package net.shoal.ui.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.shoal.api.transfer.Obstacle;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.command.Reply;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.model.InfoHash;

/** What is said of transfers, member by member. */
final class Rows {
    private Rows() {}

    static Reply.Result listed(TransferStatus status) {
        return new Reply.Result(row(status));
    }

    private static Map<String, Object> row(TransferStatus status) {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", status.hashes().hex());
        row.put("name", status.name());
        row.put("state", status.state().word());
        row.put("size", status.total());
        row.put("done", status.done());
        row.put("down", status.downRate());
        row.put("up", status.upRate());
        row.put("peers", status.peers());
        row.put("ratio", status.ratio());
        row.put("path", status.path().toString());
        row.put("wanted", status.wanted());
        row.put("in_place", status.inPlace());
        row.putAll(more(status.state()));
        return row;
    }

    /** What there is to say of a state beside its word. */
    static Map<String, Object> more(TransferState state) {
        var row = new LinkedHashMap<String, Object>();
        if (state instanceof TransferState.Failed failed) {
            row.put("trouble", failed.trouble().word());
            row.put("reason", failed.reason());
            row.put("hint", failed.hint());
            row.put("since", failed.since().toString());
        } else if (state instanceof TransferState.Paused paused) {
            row.put("why", paused.why().name().toLowerCase(Locale.ROOT));
        } else if (state instanceof TransferState.Checking checking) {
            row.put("part", checking.checked());
        } else if (state instanceof TransferState.Moving moving) {
            row.put("part", moving.moved());
        }
        return row;
    }

    /** A row of a list, with the place in the queue of one that waits there. */
    static Reply.Result queued(TransferDetails details) {
        var row = row(details.status());
        row.put("queue", place(details.options()));
        return new Reply.Result(row);
    }

    /** @param files that were given a priority */
    static Reply.Result set(TransferDetails details, int files) {
        var row = row(details.status());
        row.put("files_prioritised", files);
        row.putAll(options(details.options()));
        return new Reply.Result(row);
    }

    private static Map<String, Object> options(TransferOptions options) {
        var limits = options.limits();
        var row = new LinkedHashMap<String, Object>();
        row.put("down_limit", limits.downRate());
        row.put("up_limit", limits.upRate());
        row.put("max_peers", limits.maxPeers());
        limits.ratio().ifPresent(ratio -> row.put("ratio_limit", Double.isInfinite(ratio) ? "never" : ratio));
        limits.idle().ifPresent(idle -> row.put("idle_limit", idle.isZero() ? "never" : idle.toSeconds()));
        row.put("sequential", options.sequential());
        row.put("first_last", options.firstAndLast());
        row.put("super_seeding", options.superSeeding());
        row.put("forced", options.forced());
        row.put("queue", place(options));
        return row;
    }

    /** From 1, as people count. */
    private static int place(TransferOptions options) {
        return options.queuePosition() + 1;
    }

    static MagnetLink link(Transfer transfer) {
        var known = transfer.metainfo().toCompletableFuture();
        return known.isDone() && !known.isCompletedExceptionally()
                ? MagnetLink.of(known.join(), List.of())
                : MagnetLink.of(transfer.hashes());
    }

    static Reply.Result shown(TransferDetails details, MagnetLink link) {
        var status = details.status();
        var row = row(status);
        if (status.hashes().isHybrid()) {
            row.put("v2", status.hashes().v2().map(InfoHash::hex));
        }
        row.put("downloaded", status.downloaded());
        row.put("uploaded", status.uploaded());
        row.put("seeds", status.seeds());
        row.put("known_peers", status.knownPeers());
        row.put("eta", status.etaSeconds());
        row.put("obstacles", details.obstacles().stream().map(Obstacle::figures).toList());
        row.put("visibility", status.visibility().name().toLowerCase(Locale.ROOT));
        row.put("added", status.added().toString());
        row.put("completed", status.completed().map(Object::toString));
        row.put("link", link.toString());
        row.put("piece_size", details.pieceLength());
        details.pieces().ifPresent(pieces -> {
            row.put("piece_count", pieces.size());
            row.put("piece_done", pieces.cardinality());
        });
        row.putAll(options(details.options()));
        row.put("files", details.files().stream().map(Rows::file).toList());
        row.put("connected", details.peers().stream().map(Rows::peer).toList());
        row.put("discovery", details.discovery().stream().map(Rows::discovery).toList());
        return new Reply.Result(row);
    }

    private static Map<String, Object> file(TransferDetails.FileStatus file) {
        var row = new LinkedHashMap<String, Object>();
        row.put("path", file.path());
        row.put("size", file.length());
        row.put("done", file.done());
        row.put("wanted", file.wanted());
        row.put("priority", file.priority().name().toLowerCase(Locale.ROOT));
        row.put("on_disk", file.onDisk().toString());
        return row;
    }

    static Map<String, Object> peer(TransferDetails.PeerStatus peer) {
        var row = new LinkedHashMap<String, Object>();
        row.put("address", peer.address().toString());
        row.put("client", peer.client());
        row.put("transport", peer.transport());
        row.put("security", peer.security());
        row.put("encrypted", peer.encrypted());
        row.put("inbound", peer.inbound());
        row.put("have", peer.have());
        row.put("down", peer.downRate());
        row.put("up", peer.upRate());
        row.put("downloaded", peer.downloaded());
        row.put("uploaded", peer.uploaded());
        row.put("flags", peer.flags());
        return row;
    }

    private static Map<String, Object> discovery(TransferDetails.DiscoveryStatus status) {
        var row = new LinkedHashMap<String, Object>();
        row.put("by", status.discovery());
        row.put("source", status.source());
        row.put("message", status.message());
        row.put("next", status.nextInWords());
        return row;
    }

    static Map<String, Object> event(String event, Transfer transfer) {
        var status = transfer.status();
        var row = new LinkedHashMap<String, Object>();
        row.put("event", event);
        row.put("id", status.hashes().hex());
        row.put("name", status.name());
        row.put("state", status.state().word());
        return row;
    }
}
