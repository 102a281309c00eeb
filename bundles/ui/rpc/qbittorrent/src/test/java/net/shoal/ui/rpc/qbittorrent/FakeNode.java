package net.shoal.ui.rpc.qbittorrent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.command.Json;
import net.shoal.base.metainfo.MagnetLink;

/** All of the interface but its servlet, over an engine that is none. */
final class FakeNode {
    final FakeEngine engine = new FakeEngine();
    final FakeSettings settings = new FakeSettings();
    final AtomicLong nanos = new AtomicLong();
    final Labels labels;
    final SeedingTimes times;
    private final Map<String, Action> actions = new HashMap<>();

    FakeNode(Path folder) throws IOException {
        labels = Labels.load(folder.resolve("labels.json"));
        var torrents = new Torrents(engine);
        var clock = Clock.fixed(Instant.EPOCH.plus(Duration.ofHours(1)), ZoneOffset.UTC);
        times = new SeedingTimes(torrents, labels, clock, nanos::get);
        var node = new NodeSettings(settings);
        var looks = new Looks(torrents, labels, times, node, clock);
        ContentLinks links = link -> CompletableFuture.completedStage(new Source.Magnet(MagnetLink.parse(link)));
        var all = new ArrayList<Action>();
        all.addAll(new AppActions(new Preferences(node), node, () -> Set.of("dht"), () -> 7, "0.1").actions());
        all.addAll(new TorrentReads(torrents, looks, new TorrentList(torrents, labels, looks), Set::of).actions());
        all.addAll(new TorrentChanges(engine, torrents, labels, looks, times, new FakeNetwork(), node).actions());
        all.addAll(new LabelActions(torrents, labels).actions());
        all.addAll(new Adding(engine, torrents, labels, links, node, Runnable::run).actions());
        all.addAll(new TransferActions(torrents, node).actions());
        all.addAll(new SyncActions(torrents, labels, looks, node).actions());
        all.forEach(action -> actions.put(action.path(), action));
    }

    /** @param parameters names and values by turns */
    String ask(String path, String... parameters) throws Exception {
        var given = new HashMap<String, String>();
        for (int i = 0; i < parameters.length; i += 2) {
            given.put(parameters[i], parameters[i + 1]);
        }
        return ask(path, new Call("session", given, List.of()));
    }

    String ask(String path, Call call) throws Exception {
        var answer = actions.get(path).handler().handle(call);
        return answer instanceof Answer.Data data ? data.json() : ((Answer.Text) answer).text();
    }

    Map<String, Object> object(String path, String... parameters) throws Exception {
        return Json.readObject(ask(path, parameters));
    }

    /** Of an answer that is a list. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows(String path, String... parameters) throws Exception {
        var wrapped = Json.readObject("{\"rows\":" + ask(path, parameters) + "}");
        return (List<Map<String, Object>>) wrapped.get("rows");
    }

    List<Object> column(String name, String path, String... parameters) throws Exception {
        return rows(path, parameters).stream().map(row -> row.get(name)).toList();
    }
}
