package net.shoal.ui.rpc.qbittorrent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoWriter;

/** {@code torrents/}: what is told. */
final class TorrentReads {
    private static final long HAVE = 2;

    private final Torrents torrents;
    private final Looks looks;
    private final TorrentList list;
    private final Supplier<Set<String>> ways;

    /** @param ways by which this node finds peers */
    TorrentReads(Torrents torrents, Looks looks, TorrentList list, Supplier<Set<String>> ways) {
        this.torrents = torrents;
        this.looks = looks;
        this.list = list;
        this.ways = ways;
    }

    List<Action> actions() {
        return List.of(
                Action.read("torrents/info", list::list),
                Action.read(
                        "torrents/count",
                        call -> new Answer.Text(Integer.toString(torrents.all().size()))),
                Action.read("torrents/properties", call -> Answer.of(looks.properties(look(call)))),
                Action.read("torrents/trackers", this::trackers),
                Action.read("torrents/webseeds", this::webSeeds),
                Action.read("torrents/files", this::files),
                Action.read("torrents/pieceStates", this::pieceStates),
                Action.read("torrents/pieceHashes", this::pieceHashes),
                Action.read("torrents/export", this::export),
                Action.read("torrents/downloadLimit", call -> rates(call, TransferLimits::downRate)),
                Action.read("torrents/uploadLimit", call -> rates(call, TransferLimits::upRate)));
    }

    private Look look(Call call) throws ApiException, InterruptedException {
        return looks.at(torrents.one(call));
    }

    private Answer trackers(Call call) throws ApiException, InterruptedException {
        var look = look(call);
        return Answer.of(TrackerRows.of(look.details(), look.metainfo(), ways.get()));
    }

    private Answer webSeeds(Call call) throws ApiException, InterruptedException {
        return Answer.of(look(call).metainfo().map(Metainfo::webSeeds).orElse(List.of()).stream()
                .map(url -> Map.of("url", url.toString()))
                .toList());
    }

    private Answer files(Call call) throws ApiException, InterruptedException {
        var rows = TorrentFiles.rows(look(call));
        var indexes = call.items("indexes", "|");
        if (indexes.isEmpty()) {
            return Answer.of(rows);
        }
        var chosen = new ArrayList<Map<String, Object>>();
        for (var index : indexes) {
            if (!index.matches("[0-9]{1,7}") || Integer.parseInt(index) >= rows.size()) {
                throw ApiException.conflict("there is no file " + index);
            }
            chosen.add(rows.get(Integer.parseInt(index)));
        }
        return Answer.of(chosen);
    }

    private Answer pieceStates(Call call) throws ApiException, InterruptedException {
        var look = look(call);
        var pieces = look.details().pieces();
        int count =
                look.metainfo().map(known -> known.info().layout().pieceCount()).orElse(0);
        var states = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            int piece = i;
            states.add(pieces.filter(field -> field.get(piece)).isPresent() ? HAVE : 0L);
        }
        return Answer.of(states);
    }

    /** Of v1: version 2 has trees in their place. */
    private Answer pieceHashes(Call call) throws ApiException, InterruptedException {
        var known = look(call).metainfo().flatMap(metainfo -> metainfo.info().pieceHashes());
        var hashes = new ArrayList<String>();
        known.ifPresent(all -> {
            for (int i = 0; i < all.count(); i++) {
                hashes.add(all.get(i).hex());
            }
        });
        return Answer.of(hashes);
    }

    private Answer export(Call call) throws ApiException {
        var metainfo = Look.known(torrents.one(call))
                .orElseThrow(() -> ApiException.conflict("its metadata has not come yet"));
        return new Answer.Torrent(ByteBuffer.wrap(MetainfoWriter.write(metainfo)));
    }

    private Answer rates(Call call, Function<TransferLimits, Long> rate) throws ApiException, InterruptedException {
        var rates = new LinkedHashMap<String, Object>();
        for (var look : looks.at(torrents.chosen(call))) {
            rates.put(
                    look.id(),
                    ShareLimits.rate(rate.apply(look.details().options().limits())));
        }
        return Answer.of(rates);
    }
}
