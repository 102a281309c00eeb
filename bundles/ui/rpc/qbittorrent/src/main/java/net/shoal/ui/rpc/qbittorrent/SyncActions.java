package net.shoal.ui.rpc.qbittorrent;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.TransferDetails.PeerStatus;

/** {@code sync/}: what has changed since it was told last. */
final class SyncActions {
    private final Torrents torrents;
    private final Labels labels;
    private final Looks looks;
    private final NodeSettings settings;
    private final Snapshots mainData = new Snapshots();

    SyncActions(Torrents torrents, Labels labels, Looks looks, NodeSettings settings) {
        this.torrents = torrents;
        this.labels = labels;
        this.looks = looks;
        this.settings = settings;
    }

    List<Action> actions() {
        return List.of(Action.read("sync/maindata", this::mainData), Action.read("sync/torrentPeers", this::peers));
    }

    private Answer mainData(Call call) throws ApiException, InterruptedException {
        var looked = looks.at(torrents.all());
        var rows = new LinkedHashMap<String, Object>();
        for (var row : looks.rows(looked)) {
            rows.put(String.valueOf(row.remove("hash")), row);
        }
        var sections = Map.of("torrents", rows, "categories", LabelActions.categories(labels.book()));
        var state = Traffic.serverState(looked.stream().map(Look::status).toList(), settings);
        long rid = call.whole("rid").orElse(0);
        return Answer.of(mainData.tell(
                call.session(), rid, sections, List.copyOf(labels.book().tags()), state));
    }

    /** All of them each time: peers change all the time. */
    private Answer peers(Call call) throws ApiException, InterruptedException {
        var look = looks.at(torrents.one(call));
        var peers = new LinkedHashMap<String, Object>();
        look.details().peers().forEach(peer -> peers.put(peer.address().toString(), row(peer)));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("full_update", true);
        answer.put("rid", call.whole("rid").orElse(0) + 1);
        answer.put("show_flags", true);
        answer.put("peers", peers);
        return Answer.of(answer);
    }

    private static Map<String, Object> row(PeerStatus peer) {
        var inet = peer.address().inet();
        var row = new LinkedHashMap<String, Object>();
        row.put("ip", inet.map(at -> at.getAddress().getHostAddress()).orElseGet(() -> peer.address()
                .toString()));
        row.put("port", (long) inet.map(InetSocketAddress::getPort).orElse(0));
        row.put("client", peer.client());
        row.put("connection", peer.transport());
        row.put("flags", peer.flags());
        row.put("flags_desc", "");
        row.put("country", "");
        row.put("country_code", "");
        row.put("progress", peer.have());
        row.put("relevance", 0.0);
        row.put("dl_speed", peer.downRate());
        row.put("up_speed", peer.upRate());
        row.put("downloaded", peer.downloaded());
        row.put("uploaded", peer.uploaded());
        row.put("files", "");
        return row;
    }
}
