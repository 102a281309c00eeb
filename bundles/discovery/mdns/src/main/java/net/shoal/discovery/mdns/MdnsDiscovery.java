package net.shoal.discovery.mdns;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import net.shoal.api.net.FoundNode;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.Multicast;
import net.shoal.api.net.MulticastGroup;
import net.shoal.api.net.MulticastHandler;
import net.shoal.api.net.MulticastPlace;
import net.shoal.api.net.NodeDiscovery;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.Wanted;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nodes of the local network, and this one among them. What is known belongs to the loop of multicast. */
@Component(
        service = {Discovery.class, NodeDiscovery.class, MdnsDiscovery.class},
        configurationPid = "net.shoal.discovery.mdns",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MdnsDiscovery.Config.class)
public final class MdnsDiscovery implements Discovery, NodeDiscovery, MulticastHandler {
    static final String NAME = "mdns";

    private static final Logger LOG = LoggerFactory.getLogger(MdnsDiscovery.class);
    private static final GroupAddress GROUP = new GroupAddress(
            (Inet4Address) address("224.0.0.251"), (Inet6Address) address("ff02::fb"), Responder.PORT, 255, 9_000);
    private static final long CLOSE_MILLIS = 1_000;
    /** Nodes that are told to transfers, all together. */
    private static final int TOLD_AT_ONCE = 100;

    private static final double TOLD_A_SECOND = 5;

    private final Multicast multicast;
    private final LongSupplier clock;
    private final boolean enabled;
    private final Responder responder;
    private final Neighbours neighbours;
    private final Allowance allowance;
    private volatile @Nullable MulticastGroup group;
    private volatile @Nullable FrontDoor door;
    private volatile String published = "";
    /** On the loop. */
    private List<MulticastPlace> places = List.of();

    private @Nullable ScheduledFuture<?> timer;
    private boolean isClosed;

    /** The settings. */
    @ObjectClassDefinition(
            name = "Local nodes",
            description = "Whether nodes on the local network find each other by multicast DNS (_shoal._tcp)")
    public @interface Config {
        @AttributeDefinition(
                description = "publish this node on the local network, and try the nodes found there as peers")
        boolean enabled() default true;

        @AttributeDefinition(description = "what others see this node called; empty is the name of this machine")
        String name() default "";
    }

    @Activate
    public MdnsDiscovery(BundleContext context, @Reference Multicast multicast, Config config) {
        this(
                multicast,
                config.enabled(),
                NodeName.of(config.name(), System.getenv()),
                words(context.getBundle().getVersion()),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** @param clock milliseconds that only go forward */
    MdnsDiscovery(Multicast multicast, boolean enabled, String name, String version, LongSupplier clock) {
        this.multicast = multicast;
        this.clock = clock;
        this.enabled = enabled;
        var random = new SecureRandom();
        var host = "shoal-" + HexFormat.of().toHexDigits(random.nextLong());
        responder = new Responder(name, host, List.of("txtvers=1", "version=" + version), random::nextInt, this::send);
        neighbours = new Neighbours(
                instance -> instance.equals(responder.own().instance()),
                query -> places.forEach(place -> send(place, query)));
        allowance = new Allowance(TOLD_AT_ONCE, TOLD_A_SECOND, clock);
    }

    private static String words(Version version) {
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open() {
        if (enabled) {
            group = multicast.join(GROUP, this);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setDoor(FrontDoor now) {
        door = now;
        onLoop(this::move);
    }

    /** The new one may have come before the old one goes. */
    void unsetDoor(FrontDoor gone) {
        if (door == gone) {
            door = null;
            onLoop(this::move);
        }
    }

    /** Says good-bye. */
    @Deactivate
    void close() throws InterruptedException {
        try {
            loop().submit(this::end).get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.debug("The local network does not hear that we leave", e);
        }
        var joined = group;
        if (joined != null) {
            joined.close();
        }
    }

    private void end() {
        isClosed = true;
        responder.farewell();
        neighbours.rest();
        schedule();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<FoundNode> nodes() {
        return neighbours.nodes();
    }

    @Override
    public DiscoverySession discover(Wanted wanted, PeerSink sink) {
        // BEP 27: nobody but its trackers may learn of a private swarm
        return new MdnsSession(wanted.isPrivate() ? List::of : this::nodes, sink, allowance::take, clock);
    }

    boolean isEnabled() {
        return enabled;
    }

    /** What we are called, once others can know of us; empty before. */
    String published() {
        return published;
    }

    /** Where we publish and look; empty if nowhere. */
    String where() {
        var joined = group;
        return joined == null
                ? ""
                : joined.places().stream().map(MulticastPlace::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void placesChanged(List<MulticastPlace> now) {
        boolean isMore = !places.containsAll(now);
        places = List.copyOf(now);
        if (places.isEmpty()) {
            neighbours.rest();
        } else if (isMore) {
            neighbours.ask(clock.getAsLong());
        }
        move();
    }

    private void move() {
        var listening = door;
        if (!isClosed) {
            responder.moveTo(places, listening == null ? 0 : listening.port(), clock.getAsLong());
            schedule();
        }
    }

    @Override
    public void received(MulticastPlace place, InetSocketAddress sender, ByteBuffer datagram) {
        if (isClosed || !(place.isOnLink(sender.getAddress()) || place.isOwn(sender.getAddress()))) {
            return;
        }
        DnsReader.read(datagram).ifPresent(message -> {
            long now = clock.getAsLong();
            if (message.isResponse() && sender.getPort() == Responder.PORT) {
                neighbours.received(place, message, now);
            }
            if (!message.isResponse() || sender.getPort() == Responder.PORT) {
                responder.received(place, message, now);
            }
            schedule();
        });
    }

    private void tick() {
        timer = null;
        long now = clock.getAsLong();
        responder.tick(now);
        neighbours.tick(now);
        schedule();
    }

    /** Wakes up when there is something to do, and not before. */
    private void schedule() {
        published = responder.isPublished() ? responder.own().instance().first() : "";
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        long due = Math.min(responder.due(), neighbours.due());
        if (!isClosed && due != Long.MAX_VALUE) {
            timer = loop().schedule(this::tick, Math.max(0, due - clock.getAsLong()), TimeUnit.MILLISECONDS);
        }
    }

    private void send(MulticastPlace place, DnsMessage message) {
        var joined = group;
        if (joined != null) {
            joined.send(place, DnsWriter.write(message));
        }
    }

    private EventLoop loop() {
        return multicast.loop();
    }

    private void onLoop(Runnable task) {
        try {
            loop().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The network is gone");
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(literal, impossible);
        }
    }
}
