package net.shoal.ui.rpc.qbittorrent;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.shoal.api.console.Logins;
import net.shoal.api.console.OwnLogin;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.node.Settings;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferListener;
import net.shoal.base.model.InfoHashes;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interface while it is enabled: what is kept for it, a thread, and the services by which it is reached. */
final class Opened implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);
    private static final String PATH = "/api/v2";
    private static final long STOP_SECONDS = 5;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "shoal-qbittorrent");
        thread.setDaemon(true);
        return thread;
    });
    private final Labels labels;
    private final SeedingTimes times;
    private final Deque<ServiceRegistration<?>> registered = new ArrayDeque<>();

    /**
     * What it is made of.
     *
     * @param ways by which this node finds peers
     * @param version of Shoal
     */
    record Parts(
            TransferEngine engine,
            ContentLinks links,
            Settings settings,
            Network network,
            FrontDoor frontDoor,
            Logins logins,
            Supplier<Set<String>> ways,
            String version) {}

    /**
     * Opens it.
     *
     * @param state folder that is kept
     * @throws IOException if what is kept cannot be read
     */
    Opened(BundleContext context, Path state, Parts parts) throws IOException {
        var torrents = new Torrents(parts.engine());
        labels = Labels.load(state.resolve("labels.json"));
        times = new SeedingTimes(torrents, labels, Clock.systemUTC(), System::nanoTime);
        quietly(() -> labels.forgetAllBut(
                torrents.all().stream().map(Transfer::hashes).toList()));
        var actions = actions(parts, torrents);
        worker.scheduleWithFixedDelay(
                () -> quietly(times::look),
                SeedingTimes.LOOK.toMillis(),
                SeedingTimes.LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
        register(context, TransferListener.class, (TransferListener) this::on, Map.of());
        register(context, OwnLogin.class, (OwnLogin) () -> PATH, Map.of());
        register(context, Servlet.class, new Api(new Entry(parts.logins()), actions), servlet());
        register(
                context,
                HealthCheck.class,
                new PasswordCheck(parts.logins()),
                Map.of(HealthCheck.NAME, "qbittorrent", HealthCheck.TAGS, "shoal"));
        LOG.info("Programs that know qBittorrent may use this node, at the address of the console");
        if (!parts.logins().hasPassword()) {
            LOG.warn("None of them can sign in yet: `bin/shoal console --password` sets a password");
        }
    }

    private List<Action> actions(Parts parts, Torrents torrents) {
        var settings = new NodeSettings(parts.settings());
        var looks = new Looks(torrents, labels, times, settings, Clock.systemUTC());
        var list = new TorrentList(torrents, labels, looks);
        var all = new ArrayList<Action>();
        all.addAll(new AppActions(
                        new Preferences(settings),
                        settings,
                        parts.ways(),
                        () -> parts.frontDoor().port(),
                        parts.version())
                .actions());
        all.addAll(new TorrentReads(torrents, looks, list, parts.ways()).actions());
        all.addAll(new TorrentChanges(parts.engine(), torrents, labels, looks, times, parts.network(), settings)
                .actions());
        all.addAll(new LabelActions(torrents, labels).actions());
        all.addAll(new Adding(parts.engine(), torrents, labels, parts.links(), settings, worker).actions());
        all.addAll(new TransferActions(torrents, settings).actions());
        all.addAll(new SyncActions(torrents, labels, looks, settings).actions());
        return all;
    }

    /** Forms with files are read into memory, as far as the bounds of {@link Form} go. */
    private static Map<String, Object> servlet() {
        return Map.of(
                "osgi.http.whiteboard.servlet.pattern",
                PATH + "/*",
                "osgi.http.whiteboard.servlet.multipart.enabled",
                true,
                "osgi.http.whiteboard.servlet.multipart.fileSizeThreshold",
                Form.LARGEST_UPLOAD,
                "osgi.http.whiteboard.servlet.multipart.maxFileSize",
                (long) Form.LARGEST_FILE,
                "osgi.http.whiteboard.servlet.multipart.maxRequestSize",
                (long) Form.LARGEST_UPLOAD);
    }

    private void register(BundleContext context, Class<?> type, Object service, Map<String, ?> properties) {
        registered.push(context.registerService(type.getName(), service, FrameworkUtil.asDictionary(properties)));
    }

    /** On a swarm's loop, which must not wait for a disk. */
    private void on(TransferEvent event) {
        if (event instanceof TransferEvent.Removed) {
            forget(event.transfer().hashes());
        }
    }

    private void forget(InfoHashes hashes) {
        worker.execute(() -> quietly(() -> labels.forget(hashes)));
    }

    /** What is done for nobody in particular: the log has what went wrong. */
    private interface Chore {
        void run() throws ApiException;
    }

    private static void quietly(Chore chore) {
        try {
            chore.run();
        } catch (ApiException e) {
            LOG.warn("The interface of qBittorrent cannot keep what it is told: {}", e.reason());
        } catch (RuntimeException e) {
            LOG.error("The interface of qBittorrent failed for a reason of our own", e);
        }
    }

    @Override
    public void close() {
        while (!registered.isEmpty()) {
            try {
                registered.pop().unregister();
            } catch (IllegalStateException e) {
                LOG.debug("A service is gone already", e);
            }
        }
        worker.shutdown();
        try {
            if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        quietly(times::keep);
    }
}
