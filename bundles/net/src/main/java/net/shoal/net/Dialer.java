package net.shoal.net;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.api.net.Connector;
import net.shoal.api.net.Network;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.Target;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;

/**
 * Dials with each transport that can and secures with each layer that may, one after the other in the order of service ranking, until
 * one pair works: a peer that does not speak a layer is dialled again for the next one at once. Safe for use from any thread.
 */
final class Dialer implements Connector {
    private final Network network;
    private final Providers<Transport> transports = new Providers<>();
    private final Providers<SecureLayer> layers = new Providers<>();
    private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
    private final LastFailures failures = new LastFailures();
    private final DialGate gate;
    private volatile SecurityPolicy policy;
    private volatile boolean closed;

    Dialer(Network network, SecurityPolicy policy, int halfOpen) {
        this.network = network;
        this.policy = policy;
        this.gate = new DialGate(halfOpen);
    }

    Providers<Transport> transports() {
        return transports;
    }

    Providers<SecureLayer> layers() {
        return layers;
    }

    LastFailures failures() {
        return failures;
    }

    void settings(SecurityPolicy security, int halfOpen) {
        policy = security;
        gate.limit(halfOpen);
    }

    /** Gives up what is on its way, and closes what was made. */
    void close() {
        closed = true;
        attempts.forEach(attempt -> attempt.fail(new IOException("the node stops dialling")));
        transports.closeChannels();
    }

    @Override
    public CompletionStage<SecureChannel> connect(PeerAddress address, Target target, EventLoop loop) {
        try {
            var now = policy;
            var attempt = new Attempt(this, address, target, loop, now.need(), routes(address, now), gate::leave);
            start(attempt);
            return attempt;
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    Network network() {
        return network;
    }

    private void start(Attempt attempt) throws IOException {
        attempts.add(attempt);
        attempt.whenComplete((channel, error) -> attempts.remove(attempt));
        if (closed) {
            attempt.fail(new IOException("the node stops dialling"));
        } else if (!gate.enter(attempt::begin)) {
            attempt.fail(
                    new IOException("too many connections wait to be dialled; try " + attempt.address() + " later"));
        }
    }

    private List<Route> routes(PeerAddress address, SecurityPolicy mayUse) throws IOException {
        var outside = address.inet().filter(inet -> !network.scope().permits(inet.getAddress()));
        if (outside.isPresent()) {
            throw new IOException(address + " lies outside the network scope '"
                    + network.scope().name().toLowerCase(Locale.ROOT) + "'");
        }
        var secures = failures.order(
                address, layers.ranked().stream().filter(mayUse::permits).toList());
        if (secures.isEmpty()) {
            throw new IOException("cannot connect to " + address + ": " + mayUse.whyNone());
        }
        var routes = new ArrayList<Route>();
        transports.ranked().stream()
                .filter(transport -> transport.canDial(address))
                .forEach(transport -> secures.forEach(layer -> routes.add(new Route(transport, layer))));
        if (routes.isEmpty()) {
            throw new IOException("cannot connect to " + address + ": no transport that can dial it is installed");
        }
        return routes;
    }

    /** One way to get there. */
    record Route(Transport transport, SecureLayer layer) {}

    /** Runs on the loop, or gives up if that is gone. */
    static void onLoop(EventLoop loop, Runnable task, Runnable orElse) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            orElse.run();
        }
    }
}
