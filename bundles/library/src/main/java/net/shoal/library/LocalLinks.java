package net.shoal.library;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.library.LinkException;
import net.shoal.api.net.DownloadException;
import net.shoal.api.net.WebDownload;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.metainfo.PublishedLink;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** What a link leads to. Those that must be asked for are, on a few threads that may block. */
@Component(service = ContentLinks.class)
public final class LocalLinks implements ContentLinks {
    private static final WebDownload.Terms TERMS = new WebDownload.Terms(
            "a .torrent",
            "application/x-bittorrent, */*;q=0.1",
            MetainfoReader.Limits.DEFAULT.metainfoBytes(),
            Duration.ofSeconds(60));
    private static final int AT_ONCE = 4;
    private static final int MAX_WAITING = 100;
    private static final long CLOSE_SECONDS = 5;

    private final MetainfoReader reader = new MetainfoReader();
    private final WebDownload download;
    private final PublishedNow published;
    private final ThreadPoolExecutor threads;

    @Activate
    public LocalLinks(@Reference WebDownload download, @Reference PublishedNow published) {
        this.download = download;
        this.published = published;
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    var thread = new Thread(task, "shoal-links");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<Source> resolve(String link) {
        try {
            return begin(link.strip());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Source> begin(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("magnet:")) {
            return PublishedLink.parse(text)
                    .map(named -> ask(() -> new Source.Magnet(published.resolve(named))))
                    .orElseGet(() -> CompletableFuture.completedFuture(new Source.Magnet(MagnetLink.parse(text))));
        }
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            var url = url(text);
            return ask(() -> fetch(url));
        }
        if (text.matches("[0-9a-zA-Z]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")) {
            return CompletableFuture.completedFuture(new Source.Magnet(MagnetLink.of(MagnetLink.parseInfoHash(text))));
        }
        throw new IllegalArgumentException(
                "this is no link: give a magnet link, the URL of a .torrent file, or an infohash");
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no valid URL (" + e.getReason() + ")", e);
        }
    }

    private Source fetch(URI url) throws LinkException, InterruptedException {
        var torrent = new ByteArrayOutputStream();
        try {
            download.fetch(url, TERMS, torrent);
            return new Source.Torrent(reader.metainfo(ByteBuffer.wrap(torrent.toByteArray())));
        } catch (DownloadException e) {
            throw new LinkException(String.valueOf(e.getMessage()), e.hint());
        } catch (MetainfoException e) {
            throw new LinkException(url + ": " + e.getMessage(), "");
        }
    }

    private interface Question {
        Source ask() throws LinkException, InterruptedException;
    }

    private CompletionStage<Source> ask(Question question) {
        var answer = new CompletableFuture<Source>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(question.ask());
                } catch (LinkException | RuntimeException e) {
                    answer.completeExceptionally(e);
                } catch (InterruptedException e) {
                    answer.completeExceptionally(new LinkException("the node is stopping", ""));
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    new LinkException("too many links are being looked up", "try again in a minute"));
        }
        return answer;
    }
}
