package net.shoal.automation.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.shoal.api.node.Home;
import net.shoal.api.transfer.TransferEngine;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches folders, on a thread of its own, while there are any; a temporary node watches none. */
@Component(
        service = TorrentWatch.class,
        immediate = true,
        configurationPid = WatchConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WatchConfig.class)
public final class TorrentWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TorrentWatch.class);
    private static final long STOP_SECONDS = 5;

    private final boolean isTemporary;
    private final Optional<Watching> watching;
    private final Optional<String> failure;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "shoal-watch"));
    private volatile WatchSettings settings;
    private @Nullable Future<?> looking;

    @Activate
    public TorrentWatch(@Reference Home home, @Reference TransferEngine engine, WatchConfig config) {
        isTemporary = home.isTemporary();
        Optional<Watching> begun = Optional.empty();
        Optional<String> failed = Optional.empty();
        try {
            var remembered = AddedFiles.load(home.state("watch").resolve("added"));
            begun = Optional.of(new Watching(engine, remembered, System::nanoTime));
        } catch (IOException e) {
            failed = Optional.of(String.valueOf(e.getMessage()));
            LOG.error("No folder is watched: {}", e.getMessage());
        }
        watching = begun;
        failure = failed;
        settings = understood(config);
    }

    @Modified
    void modified(WatchConfig config) {
        settings = understood(config);
        begin();
    }

    private static WatchSettings understood(WatchConfig config) {
        // Declarative Services gives null for an empty default
        var folders = Optional.ofNullable(config.folders()).map(List::of).orElse(List.of());
        var to = Optional.ofNullable(config.to()).orElse("");
        var understood =
                WatchSettings.of(folders, to, config.afterwards(), Duration.ofSeconds(Math.max(1, config.interval())));
        understood.problems().forEach(LOG::warn);
        return understood;
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    synchronized void begin() {
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
        if (watching.isPresent() && !isTemporary && !settings.folders().isEmpty()) {
            var pause = settings.interval().toMillis();
            looking = thread.scheduleWithFixedDelay(this::look, 0, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            watching.ifPresent(there -> there.look(settings));
        } catch (RuntimeException e) {
            LOG.error("The watched folders cannot be looked at, for a reason of our own", e);
        }
    }

    Optional<String> failure() {
        return failure;
    }

    WatchSettings settings() {
        return settings;
    }

    /** Where folders are watched. */
    Optional<Report> report() {
        return settings.folders().isEmpty() ? Optional.empty() : watching.map(Watching::report);
    }

    @Deactivate
    void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
