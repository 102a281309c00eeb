package net.shoal.discovery.lsd;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.Multicast;
import net.shoal.api.net.MulticastGroup;
import net.shoal.api.net.MulticastHandler;
import net.shoal.api.net.MulticastPlace;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.Sha1Hash;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The local network as a way to find peers. What is known of swarms belongs to the loop of multicast. */
@Component(
        service = {Discovery.class, LsdDiscovery.class},
        configurationPid = "net.shoal.discovery.lsd",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LsdDiscovery.Config.class)
public final class LsdDiscovery implements Discovery, MulticastHandler {
    static final String NAME = "lsd";
    static final GroupAddress GROUP = new GroupAddress(
            (Inet4Address) address("239.192.152.143"), (Inet6Address) address("ff15::efc0:988f"), 6771, 1, 8_192);

    private static final String HOST_V4 = "239.192.152.143:6771";
    private static final String HOST_V6 = "[ff15::efc0:988f]:6771";
    /** So that swarms that begin together are told together. */
    private static final long TOGETHER_MILLIS = 50;

    private static final long TICK_MILLIS = 1_000;

    private final Multicast multicast;
    private final LongSupplier clock;
    private final boolean enabled;
    private final String cookie = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private final AnnouncePlan plan;
    private final Map<Sha1Hash, LsdSession> sessions = new HashMap<>();
    private final Set<MulticastPlace> known = new LinkedHashSet<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong nonsense = new AtomicLong();
    private volatile @Nullable MulticastGroup group;
    private @Nullable ScheduledFuture<?> ticking;
    private boolean isTickPending;

    /** The settings. */
    @ObjectClassDefinition(
            name = "Local peers",
            description = "Whether peers on the local network are found by multicast (Local Service Discovery, BEP 14)")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "announce what is shared and fetched, unless it is private, to the local network, and listen there")
        boolean enabled() default true;
    }

    @Activate
    public LsdDiscovery(@Reference Multicast multicast, Config config) {
        this(multicast, config.enabled(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** @param clock milliseconds that only go forward */
    LsdDiscovery(Multicast multicast, boolean enabled, LongSupplier clock) {
        this.multicast = multicast;
        this.enabled = enabled;
        this.clock = clock;
        this.plan = new AnnouncePlan(clock.getAsLong());
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open() {
        if (enabled) {
            group = multicast.join(GROUP, this);
        }
    }

    @Deactivate
    void close() {
        var joined = group;
        if (joined != null) {
            joined.close();
        }
        onLoop(this::rest);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DiscoverySession discover(Wanted wanted, PeerSink sink) {
        return new LsdSession(wanted, sink, this);
    }

    long now() {
        return clock.getAsLong();
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Where we announce and listen; empty if nowhere. */
    Optional<String> places() {
        var joined = group;
        var all = joined == null ? List.<MulticastPlace>of() : joined.places();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.stream().map(MulticastPlace::toString).collect(Collectors.joining(", ")));
    }

    /** Counts since the beginning, for the user. */
    record Counts(long sent, long received, long nonsense) {}

    Counts counts() {
        return new Counts(sent.get(), received.get(), nonsense.get());
    }

    /** BEP 27: nobody but its trackers may learn of a private swarm. */
    void begin(LsdSession session) {
        if (!enabled || session.wanted().isPrivate()) {
            return;
        }
        onLoop(() -> {
            if (session.isClosed()) {
                return;
            }
            for (var hash : session.wanted().hashes().wireForms()) {
                sessions.put(hash, session);
                if (session.wanted().port() > 0) {
                    plan.add(hash, session.wanted().port());
                }
            }
            tickSoon();
        });
    }

    void end(LsdSession session) {
        onLoop(() -> {
            for (var hash : session.wanted().hashes().wireForms()) {
                if (sessions.remove(hash, session)) {
                    plan.remove(hash);
                }
            }
            if (plan.isEmpty()) {
                rest();
            }
        });
    }

    private void onLoop(Runnable task) {
        try {
            loop().execute(task);
        } catch (RejectedExecutionException e) {
            // the network is gone, and with it all that was to be said there
        }
    }

    private EventLoop loop() {
        return multicast.loop();
    }

    @Override
    public void placesChanged(List<MulticastPlace> places) {
        boolean isNew = !known.containsAll(places);
        known.clear();
        known.addAll(places);
        if (isNew) {
            plan.startAnew();
        }
        tickSoon();
    }

    /** Where nothing can be said, or is to be said, nothing ticks. */
    private void tickSoon() {
        if (known.isEmpty() || plan.isEmpty()) {
            rest();
            return;
        }
        if (ticking == null) {
            ticking = loop().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (!isTickPending) {
            isTickPending = true;
            loop().schedule(
                            () -> {
                                isTickPending = false;
                                tick();
                            },
                            TOGETHER_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void rest() {
        if (ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    private void tick() {
        var joined = group;
        if (joined == null || known.isEmpty()) {
            return;
        }
        long now = now();
        for (var packet : plan.due(now)) {
            var message = new LsdMessage(packet.port(), packet.hashes(), cookie);
            for (var place : known) {
                joined.send(place, message.encode(place.v6() ? HOST_V6 : HOST_V4));
                sent.incrementAndGet();
            }
            for (var hash : packet.hashes()) {
                var session = sessions.get(hash);
                if (session != null) {
                    session.announced(now);
                }
            }
        }
    }

    @Override
    public void received(MulticastPlace place, InetSocketAddress sender, ByteBuffer datagram) {
        if (!place.isOnLink(sender.getAddress()) && !place.isOwn(sender.getAddress())) {
            return; // whoever is elsewhere has not said this, and is not to be dialled for it
        }
        var parsed = LsdMessage.parse(datagram);
        if (parsed.isEmpty()) {
            nonsense.incrementAndGet();
            return;
        }
        var message = parsed.get();
        if (message.cookie().equals(cookie)) {
            return;
        }
        received.incrementAndGet();
        var peer = PeerAddress.ip(sender.getAddress(), message.port());
        for (var hash : new LinkedHashSet<>(message.infoHashes())) {
            var session = sessions.get(hash);
            if (session != null && !isOurs(place, sender, message.port(), session)) {
                session.heard(peer, now());
            }
        }
    }

    /** Some router or program may have changed the cookie. */
    private static boolean isOurs(MulticastPlace place, InetSocketAddress sender, int port, LsdSession session) {
        return place.isOwn(sender.getAddress()) && port == session.wanted().port();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(literal, impossible);
        }
    }
}
