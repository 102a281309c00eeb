package net.shoal.discovery.dht;

import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.net.Datagrams;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkListener;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.node.Home;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Wanted;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.node.NodeSettings;
import net.shoal.discovery.dht.node.NodeView;
import net.shoal.discovery.dht.node.SavedNetwork;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mainline DHT as a way to find peers. */
@Component(
        service = {Discovery.class, DhtDiscovery.class, NetworkListener.class},
        configurationPid = "net.shoal.discovery.dht",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DhtDiscovery.Config.class)
public final class DhtDiscovery implements Discovery, NetworkListener {
    static final String NAME = "dht";

    private static final Logger LOG = LoggerFactory.getLogger(DhtDiscovery.class);
    private static final long SAVE_MINUTES = 15;
    private static final long RESOLVE_SECONDS = 60;
    private static final long CLOSING_SECONDS = 2;

    private final Network network;
    private final Datagrams datagrams;
    private final DhtLoop loop;
    private final Swarms swarms;
    private final Routers routers;
    private final Set<Endpoint> entries = new LinkedHashSet<>();
    private final Optional<SavedTables> saved;
    private final Optional<SavedFollowing> savedFollowing;
    private final HourlyItems hourly;
    private final DhtItemsComponent items = new DhtItemsComponent(this);
    private final boolean isEnabled;
    private volatile boolean isHidden;
    private final ScheduledExecutorService saver =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "shoal-dht-saver"));
    private volatile @Nullable ScheduledFuture<?> ticking;
    private long resolved;

    /** The settings. */
    @ObjectClassDefinition(
            name = "DHT",
            description =
                    "The distributed hash table that BitTorrent clients make up together, which finds peers without trackers")
    public @interface Config {
        @AttributeDefinition(description = "take part in it; without it a link with no tracker in it may find nobody")
        boolean enabled() default true;

        @AttributeDefinition(
                description =
                        "nodes to begin with where no other is known, each host:port; names are looked up on scope internet alone")
        String[] routers() default {
            "dht.libtorrent.org:25401",
            "router.bittorrent.com:6881",
            "dht.transmissionbt.com:6881",
            "router.utorrent.com:6881",
            "dht.aelitis.com:6881"
        };

        @AttributeDefinition(
                description = "how many questions a second it asks at most, over all transfers",
                min = "1",
                max = "1000")
        int queries() default 40;

        @AttributeDefinition(
                description = "how many bytes a second it answers others with at most",
                min = "1000",
                max = "10000000")
        int answerBytes() default 20_000;

        @AttributeDefinition(description = "answer no questions and be in nobody's table (BEP 43)")
        boolean readOnly() default false;
    }

    @Activate
    public DhtDiscovery(
            @Reference Network network, @Reference Datagrams datagrams, @Reference Home home, Config config) {
        this.network = network;
        this.datagrams = datagrams;
        this.isEnabled = config.enabled();
        this.routers = new Routers(network, config.routers());
        this.isHidden = config.readOnly();
        var settings = new NodeSettings(
                EnumSet.allOf(Family.class),
                endpoint -> permits(network.scope(), endpoint),
                Math.min(Math.max(config.queries(), 1), 1_000),
                Math.min(Math.max(config.answerBytes(), 1_000), 10_000_000),
                config.readOnly());
        this.loop = new DhtLoop(datagrams, settings);
        this.swarms = new Swarms(loop.node(), loop::now);
        this.saved = home.isTemporary() ? Optional.empty() : Optional.of(new SavedTables(home.state("dht")));
        this.savedFollowing = saved.map(tables -> new SavedFollowing(home.state("dht")));
        this.hourly = new HourlyItems(loop::execute, this::saveFollowing);
    }

    /** The same as {@link NetworkScope#permits}, for each datagram. */
    static boolean permits(NetworkScope scope, Endpoint endpoint) {
        return switch (scope) {
            case LOOPBACK -> endpoint.isLoopback();
            case LAN -> endpoint.isLoopback() || endpoint.isLocal();
            case INTERNET -> true;
        };
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    public void open() {
        if (!isEnabled) {
            return;
        }
        saved.map(SavedTables::read).ifPresent(loop.node()::resume);
        savedFollowing.map(SavedFollowing::read).ifPresent(before -> hourly.resume(before, loop.now()));
        loop.open();
        ticking = loop.everySecond(this::tick);
        saver.scheduleWithFixedDelay(this::save, SAVE_MINUTES, SAVE_MINUTES, TimeUnit.MINUTES);
    }

    private void tick() {
        swarms.tick();
        hourly.tick(loop.now(), items);
        var view = loop.node().view();
        isHidden = view.readOnly();
        boolean knowsNobody = view.networks().stream().allMatch(each -> each.usable() == 0);
        if (knowsNobody && (resolved == 0 || loop.now() - resolved >= RESOLVE_SECONDS * 1_000)) {
            resolved = Math.max(1, loop.now());
            entries.clear();
            routers.resolve(some -> loop.execute(() -> {
                entries.addAll(some);
                loop.node().routers(new ArrayList<>(entries));
            }));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DiscoverySession discover(Wanted wanted, PeerSink sink) {
        if (!isEnabled || wanted.isPrivate()) {
            return new Silent();
        }
        return new DhtSession(loop, swarms, hourly, wanted, sink);
    }

    /** Of transfers that the DHT must not learn of, and where it is switched off. */
    private static final class Silent implements DiscoverySession {
        @Override
        public void update(Progress progress) {}

        @Override
        public List<DiscoveryStatus> status() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    @Override
    public void networkChanged() {
        loop.execute(() -> {
            resolved = 0;
            loop.node().networkChanged();
            swarms.retry();
        });
    }

    /** What {@code doctor} tells of. */
    record Health(
            boolean enabled,
            NetworkScope scope,
            boolean hasSocket,
            NodeView node,
            int routers,
            int swarms,
            int announced) {}

    CompletableFuture<Health> health() {
        var health = new CompletableFuture<Health>();
        if (isEnabled) {
            loop.execute(() -> health.complete(new Health(
                    true,
                    network.scope(),
                    !datagrams.addresses().isEmpty(),
                    loop.node().view(),
                    entries.size(),
                    swarms.size(),
                    swarms.kept())));
        } else {
            health.complete(
                    new Health(false, network.scope(), false, loop.node().view(), 0, 0, 0));
        }
        return health;
    }

    /** Where other nodes reach this one; 0 if they do not, or are not to. */
    int port() {
        return isEnabled && !isHidden
                ? datagrams.addresses().stream()
                        .mapToInt(InetSocketAddress::getPort)
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    boolean isEnabled() {
        return isEnabled;
    }

    HourlyItems hourly() {
        return hourly;
    }

    /** On the loop. */
    private void saveFollowing() {
        var all = hourly.save();
        savedFollowing.ifPresent(file -> {
            try {
                saver.execute(() -> file.write(all));
            } catch (RejectedExecutionException e) {
                LOG.debug("The DHT ends");
            }
        });
    }

    DhtLoop loop() {
        return loop;
    }

    private void save() {
        if (saved.isEmpty()) {
            return;
        }
        var tables = new CompletableFuture<List<SavedNetwork>>();
        loop.execute(() -> tables.complete(loop.node().save()));
        try {
            var now = tables.get(CLOSING_SECONDS, TimeUnit.SECONDS);
            if (now.stream().anyMatch(each -> !each.contacts().isEmpty())) {
                saved.get().write(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The nodes of the DHT were not saved", e);
        }
    }

    @Deactivate
    public void close() {
        saver.shutdownNow();
        try {
            if (!saver.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("The nodes of the DHT are still being saved");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isEnabled) {
            save();
        }
        var clockwork = ticking;
        if (clockwork != null) {
            clockwork.cancel(false);
        }
        loop.close();
    }
}
