package net.shoal.ui.rpc.transmission;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.ui.rpc.transmission.Torrents.Torrent;

/** What is done to transfers: to each of those that are chosen; the first that cannot be done is said, and the others are done all the same. */
final class Actions {
    /** A move that is refused is so at once; one that goes on is not waited for. */
    private static final long MOVE_MILLIS = 1_000;

    private static final long REMOVE_MILLIS = 20_000;

    private final TransferEngine engine;
    private final Torrents torrents;
    private final Labels labels;

    Actions(TransferEngine engine, Torrents torrents, Labels labels) {
        this.engine = engine;
        this.torrents = torrents;
        this.labels = labels;
    }

    /** What is done to one. */
    interface Step {
        void take(Transfer transfer) throws RpcException, InterruptedException;
    }

    void each(Arguments arguments, Step step) throws RpcException, InterruptedException {
        each(torrents.chosen(arguments), step);
    }

    private static void each(List<Torrent> chosen, Step step) throws RpcException, InterruptedException {
        Optional<RpcException> failure = Optional.empty();
        for (var torrent : chosen) {
            try {
                step.take(torrent.transfer());
            } catch (RpcException e) {
                var named = new RpcException(torrent.transfer().status().name() + ": " + e.sentence());
                failure = failure.or(() -> Optional.of(chosen.size() == 1 ? e : named));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** All of these changes, one after the other. */
    void change(Arguments arguments, TransferChange... changes) throws RpcException, InterruptedException {
        var together = changes.length == 1 ? changes[0] : new TransferChange.Together(List.of(changes));
        each(arguments, transfer -> Waiting.briefly(transfer.change(together)));
    }

    /** In an order that leaves those that are moved in theirs. */
    void queue(Arguments arguments, TransferChange.Queue.Place place) throws RpcException, InterruptedException {
        boolean fromTheEnd = place == TransferChange.Queue.Place.TOP || place == TransferChange.Queue.Place.DOWN;
        var places = new LinkedHashMap<Torrent, Integer>();
        for (var torrent : torrents.chosen(arguments)) {
            var details = Waiting.briefly(torrent.transfer().details());
            places.put(torrent, details.options().queuePosition());
        }
        Comparator<Map.Entry<Torrent, Integer>> byPlace = Map.Entry.comparingByValue();
        var ordered = places.entrySet().stream()
                .sorted(fromTheEnd ? byPlace.reversed() : byPlace)
                .map(Map.Entry::getKey)
                .toList();
        each(ordered, transfer -> Waiting.briefly(transfer.change(new TransferChange.Queue(place))));
    }

    void remove(Arguments arguments) throws RpcException, InterruptedException {
        boolean deleteData = arguments.flag("delete-local-data").orElse(false);
        each(
                arguments,
                transfer -> Waiting.atMost(
                        REMOVE_MILLIS,
                        engine.remove(transfer, deleteData),
                        "it is being removed; its files are still being closed"));
        labels.keep(engine.list());
    }

    void move(Arguments arguments) throws RpcException, InterruptedException {
        var folder = AbsolutePath.parse(
                "location", arguments.text("location").orElseThrow(() -> new RpcException("location is missing")));
        boolean moves = arguments.flag("move").orElse(false);
        each(arguments, transfer -> {
            if (!moves && !transfer.status().inPlace()) {
                throw new RpcException("this node looks elsewhere only for what is shared where it lies;"
                        + " a download is moved there (`move`), or added anew with that download-dir");
            }
            Waiting.begun(MOVE_MILLIS, transfer.change(new TransferChange.Move(folder)));
        });
    }

    /** Files have the names on disk towards programs, and those of the torrent towards the engine. */
    Map<String, ?> rename(Arguments arguments) throws RpcException, InterruptedException {
        var chosen = torrents.chosen(arguments);
        if (chosen.size() != 1) {
            throw new RpcException("torrent-rename-path takes exactly one torrent");
        }
        var path = arguments.text("path").orElseThrow(() -> new RpcException("path is missing"));
        var name = arguments.text("name").orElseThrow(() -> new RpcException("name is missing"));
        var torrent = chosen.get(0);
        var details = Waiting.briefly(torrent.transfer().details());
        Waiting.briefly(torrent.transfer().change(new TransferChange.Rename(inTorrent(torrent, details, path), name)));
        return Map.of("path", path, "name", name, "id", torrent.id());
    }

    private static String inTorrent(Torrent torrent, TransferDetails details, String path) throws RpcException {
        var view = new TorrentView(
                torrent.id(),
                torrent.transfer(),
                details.status(),
                Optional.of(details),
                TorrentGet.metainfo(torrent.transfer()),
                List.of(),
                0,
                0);
        var plain = path.replaceFirst("/+$", "");
        if (plain.equals(view.name())) {
            return "";
        }
        int depth = plain.split("/").length - 1;
        return details.files().stream()
                .filter(file -> isAtOrBelow(view.fileName(file), plain))
                .findFirst()
                .map(file -> first(file, depth))
                .orElseThrow(() -> new RpcException(
                        "there is no file or folder '" + path + "' in it; they have the names that torrent-get tells"));
    }

    private static boolean isAtOrBelow(String name, String path) {
        return name.equals(path) || name.startsWith(path + "/");
    }

    private static String first(FileStatus file, int depth) {
        return Arrays.stream(file.path().split("/")).limit(depth).collect(Collectors.joining("/"));
    }
}
