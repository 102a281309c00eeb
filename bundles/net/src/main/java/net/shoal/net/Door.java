package net.shoal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.net.Listener;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens with every transport at every address. A port that was chosen once is kept while the door lives, for transports that come later
 * and for those that come back. Confined to one thread, which may block: listening takes no time worth mentioning, but the service that is
 * published with it wakes up others.
 */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final long TIMEOUT_SECONDS = 5;

    /** What the door shows to the outside. */
    interface Sign {
        void listening(List<InetSocketAddress> addresses);

        void closed();

        void failed(String message);
    }

    private final Reception reception;
    private final NetworkScope scope;
    private final Sign sign;
    private final Map<Transport, List<Listener>> listeners = new LinkedHashMap<>();
    private final Map<ListenAddress, Integer> ports = new HashMap<>();
    private List<ListenAddress> addresses = List.of();
    private boolean failed;
    /** Why there are no addresses. */
    private String refused = "";

    Door(Reception reception, NetworkScope scope, Sign sign) {
        this.reception = reception;
        this.scope = scope;
        this.sign = sign;
    }

    /** Listens at these from now on; what is open elsewhere is closed, and the connections it made stay. */
    void moveTo(List<ListenAddress> wanted) {
        addresses = List.copyOf(wanted);
        refused = "";
        reopen();
    }

    /** There is no telling where to listen, until {@link #moveTo}. */
    void refuse(String message) {
        addresses = List.of();
        refused = message;
        reopen();
    }

    void add(Transport transport) {
        listeners.put(transport, new ArrayList<>());
        if (failed) {
            reopen();
        } else {
            show(open(transport));
        }
    }

    void remove(Transport transport) {
        var gone = listeners.remove(transport);
        if (gone != null) {
            close(gone);
            if (!failed) {
                show("");
            }
        }
    }

    void close() {
        listeners.values().forEach(Door::close);
        listeners.clear();
        sign.closed();
    }

    private void reopen() {
        listeners.values().forEach(Door::close);
        var failure = refused;
        for (var transport : listeners.keySet()) {
            failure = failure.isEmpty() ? open(transport) : failure;
        }
        show(failure);
    }

    private void show(String failure) {
        failed = !failure.isEmpty();
        if (failed) {
            listeners.values().forEach(Door::close);
            sign.failed(failure);
            return;
        }
        var open = listeners.values().stream()
                .flatMap(List::stream)
                .map(Listener::local)
                .distinct()
                .toList();
        if (open.isEmpty()) {
            sign.closed();
        } else {
            sign.listening(open);
        }
    }

    /** @return what went wrong, or nothing */
    private String open(Transport transport) {
        var opened = listeners.computeIfAbsent(transport, key -> new ArrayList<>());
        for (var address : addresses) {
            try {
                open(transport, address, opened);
            } catch (IOException e) {
                return e.getMessage() + "; give another [HOST:]PORT to listen on, or port 0 for any";
            }
        }
        return "";
    }

    private void open(Transport transport, ListenAddress address, List<Listener> opened) throws IOException {
        int port = ports.getOrDefault(address, address.port());
        boolean isFirst = true;
        for (var endpoint : address.endpoints(scope, port)) {
            if (isFirst) {
                var listener = openFirst(transport, address, endpoint);
                opened.add(listener);
                port = listener.local().getPort();
                ports.put(address, port);
            } else {
                openMore(transport, new InetSocketAddress(endpoint.getAddress(), port), opened);
            }
            isFirst = false;
        }
    }

    private Listener openFirst(Transport transport, ListenAddress address, InetSocketAddress endpoint)
            throws IOException {
        try {
            return listen(transport, endpoint);
        } catch (IOException e) {
            if (!address.mayMove()) {
                throw e;
            }
            var listener = listen(transport, new InetSocketAddress(endpoint.getAddress(), 0));
            LOG.info(
                    "Port {} is taken; listening on port {} instead",
                    endpoint.getPort(),
                    listener.local().getPort());
            return listener;
        }
    }

    /** The other loopback address, where there is one: good to have. */
    private void openMore(Transport transport, InetSocketAddress endpoint, List<Listener> opened) {
        try {
            opened.add(listen(transport, endpoint));
        } catch (IOException e) {
            LOG.info("Listening without {}: {}", PeerAddress.ip(endpoint), e.getMessage());
        }
    }

    private Listener listen(Transport transport, InetSocketAddress endpoint) throws IOException {
        var listening = transport
                .listen(endpoint, channel -> reception.welcome(transport, channel))
                .toCompletableFuture();
        try {
            return listening.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException("cannot listen on " + PeerAddress.ip(endpoint) + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            listening.thenAccept(Listener::close);
            throw new IOException("cannot listen on " + PeerAddress.ip(endpoint) + ": transport '" + transport.scheme()
                    + "' does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listening.thenAccept(Listener::close);
            throw new IOException("cannot listen on " + PeerAddress.ip(endpoint) + ": interrupted", e);
        }
    }

    /** Waits, so that the port is free again. */
    private static void close(List<Listener> listeners) {
        for (var listener : List.copyOf(listeners)) {
            try {
                listener.close().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("Could not stop listening on {}", listener.local(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        listeners.clear();
    }
}
