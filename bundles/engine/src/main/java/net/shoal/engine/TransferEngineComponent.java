package net.shoal.engine;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.shoal.api.dht.DhtPort;
import net.shoal.api.net.Connector;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkListener;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.node.Home;
import net.shoal.api.transfer.ContentReading;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferListener;
import net.shoal.api.transfer.WireExtension;
import net.shoal.base.model.PeerId;
import net.shoal.engine.disk.DiskPool;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.limits.SwarmLimits;
import net.shoal.engine.queue.QueueLimits;
import net.shoal.engine.rehearsal.Rehearsal;
import net.shoal.engine.swarm.Extensions;
import net.shoal.engine.swarm.OurDht;
import net.shoal.engine.transfer.CountedStorage;
import net.shoal.engine.transfer.EngineParts;
import net.shoal.engine.transfer.LocalTransferEngine;
import net.shoal.engine.transfer.SyncRule;
import net.shoal.engine.transfer.TransferSettings;
import net.shoal.engine.transfer.Whiteboard;
import org.apache.felix.hc.api.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the engine once the transfers of the last run are loaded, which waits for the default storage to be there: what is added
 * then does not fail for want of it. From then on storages, like all plugins, come and go.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = EngineConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = EngineConfig.class)
public final class TransferEngineComponent {
    private static final String CLIENT = "-SH0100-";
    private static final Logger LOG = LoggerFactory.getLogger(TransferEngineComponent.class);
    private static final int MIN_DISK_THREADS = 2;
    private static final int MAX_DISK_THREADS = 4;
    private static final long CLOSE_MILLIS = 5_000;

    private final BundleContext context;
    private final Home home;
    private final Network network;
    private final boolean rehearses;
    private final String storage;
    private final DiskPool disk;
    private final EngineParts parts;
    private final LocalTransferEngine engine;
    private final NodeLimits limits = new NodeLimits(SwarmLimits.DEFAULTS);
    private final LimitSettings limitSettings = new LimitSettings(limits);
    private final Map<StorageProvider, CountedStorage> storages = new ConcurrentHashMap<>();
    private volatile TransferSettings settings;
    private volatile @Nullable FrontDoor door;
    private boolean activated;
    private @Nullable Thread starting;
    private @Nullable ServiceRegistration<?> registration;
    private List<ServiceRegistration<HealthCheck>> checks = List.of();

    @Activate
    public TransferEngineComponent(
            BundleContext context,
            @Reference Home home,
            @Reference Network network,
            @Reference Connector connector,
            EngineConfig config) {
        this.context = context;
        this.home = home;
        this.network = network;
        this.rehearses = config.rehearse() && !home.isTemporary();
        this.storage = config.storage();
        limitSettings.apply(config);
        this.settings = settings(config);
        this.disk = new DiskPool(diskThreads(config.diskThreads()));
        this.parts = new EngineParts(
                home.state("transfers"),
                network,
                connector,
                disk,
                SyncRule.DEFAULT,
                limits,
                () -> settings,
                storage,
                this::listenPort,
                PeerId.random(CLIENT, new SecureRandom()),
                Clock.systemUTC(),
                new Random(),
                new Extensions(),
                new OurDht(),
                new Whiteboard<>(),
                new Whiteboard<>(),
                new Whiteboard<>(),
                new Whiteboard<>());
        this.engine = new LocalTransferEngine(parts);
        parts.listeners().add(TransferEngineComponent::log);
    }

    private static void log(TransferEvent event) {
        if (event instanceof TransferEvent.Completed completed) {
            LOG.info("{} is complete", completed.transfer().status().name());
        }
    }

    private static int diskThreads(int configured) {
        int processors = Runtime.getRuntime().availableProcessors();
        return configured > 0 ? configured : Math.max(MIN_DISK_THREADS, Math.min(MAX_DISK_THREADS, processors));
    }

