package net.shoal.ui.rpc.qbittorrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.library.FailureText;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.model.InfoHashes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code torrents/add}: by .torrent files, magnet links and URLs. {@code Ok.} if any of them was new, else {@code Fails.} */
final class Adding {
    private static final Logger LOG = LoggerFactory.getLogger(Adding.class);
    /** What takes longer to fetch is added when it is there. */
    private static final long LINK_MILLIS = 15_000;

    private static final int MOST_LINKS = 100;
    private static final int LONGEST_LINK = 16_384;

    private final TransferEngine engine;
    private final Torrents torrents;
    private final Labels labels;
    private final ContentLinks links;
    private final NodeSettings settings;
    private final Executor worker;

    /** @param worker adds what a link leads to; may be kept waiting */
    Adding(
            TransferEngine engine,
            Torrents torrents,
            Labels labels,
            ContentLinks links,
            NodeSettings settings,
            Executor worker) {
        this.engine = engine;
        this.torrents = torrents;
        this.labels = labels;
        this.links = links;
        this.settings = settings;
        this.worker = worker;
    }

    List<Action> actions() {
        return List.of(Action.change("torrents/add", this::add));
    }

    private Answer add(Call call) throws ApiException, InterruptedException {
        var sources = sources(call.files());
        var urls = call.items("urls", "\n");
        if (urls.size() > MOST_LINKS) {
            throw ApiException.wrong("at most " + MOST_LINKS + " links are taken at a time");
        }
        if (urls.isEmpty() && sources.isEmpty()) {
            throw ApiException.wrong("there is neither a link nor a file");
        }
        var wanted = NewTorrent.of(call, labels, settings);
        labels.needCategory(wanted.label().category());
        labels.createTags(wanted.label().tags());
        boolean any = false;
        for (var source : sources) {
            any |= add(source, wanted);
        }
        any |= follow(urls, wanted);
        return new Answer.Text(any ? "Ok." : "Fails.");
    }

    private static List<Source> sources(List<Call.Upload> files) throws ApiException {
        var sources = new ArrayList<Source>();
        for (var file : files) {
            try {
                sources.add(new Source.Torrent(
                        new MetainfoReader().metainfo(file.content().duplicate())));
            } catch (MetainfoException e) {
                throw ApiException.badFile(file.name() + " is no torrent: " + e.getMessage());
            }
        }
        return sources;
    }

    /** True if any was added, or still may be. */
    private boolean follow(List<String> urls, NewTorrent wanted) throws InterruptedException {
        var stages = urls.stream().map(url -> follow(url, wanted)).toList();
        long end = System.nanoTime() + LINK_MILLIS * 1_000_000;
        boolean any = false;
        for (var stage : stages) {
            any |= await(stage, (end - System.nanoTime()) / 1_000_000);
        }
        return any;
    }

    private CompletableFuture<Boolean> follow(String url, NewTorrent wanted) {
        return resolve(url)
                .thenApplyAsync(source -> addOrThrow(source, wanted), worker)
                .whenComplete((added, failure) -> {
                    if (failure != null) {
                        LOG.warn("What a program named was not added: {}", FailureText.of(failure));
                    }
                })
                .toCompletableFuture();
    }

    private CompletionStage<Source> resolve(String url) {
        try {
            return url.length() > LONGEST_LINK
                    ? CompletableFuture.failedFuture(
                            new IllegalArgumentException("a link has " + LONGEST_LINK + " characters at most"))
                    : links.resolve(url);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean addOrThrow(Source source, NewTorrent wanted) {
        try {
            return add(source, wanted);
        } catch (ApiException e) {
            throw new IllegalArgumentException(e.reason(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the node stops", e);
        }
    }

    private static boolean await(CompletableFuture<Boolean> stage, long millis) throws InterruptedException {
        try {
            return !Waiting.within(stage, millis) || stage.join();
        } catch (ApiException e) {
            return false; // the log has it
        }
    }

    /** False if it was there already: whoever added it decides about it. What is new of trackers is added to it all the same. */
    private boolean add(Source source, NewTorrent wanted) throws ApiException, InterruptedException {
        var hashes = hashes(source);
        boolean isNew = torrents.find(hashes).isEmpty();
        if (!isNew) {
            var there = engine.add(wanted.request(source));
            LOG.info("{} is there already", there.status().name());
            return false;
        }
        // before anybody sees it
        labels.change(hashes, label -> wanted.label());
        try {
            var transfer = engine.add(wanted.request(source));
            if (!wanted.changes().isEmpty()) {
                Waiting.briefly(transfer.change(new TransferChange.Together(wanted.changes())));
            }
            if (wanted.beginsLater()) {
                Waiting.briefly(transfer.change(new TransferChange.Resume()));
            }
            return true;
        } catch (IllegalArgumentException e) {
            labels.forget(hashes);
            throw ApiException.failed(e);
        }
    }

    private static InfoHashes hashes(Source source) {
        return source instanceof Source.Magnet magnet
                ? magnet.link().hashes()
                : ((Source.Torrent) source).metainfo().info().hashes();
    }
}
