package net.shoal.discovery.tracker;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import net.shoal.api.net.EventLoopTasks;
import net.shoal.api.net.HttpConnector;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkListener;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.Wanted;
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

/** Trackers as a way to find peers. One event loop runs the plans of all transfers and their announces. */
@Component(
        service = {Discovery.class, TrackerDiscovery.class, NetworkListener.class},
        configurationPid = "net.shoal.discovery.tracker",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TrackerDiscovery.Config.class)
public final class TrackerDiscovery implements Discovery, NetworkListener {
    static final String NAME = "tracker";

    private static final Logger LOG = LoggerFactory.getLogger(TrackerDiscovery.class);
    private static final long TICK_SECONDS = 1;
    private static final int AT_ONCE_PER_HOST = 8;
    private static final int MOST_AT_ONCE = 1_000;
    /** How long the node waits at its end for trackers to hear of it. */
    private static final long FAREWELL_MILLIS = 2_000;

    private static final long CLOSE_MILLIS = 2_000;

    private final IoEventLoopGroup loops;
    private final EventLoop loop;
    private final LongSupplier clock;
    private final Trackers trackers;
    private final AnnounceQueue queue;
    private final boolean everyTier;
    private final Random random = new SecureRandom();
    private final Set<TrackerSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledFuture<?> ticking;

    /** The settings. */
    @ObjectClassDefinition(name = "Trackers", description = "How trackers are asked for peers")
    public @interface Config {
        @AttributeDefinition(
                description = "how many announces are under way at a time, over all transfers",
                min = "1",
                max = "1000")
        int atOnce() default 50;

        @AttributeDefinition(
                description =
                        "announce to one tracker of every tier; else the next tier is asked only where one fails or knows few peers")
        boolean everyTier() default false;
    }

    @Activate
    public TrackerDiscovery(@Reference Network network, @Reference HttpConnector connector, Config config) {
        this.loops = network.eventLoops();
        this.loop = (EventLoop) loops.next();
        this.clock = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        this.trackers = new Trackers(network, connector, loop, clock);
        this.queue = new AnnounceQueue(
                trackers, loop, Math.min(Math.max(config.atOnce(), 1), MOST_AT_ONCE), AT_ONCE_PER_HOST);
        this.everyTier = config.everyTier();
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    public void open() {
        ticking = loop.scheduleWithFixedDelay(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    private void tick() {
        for (var session : sessions) {
            try {
                session.tick();
            } catch (RuntimeException e) {
                LOG.error("The announce plan of a transfer failed", e);
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean asksTrackersAlone() {
        return true;
    }

    @Override
    public DiscoverySession discover(Wanted wanted, PeerSink sink) {
        var plan = new AnnouncePlan(wanted, everyTier, random);
        var session = new TrackerSession(plan, queue, sink, loop, clock, sessions::remove);
        sessions.add(session);
        return session;
    }

    @Override
    public void networkChanged() {
        loop.execute(() -> sessions.forEach(TrackerSession::networkChanged));
    }

    /** Every tracker of every transfer as it stands now. */
    List<TrackerView> views() {
        return sessions.stream().flatMap(session -> session.views().stream()).toList();
    }

    /** Says good-bye to the trackers, and waits a little for them to hear it. */
    @Deactivate
    public void close() {
        sessions.forEach(TrackerSession::close);
        var clockwork = ticking;
        if (clockwork != null) {
            clockwork.cancel(false);
        }
        var heard = new CompletableFuture<@Nullable Void>();
        loop.execute(() -> queue.onFarewellsDone(() -> heard.complete(null)));
        try {
            heard.get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Not every tracker heard that we leave");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.execute(trackers::close);
        EventLoopTasks.await(loops, CLOSE_MILLIS);
    }
}