    private static TransferSettings settings(EngineConfig config) {
        return new TransferSettings(
                new QueueLimits(config.maxActiveDownloads(), config.maxActiveSeeds(), config.maxActive()),
                config.seedRatio(),
                Duration.ofMinutes(config.seedIdle()));
    }

    private int listenPort() {
        var open = door;
        return open == null ? 0 : open.port();
    }

    @Activate
    synchronized void activate() {
        activated = true;
        checks = List.of(
                register("limits", new LimitsCheck(limits, limitSettings)),
                register("transfers", new StateCheck(engine::leftOut, engine::unsaved)));
        publish();
    }

    private ServiceRegistration<HealthCheck> register(String name, HealthCheck check) {
        var named =
                FrameworkUtil.asDictionary(Map.<String, Object>of(HealthCheck.NAME, name, HealthCheck.TAGS, "shoal"));
        return context.registerService(HealthCheck.class, check, named);
    }

    /** Once there is what transfers need. On a thread of its own: whose this one is, and whether it may be interrupted, is unknown. */
    private synchronized void publish() {
        var basis = parts.storages().find(provider -> provider.name().equals(storage));
        if (activated && starting == null && basis.isPresent()) {
            var thread = new Thread(() -> start(basis.get()), "shoal-engine-start");
            thread.setDaemon(true);
            thread.start();
            starting = thread;
        }
    }

    private void start(StorageProvider basis) {
        try {
            if (rehearses) {
                new Rehearsal(home.state("rehearsal"), network, disk, basis).perform();
            }
            publishNow();
        } catch (InterruptedException e) {
            LOG.debug("The engine is stopped before it has started", e);
        }
    }

    private synchronized void publishNow() {
        if (activated) {
            engine.restore();
            registration = context.registerService(
                    new String[] {
                        TransferEngine.class.getName(),
                        ContentReading.class.getName(),
                        SwarmDirectory.class.getName(),
                        NetworkListener.class.getName()
                    },
                    engine,
                    null);
        }
    }

    @Modified
    void modified(EngineConfig config) {
        limitSettings.apply(config);
        settings = settings(config);
        engine.limitsChanged();
        engine.settingsChanged();
    }

    @Deactivate
    void deactivate() {
        stopStarting();
        end();
    }

    /** Not while holding the lock, which its end takes. */
    private void stopStarting() {
        Thread running;
        synchronized (this) {
            activated = false;
            running = starting;
        }
        if (running != null) {
            running.interrupt();
            try {
                running.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void end() {
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
        checks.forEach(ServiceRegistration::unregister);
        checks = List.of();
        engine.close();
        disk.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setDoor(FrontDoor open) {
        door = open;
        engine.listenPortChanged();
    }

    void unsetDoor(FrontDoor closed) {
        if (door == closed) {
            door = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setDht(DhtPort dht) {
        parts.dht().came(dht);
    }

    void unsetDht(DhtPort dht) {
        parts.dht().went(dht);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStorage(StorageProvider provider) {
        var counted = new CountedStorage(provider);
        storages.put(provider, counted);
        parts.storages().add(counted);
        publish();
    }

    void removeStorage(StorageProvider provider) {
        var counted = storages.remove(provider);
        if (counted == null) {
            return;
        }
        parts.storages().remove(counted);
        try {
            if (!counted.retire(CLOSE_MILLIS)) {
                LOG.warn("The storage {} goes while it is in use", counted.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDiscovery(Discovery discovery) {
        parts.discoveries().add(discovery);
    }

    void removeDiscovery(Discovery discovery) {
        parts.discoveries().remove(discovery);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSource(ContentSource source) {
        parts.sources().add(source);
    }

    void removeSource(ContentSource source) {
        parts.sources().remove(source);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addExtension(WireExtension extension) {
        parts.extensions().add(extension);
        engine.extensionCame();
    }

    void removeExtension(WireExtension extension) {
        parts.extensions().remove(extension);
        engine.extensionWent();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(TransferListener listener) {
        parts.listeners().add(listener);
    }

    void removeListener(TransferListener listener) {
        parts.listeners().remove(listener);
    }
}
