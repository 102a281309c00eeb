package net.shoal.ui.rpc.qbittorrent;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferChange.Queue.Place;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.base.command.Endpoint;
import net.shoal.base.command.Values;
import net.shoal.base.model.PeerAddress;

/** {@code torrents/}: what is changed of those there are, and their removal. */
final class TorrentChanges {
    /** A move that is refused is so at once; one that goes on is not waited for. */
    private static final long MOVE_MILLIS = 1_000;

    private static final long REMOVE_MILLIS = 20_000;
    private static final int MOST_PEERS = 1_000;
    private static final int LONGEST_NAME = 1_000;

    private final TransferEngine engine;
    private final Torrents torrents;
    private final Labels labels;
    private final Looks looks;
    private final SeedingTimes times;
    private final Network network;
    private final NodeSettings settings;

    TorrentChanges(
            TransferEngine engine,
            Torrents torrents,
            Labels labels,
            Looks looks,
            SeedingTimes times,
            Network network,
            NodeSettings settings) {
        this.engine = engine;
        this.torrents = torrents;
        this.labels = labels;
        this.looks = looks;
        this.times = times;
        this.network = network;
        this.settings = settings;
    }

    List<Action> actions() {
        return List.of(
                Action.change("torrents/delete", this::delete),
                Action.change("torrents/pause", call -> each(call, new TransferChange.Pause())),
                Action.change("torrents/stop", call -> each(call, new TransferChange.Pause())),
                Action.change("torrents/resume", call -> each(call, new TransferChange.Resume())),
                Action.change("torrents/start", call -> each(call, new TransferChange.Resume())),
                Action.change("torrents/recheck", call -> each(call, new TransferChange.Recheck())),
                Action.change("torrents/reannounce", this::reannounce),
                Action.change("torrents/setForceStart", this::force),
                Action.change(
                        "torrents/setSuperSeeding",
                        call -> each(call, new TransferChange.SuperSeed(value(call, "value")))),
                Action.change("torrents/setAutoManagement", TorrentChanges::autoManage),
                Action.change("torrents/topPrio", call -> queue(call, Place.TOP, false)),
                Action.change("torrents/increasePrio", call -> queue(call, Place.UP, true)),
                Action.change("torrents/decreasePrio", call -> queue(call, Place.DOWN, false)),
                Action.change("torrents/bottomPrio", call -> queue(call, Place.BOTTOM, true)),
                Action.change("torrents/filePrio", this::prioritise),
                Action.change("torrents/setShareLimits", this::shareLimits),
                Action.change("torrents/setDownloadLimit", call -> rate(call, true)),
                Action.change("torrents/setUploadLimit", call -> rate(call, false)),
                Action.change("torrents/toggleSequentialDownload", this::toggleSequential),
                Action.change("torrents/toggleFirstLastPiecePrio", this::toggleFirstAndLast),
                Action.change("torrents/setLocation", call -> move(torrents.chosen(call), call.needed("location"))),
                Action.change(
                        "torrents/setSavePath",
                        call -> move(torrents.chosen(call.items("id", "|")), call.needed("path"))),
                Action.change("torrents/rename", this::rename),
                Action.change("torrents/renameFile", call -> renameOnDisk(call, false)),
                Action.change("torrents/renameFolder", call -> renameOnDisk(call, true)),
                Action.change("torrents/addTrackers", this::addTrackers),
                Action.change("torrents/addPeers", this::addPeers));
    }

    /** All at once; says of the first that refuses why. */
    private static Answer all(List<? extends CompletionStage<?>> stages) throws ApiException, InterruptedException {
        for (var stage : stages) {
            Waiting.briefly(stage);
        }
        return Answer.DONE;
    }

    private Answer each(Call call, TransferChange change) throws ApiException, InterruptedException {
        return all(torrents.chosen(call).stream()
                .map(transfer -> transfer.change(change))
                .toList());
    }

    private static boolean value(Call call, String name) throws ApiException {
        call.needed(name);
        return call.isSet(name);
    }

