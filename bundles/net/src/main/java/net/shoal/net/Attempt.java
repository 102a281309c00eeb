package net.shoal.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.RefusedException;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.Target;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection being made. WAITING at the gate, then for each route DIALLING and SECURING, all of it on the event loop it is for. It
 * completes once: with a channel, by {@link #fail}, or by being cancelled; whatever is on its way then is closed.
 */
final class Attempt extends CompletableFuture<SecureChannel> {
    static final Duration DIAL_TIMEOUT = Duration.ofSeconds(10);
    static final Duration SECURE_TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Dialer dialer;
    private final PeerAddress address;
    private final Target target;
    private final EventLoop loop;
    private final SecureLayer.Need need;
    private final Iterator<Dialer.Route> routes;
    private final Runnable leave;
    /** The last thing that went wrong. */
    private Throwable failure = new IOException("nothing was tried");
    /** Transports that do not get there: with another layer they would not either. Only on the loop. */
    private final Set<Transport> unreachable = new HashSet<>();
    /** What is on its way: a dial, or a channel being secured. Only on the loop. */
    private @Nullable CompletableFuture<?> dial;

    private @Nullable Channel securing;
    private @Nullable Future<?> deadline;

    Attempt(
            Dialer dialer,
            PeerAddress address,
            Target target,
            EventLoop loop,
            SecureLayer.Need need,
            List<Dialer.Route> routes,
            Runnable leave) {
        this.dialer = dialer;
        this.address = address;
        this.target = target;
        this.loop = loop;
        this.need = need;
        this.routes = routes.iterator();
        this.leave = leave;
    }

    PeerAddress address() {
        return address;
    }

    /** The gate is open; may be long after this was cancelled. */
    void begin() {
        whenComplete((channel, error) -> {
            leave.run();
            if (error != null) {
                Dialer.onLoop(loop, this::abandon, () -> {});
            }
        });
        Dialer.onLoop(loop, this::next, () -> fail(new IOException("the event loop is closed")));
    }

    void fail(IOException reason) {
        completeExceptionally(reason);
    }

    private void next() {
        if (isDone()) {
            return;
        }
        var next = nextRoute();
        if (next.isEmpty()) {
            giveUp();
            return;
        }
        var route = next.get();
        try {
            var from = address.inet().flatMap(inet -> dialer.network().dialFrom(inet.getAddress()));
            var dialling = route.transport().dial(address, new DialOptions(loop, from, DIAL_TIMEOUT));
            dial = dialling.toCompletableFuture();
            dialling.whenComplete((channel, error) -> onLoop(channel, () -> dialled(route, channel, error)));
        } catch (RuntimeException e) {
            LOG.error("Transport {} failed", route.transport().scheme(), e);
            failed(e);
        }
    }

    private Optional<Dialer.Route> nextRoute() {
        while (routes.hasNext()) {
            var route = routes.next();
            if (!unreachable.contains(route.transport())) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    private void giveUp() {
        fail(
                failure instanceof IOException io
                        ? io
                        : new IOException("cannot connect to " + address + ": " + failure, failure));
    }

    private void dialled(Dialer.Route route, @Nullable Channel channel, @Nullable Throwable error) {
        dial = null;
        if (channel == null) {
            unreachable.add(route.transport());
            failed(error);
            return;
        }
        dialer.transports().track(route.transport(), channel);
        dialer.layers().track(route.layer(), channel);
        if (isDone()) {
            channel.close();
            return;
        }
        securing = channel;
        deadline = loop.schedule(
                () -> secured(
                        route,
                        channel,
                        null,
                        new IOException("cannot connect to " + address + ": '"
                                + route.layer().name() + "' is not done in time")),
                SECURE_TIMEOUT.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            route.layer()
                    .secure(channel, target, need)
                    .whenComplete((result, failed) -> onLoop(channel, () -> secured(route, channel, result, failed)));
        } catch (RuntimeException e) {
            LOG.error("Secure layer {} failed", route.layer().name(), e);
            secured(route, channel, null, e);
        }
    }

    private void secured(
            Dialer.Route route, Channel channel, SecureLayer.@Nullable Secured result, @Nullable Throwable error) {
        if (securing != channel) {
            return;
        }
        stopSecuring();
        if (result == null) {
            channel.close();
            notSecured(route.layer(), error);
            return;
        }
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(new HeldBytes());
        var made = new SecureChannel(
                channel,
                route.transport().scheme(),
                route.layer().name(),
                result.encrypted(),
                result.greeted(),
                result.provenKey());
        if (!complete(made)) {
            channel.close();
        }
    }

    private void notSecured(SecureLayer layer, @Nullable Throwable error) {
        note(error);
        if (failure instanceof RefusedException) {
            giveUp();
        } else {
            dialer.failures().add(address, layer);
            next();
        }
    }

    private void failed(@Nullable Throwable error) {
        note(error);
        next();
    }

    private void note(@Nullable Throwable error) {
        var known = Optional.ofNullable(error).orElseGet(() -> new IOException("no reason given"));
        failure = known instanceof CompletionException && known.getCause() != null ? known.getCause() : known;
    }

    /** Given up from outside, or failed: nothing that was on its way may stay. */
    private void abandon() {
        if (dial != null) {
            dial.cancel(false);
        }
        var channel = securing;
        if (channel != null) {
            stopSecuring();
            channel.close();
        }
    }

    private void stopSecuring() {
        securing = null;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void onLoop(@Nullable Channel channel, Runnable task) {
        Dialer.onLoop(loop, task, () -> {
            if (channel != null) {
                channel.close();
            }
            fail(new IOException("the event loop is closed"));
        });
    }
}
