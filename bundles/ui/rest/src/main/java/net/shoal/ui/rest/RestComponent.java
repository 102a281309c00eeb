package net.shoal.ui.rest;

import jakarta.servlet.Servlet;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.shoal.api.console.ConsoleAddress;
import net.shoal.api.console.Contributor;
import net.shoal.api.console.Logins;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.library.History;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.net.WebDownload;
import net.shoal.api.node.Home;
import net.shoal.api.node.PluginJars;
import net.shoal.api.node.Plugins;
import net.shoal.api.node.Settings;
import net.shoal.api.node.UserFolder;
import net.shoal.api.transfer.ContentReading;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferListener;
import org.apache.felix.hc.api.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** The API, while the console is open. */
@Component(
        service = {},
        immediate = true,
        configurationPid = RestConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "shoal.needed:Boolean=false")
@Designate(ocd = RestConfig.class)
public final class RestComponent {
    private static final long STOP_SECONDS = 5;

    private final Checks checks = new Checks();
    private final Contributions contributions = new Contributions();
    private final Set<Discovery> discoveries = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final Uploads uploads;
    private final PluginOffers offers;
    private final Feed feed;
    private final List<Route> routes = new ArrayList<>();
    private final List<ServiceRegistration<?>> registered = new ArrayList<>();
    private final BundleContext context;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Plugins plugins;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable PluginJars jars;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ConsoleAddress address;

    @Activate
    public RestComponent(
            BundleContext context,
            RestConfig config,
            @Reference Home home,
            @Reference Settings settings,
            @Reference FrontDoor frontDoor,
            @Reference Network network,
            @Reference WebDownload download,
            @Reference TransferEngine engine,
            @Reference ContentReading reading,
            @Reference ShareLibrary library,
            @Reference ContentLinks links,
            @Reference History history,
            @Reference Logins logins) {
        this.context = context;
        var clock = Clock.systemUTC();
        var downloads = UserFolder.of(config.downloads());
        var uploadFolder = UserFolder.of(config.uploads());
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "shoal-console-feed");
            thread.setDaemon(true);
            return thread;
        });
        uploads = new Uploads(uploadFolder, clock::millis);
        var removals = new Removals(engine, timer, clock);
        var transfers = new Transfers(engine, removals, library);
        var preparations = new Preparations(library, clock::millis);
        feed = new Feed(
                new Feed.Sources(
                        engine::list,
                        (transfer, status) -> Row.of(status, removals.when(transfer)),
                        preparations::list,
                        contributions::list,
                        transfers::wasAnswered),
                epoch());
        var facts = new NodeRoutes.Facts(
                home,
                network,
                frontDoor,
                String.valueOf(context.getProperty("shoal.version")),
                clock.millis(),
                downloads,
                uploadFolder,
                this::capabilities);
        routes.addAll(new ConsoleRoutes(logins, () -> address, contributions).routes());
        routes.addAll(new EventRoutes(feed, new FeedPace(feed, timer), logins).routes());
        routes.addAll(new TransferRoutes(transfers, new Changes(network), new Links(links), downloads).routes());
        var bytes = new ContentBytes(reading);
        routes.addAll(new ContentRoutes(transfers, bytes).routes());
        routes.addAll(new ArchiveRoutes(transfers, bytes).routes());
        routes.addAll(new ShareRoutes(library, transfers, preparations).routes());
        routes.addAll(new UploadRoutes(uploads, preparations).routes());
        routes.addAll(new Folders(UserFolder.home(), downloads).routes());
        routes.addAll(new HistoryRoutes(history).routes());
        routes.addAll(new SettingRoutes(settings).routes());
        offers = new PluginOffers(clock::millis);
        routes.addAll(new PluginRoutes(new PluginRoutes.Parts(() -> plugins, () -> jars, download), offers).routes());
        routes.addAll(new NodeRoutes(facts, transfers, checks).routes());
    }

    private static String epoch() {
        var bytes = new byte[6];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private List<String> capabilities() {
        var words = new ArrayList<>(discoveries.stream().map(Discovery::name).toList());
        if (plugins != null) {
            words.add("plugins");
        }
        return words.stream().distinct().sorted().toList();
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open() {
        registered.add(context.registerService(
                TransferListener.class, event -> Notices.of(event).ifPresent(feed::notice), null));
        registered.add(context.registerService(
                Servlet.class,
                new Api(routes),
                FrameworkUtil.asDictionary(Map.of(
                        "osgi.http.whiteboard.servlet.pattern", new String[] {"/api/*", "/content/*", "/metrics"}))));
    }

    @Deactivate
    void close() throws InterruptedException {
        feed.close();
        registered.forEach(ServiceRegistration::unregister);
        timer.shutdownNow();
        timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        uploads.close();
        offers.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCheck(HealthCheck check, Map<String, ?> properties) {
        checks.add(check, properties);
    }

    void removeCheck(HealthCheck check) {
        checks.remove(check);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addContributor(Contributor contributor, ServiceReference<Contributor> reference) {
        contributions.add(contributor, String.valueOf(reference.getBundle().getSymbolicName()));
    }

    void removeContributor(Contributor contributor) {
        contributions.remove(contributor);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDiscovery(Discovery discovery) {
        discoveries.add(discovery);
    }

    void removeDiscovery(Discovery discovery) {
        discoveries.remove(discovery);
    }
}