    /** Sonarr leaves {@code deleteFiles} out where it means false. */
    private Answer delete(Call call) throws ApiException, InterruptedException {
        boolean withFiles = call.isSet("deleteFiles");
        var chosen = torrents.chosen(call);
        var gone = chosen.stream()
                .map(transfer -> engine.remove(transfer, withFiles))
                .toList();
        for (var stage : gone) {
            Waiting.within(stage, REMOVE_MILLIS);
        }
        for (var transfer : chosen) {
            labels.forget(transfer.hashes());
        }
        return Answer.DONE;
    }

    /** Both at rest and at work, as qBittorrent does: whoever forces wants it to go on. */
    private Answer force(Call call) throws ApiException, InterruptedException {
        var force = new TransferChange.Force(value(call, "value"));
        return each(call, new TransferChange.Together(List.of(force, new TransferChange.Resume())));
    }

    /** Nothing to do: Shoal announces by itself when there is a reason to, and keeps to the times that trackers set. */
    private Answer reannounce(Call call) throws ApiException {
        torrents.chosen(call);
        return Answer.DONE;
    }

    private static Answer autoManage(Call call) throws ApiException {
        if (value(call, "enable")) {
            throw ApiException.conflict("Shoal does not move what it has when a category changes");
        }
        return Answer.DONE;
    }

    /** @param inOrder of the queue, so that several keep theirs */
    private Answer queue(Call call, Place place, boolean inOrder) throws ApiException, InterruptedException {
        var byPosition =
                Comparator.comparingInt((Look look) -> look.details().options().queuePosition());
        var looked = looks.at(torrents.chosen(call)).stream()
                .sorted(inOrder ? byPosition : byPosition.reversed())
                .toList();
        for (var look : looked) {
            Waiting.briefly(look.transfer().change(new TransferChange.Queue(place)));
        }
        return Answer.DONE;
    }

    private Answer prioritise(Call call) throws ApiException, InterruptedException {
        var theirs = call.whole("priority").orElseThrow(() -> ApiException.wrong("'priority' is missing"));
        var priority = TorrentFiles.priority(theirs)
                .orElseThrow(() -> ApiException.wrong("a priority is 0 (not at all), 1, 6 or 7, unlike " + theirs));
        call.needed("id");
        var look = looks.at(torrents.one(call));
        var files = look.details().files();
        if (look.metainfo().isEmpty()) {
            throw ApiException.conflict("its metadata has not come yet");
        }
        var changed = new HashMap<Integer, FilePriority>();
        for (var id : call.items("id", "|")) {
            if (!id.matches("[0-9]{1,9}")) {
                throw ApiException.wrong("a file has a number, unlike '" + id + "'");
            }
            if (Integer.parseInt(id) >= files.size()) {
                throw ApiException.conflict("there is no file " + id);
            }
            changed.put(files.get(Integer.parseInt(id)).index(), priority);
        }
        return all(List.of(look.transfer().change(new TransferChange.Prioritise(changed))));
    }

    /** Changes what they may use, as it is now. */
    private interface Limiting {
        TransferLimits change(TransferLimits now) throws ApiException;
    }

    private Answer limit(Call call, Limiting limiting) throws ApiException, InterruptedException {
        var changes = new ArrayList<CompletionStage<Void>>();
        for (var look : looks.at(torrents.chosen(call))) {
            var now = look.details().options().limits();
            changes.add(look.transfer().change(new TransferChange.Limit(limiting.change(now))));
        }
        return all(changes);
    }

    /** Sonarr knows of no limit to idleness: what is not given stays. */
    private Answer shareLimits(Call call) throws ApiException, InterruptedException {
        var ratio = call.decimal("ratioLimit");
        var idle = call.whole("inactiveSeedingTimeLimit");
        var minutes = call.whole("seedingTimeLimit");
        limit(
                call,
                now -> new TransferLimits(
                        now.downRate(),
                        now.upRate(),
                        now.maxPeers(),
                        ratio.isPresent() ? ShareLimits.ratio(ratio.getAsDouble()) : now.ratio(),
                        idle.isPresent() ? ShareLimits.idle(idle.getAsLong()) : now.idle()));
        if (minutes.isPresent()) {
            for (var transfer : torrents.chosen(call)) {
                times.end(transfer, minutes.getAsLong());
            }
        }
        return Answer.DONE;
    }

