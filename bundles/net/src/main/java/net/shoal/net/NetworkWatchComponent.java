package net.shoal.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the network of this machine, and tells whoever wants to know when it has changed. There while there is a network. */
@Component(
        service = {},
        immediate = true)
public final class NetworkWatchComponent {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatchComponent.class);
    /** A look takes some 0.1 ms. */
    private static final long EVERY_MILLIS = 2_000;

    private static final long CLOSE_SECONDS = 5;

    private final List<NetworkListener> listeners = new CopyOnWriteArrayList<>();
    private final NetworkWatch watch =
            new NetworkWatch(OwnAddresses::usable, System::currentTimeMillis, System::nanoTime);
    private final ScheduledThreadPoolExecutor thread;

    @Activate
    public NetworkWatchComponent(@Reference Network network) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            var worker = new Thread(task, "shoal-network");
            worker.setDaemon(true);
            return worker;
        });
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open() {
        thread.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The watch over the network does not end in time");
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(NetworkListener listener) {
        listeners.add(listener);
    }

    void removeListener(NetworkListener listener) {
        listeners.remove(listener);
    }

    private void look() {
        try {
            if (watch.hasChanged(EVERY_MILLIS)) {
                LOG.info("The network of this machine has changed, or it has slept; connections are checked");
                listeners.forEach(NetworkWatchComponent::tell);
            }
        } catch (RuntimeException e) {
            LOG.error("The watch over the network failed", e);
        }
    }

    private static void tell(NetworkListener listener) {
        try {
            listener.networkChanged();
        } catch (RuntimeException e) {
            LOG.error("{} failed when the network changed", listener.getClass().getName(), e);
        }
    }
}
