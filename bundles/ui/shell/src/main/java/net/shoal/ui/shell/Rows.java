package net.shoal.ui.shell;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
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
        return row;
    }

    static Reply.Result shown(TransferDetails details, MagnetLink link) {
        var status = details.status();
        var row = row(status);
        if (status.hashes().isHybrid()) {
            row.put("v2", status.hashes().v2().map(InfoHash::hex));
        }
        if (status.state() instanceof TransferState.Failed failed) {
            row.put("reason", failed.reason());
            row.put("hint", failed.hint());
        }
        row.put("wanted", status.wanted());
        row.put("downloaded", status.downloaded());
        row.put("uploaded", status.uploaded());
        row.put("seeds", status.seeds());
        row.put("known_peers", status.knownPeers());
        row.put("eta", status.etaSeconds());
        row.put("visibility", status.visibility().name().toLowerCase(Locale.ROOT));
        row.put("added", status.added().toString());
        row.put("completed", status.completed().map(Object::toString));
        row.put("link", link.toString());
        row.put("piece_size", details.pieceLength());
        details.pieces().ifPresent(pieces -> {
            row.put("piece_count", pieces.size());
            row.put("piece_done", pieces.cardinality());
        });
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