    private Answer rate(Call call, boolean down) throws ApiException, InterruptedException {
        call.needed("limit");
        long rate = ShareLimits.ourRate(call.whole("limit").orElse(0));
        return limit(
                call,
                now -> new TransferLimits(
                        down ? rate : now.downRate(),
                        down ? now.upRate() : rate,
                        now.maxPeers(),
                        now.ratio(),
                        now.idle()));
    }

    private Answer toggleSequential(Call call) throws ApiException, InterruptedException {
        return toggle(call, options -> new TransferChange.Sequential(!options.sequential()));
    }

    private Answer toggleFirstAndLast(Call call) throws ApiException, InterruptedException {
        return toggle(call, options -> new TransferChange.FirstAndLast(!options.firstAndLast()));
    }

    private Answer toggle(Call call, Function<TransferOptions, TransferChange> change)
            throws ApiException, InterruptedException {
        return all(looks.at(torrents.chosen(call)).stream()
                .map(look -> look.transfer().change(change.apply(look.details().options())))
                .toList());
    }

    private Answer move(List<Transfer> chosen, String location) throws ApiException, InterruptedException {
        var folder = folder(location, settings);
        for (var transfer : chosen) {
            Waiting.within(transfer.change(new TransferChange.Move(folder)), MOVE_MILLIS);
        }
        return Answer.DONE;
    }

    /** Relative ones lie below where downloads go. */
    static Path folder(String text, NodeSettings settings) throws ApiException {
        if (text.isBlank()) {
            throw ApiException.wrong("a save path cannot be empty");
        }
        try {
            return settings.downloads().resolve(text.strip()).normalize();
        } catch (InvalidPathException e) {
            throw ApiException.wrong("'" + text + "' is no path: " + e.getReason());
        }
    }

    /** For programs alone: the engine calls it by the name of its content. */
    private Answer rename(Call call) throws ApiException {
        var name = call.needed("name").strip().replaceAll("[\\r\\n]+", " ");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw ApiException.conflict("a name has 1 to " + LONGEST_NAME + " characters");
        }
        labels.change(torrents.one(call).hashes(), label -> label.named(name));
        return Answer.DONE;
    }

    private Answer renameOnDisk(Call call, boolean folder) throws ApiException, InterruptedException {
        var look = looks.at(torrents.one(call));
        var change = TorrentFiles.rename(look, call.needed("oldPath"), call.needed("newPath"), folder);
        return all(List.of(look.transfer().change(change)));
    }

    private Answer addTrackers(Call call) throws ApiException, InterruptedException {
        call.needed("urls");
        var urls = new ArrayList<URI>();
        for (var url : call.items("urls", "\n")) {
            try {
                urls.add(Values.url(url));
            } catch (IllegalArgumentException e) {
                throw ApiException.failed(e);
            }
        }
        return all(List.of(torrents.one(call).change(new TransferChange.AddTrackers(urls))));
    }

    private Answer addPeers(Call call) throws ApiException, InterruptedException {
        call.needed("peers");
        var given = call.items("peers", "|");
        var peers = new ArrayList<PeerAddress>();
        for (var text : given.subList(0, Math.min(given.size(), MOST_PEERS))) {
            peers.addAll(peers(text));
        }
        if (peers.isEmpty()) {
            throw ApiException.wrong("none of these is the address of a peer that this node may reach");
        }
        var results = new LinkedHashMap<String, Object>();
        for (var transfer : torrents.chosen(call)) {
            results.put(Torrents.id(transfer.hashes()), added(transfer, peers, given.size()));
        }
        return Answer.of(results);
    }

    /** None where it is no address that this node may reach: the answer counts those. */
    private List<PeerAddress> peers(String text) throws InterruptedException {
        try {
            var endpoint = Endpoint.parse(text);
            return Waiting.briefly(network.resolve(endpoint.host().orElseThrow())).stream()
                    .map(address -> PeerAddress.ip(address, endpoint.port()))
                    .toList();
        } catch (IllegalArgumentException | ApiException e) {
            return List.of();
        }
    }

    private static Map<String, Object> added(Transfer transfer, List<PeerAddress> peers, int given)
            throws InterruptedException {
        long added = 0;
        try {
            Waiting.briefly(transfer.change(new TransferChange.AddPeers(peers)));
            added = Math.min(given, peers.size());
        } catch (ApiException e) {
            added = 0; // a private torrent takes none
        }
        return Map.of("added", added, "failed", given - added);
    }
}
