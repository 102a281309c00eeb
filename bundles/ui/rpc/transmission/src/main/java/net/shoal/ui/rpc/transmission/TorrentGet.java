package net.shoal.ui.rpc.transmission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.ui.rpc.transmission.Torrents.Torrent;

/** {@code torrent-get}. */
final class TorrentGet {
    /** Whoever asks for more names asks for some twice. */
    private static final int MOST_FIELDS = 200;

    private final Torrents torrents;
    private final Labels labels;
    private final LongSupplier clock;
    private final Fields fields;

    /** @param clock seconds since 1970 */
    TorrentGet(Torrents torrents, Labels labels, ShareLibrary library, LongSupplier clock) {
        this.torrents = torrents;
        this.labels = labels;
        this.clock = clock;
        this.fields = new Fields(view -> library.link(view.transfer()));
    }

    Map<String, ?> answer(Arguments arguments) throws RpcException, InterruptedException {
        var names = arguments
                .texts("fields")
                .orElseThrow(() -> new RpcException("fields is missing: a list of the names of what is asked for"));
        if (names.size() > MOST_FIELDS) {
            throw new RpcException("fields is a list of at most " + MOST_FIELDS);
        }
        var known = names.stream().distinct().filter(fields::has).toList();
        var views = views(torrents.chosen(arguments), Fields.needDetails(known));
        boolean isTable = arguments.text("format").filter("table"::equals).isPresent();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("torrents", isTable ? table(known, views) : objects(known, views));
        if (arguments.value("ids").filter(Torrents.RECENT::equals).isPresent()) {
            answer.put("removed", torrents.removed());
        }
        return answer;
    }

    private List<?> objects(List<String> names, List<TorrentView> views) {
        var rows = new ArrayList<Map<String, Object>>();
        for (var view : views) {
            var row = new LinkedHashMap<String, Object>();
            names.forEach(name -> row.put(name, fields.of(name, view)));
            rows.add(row);
        }
        return rows;
    }

    /** The names, and then the values of each in the same order. */
    private List<?> table(List<String> names, List<TorrentView> views) {
        var rows = new ArrayList<List<?>>();
        rows.add(names);
        views.forEach(view ->
                rows.add(names.stream().map(name -> fields.of(name, view)).toList()));
        return rows;
    }

    /** All swarms are asked before the first one is waited for. */
    private List<TorrentView> views(List<Torrent> chosen, boolean withDetails)
            throws RpcException, InterruptedException {
        var asked = new ArrayList<CompletionStage<TransferDetails>>();
        if (withDetails) {
            chosen.forEach(torrent -> asked.add(torrent.transfer().details()));
        }
        var views = new ArrayList<TorrentView>();
        for (int i = 0; i < chosen.size(); i++) {
            Optional<TransferDetails> details =
                    withDetails ? Optional.of(Waiting.briefly(asked.get(i))) : Optional.empty();
            views.add(view(chosen.get(i), details));
        }
        return views;
    }

    private TorrentView view(Torrent torrent, Optional<TransferDetails> details) {
        var transfer = torrent.transfer();
        var status = details.map(TransferDetails::status).orElseGet(transfer::status);
        return new TorrentView(
                torrent.id(),
                transfer,
                status,
                details,
                metainfo(transfer),
                labels.of(transfer.hashes().hex()),
                torrents.movedAt(transfer, status),
                clock.getAsLong());
    }

    /** One torrent as the answer to adding it. */
    Map<String, ?> brief(Torrent torrent) {
        var view = view(torrent, Optional.empty());
        return Map.of(
                "id",
                view.id(),
                "name",
                view.name(),
                "hashString",
                torrent.transfer().hashes().hex());
    }

    static Optional<Metainfo> metainfo(Transfer transfer) {
        CompletableFuture<Metainfo> coming = transfer.metainfo().toCompletableFuture();
        return coming.isDone() && !coming.isCompletedExceptionally() ? Optional.of(coming.join()) : Optional.empty();
    }
}
