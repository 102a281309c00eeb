package net.shoal.net;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.Network;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Transport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door of the node. What it is told on the threads of others goes to its own, in order: publishing a service runs the code of
 * whoever waited for it, which neither an event loop nor a component that is just being bound should do.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = NetworkConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class DoorComponent {
    private static final Logger LOG = LoggerFactory.getLogger(DoorComponent.class);
    private static final long CLOSE_SECONDS = 10;
    private static final long IDLE_SECONDS = 5;

    private final Network network;
    private final Reception reception;
    private final DoorSign sign;
    private final Door door;
    private final ThreadPoolExecutor thread;
    /** On the door's thread. */
    private String @Nullable [] listen;

    private @Nullable SwarmDirectory directory;

    @Activate
    public DoorComponent(BundleContext context, @Reference Network network, NetworkConfig config) {
        this.network = network;
        this.reception = new Reception(network, config.security());
        this.sign = new DoorSign(context);
        this.door = new Door(reception, network.scope(), sign);
        this.thread =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var worker = new Thread(task, "shoal-door");
                    worker.setDaemon(true);
                    return worker;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. Until then nothing is open. */
    @Activate
    void open(NetworkConfig config) {
        modified(config);
    }

    @Modified
    void modified(NetworkConfig config) {
        reception.policy(config.security());
        run(() -> listenOn(config.listen()));
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        run(door::close);
        thread.shutdown();
        if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The front door does not close in time");
            thread.shutdownNow();
        }
        sign.closed();
        reception.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport, Map<String, ?> properties) {
        reception.transports().add(transport, properties);
        run(() -> door.add(transport));
    }

    void removeTransport(Transport transport) {
        run(() -> door.remove(transport));
        reception.transports().remove(transport);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLayer(SecureLayer layer, Map<String, ?> properties) {
        reception.layers().add(layer, properties);
    }

    void removeLayer(SecureLayer layer) {
        reception.layers().remove(layer);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setDirectory(SwarmDirectory now) {
        synchronized (reception) {
            directory = now;
            reception.directory(now);
        }
    }

    /** The new one may have come before the old one goes. */
    void unsetDirectory(SwarmDirectory gone) {
        synchronized (reception) {
            if (directory == gone) {
                directory = null;
                reception.directory(null);
            }
        }
    }

    private void listenOn(String[] now) {
        if (listen != null && Arrays.equals(listen, now)) {
            return;
        }
        boolean isFirst = listen == null;
        listen = now.clone();
        try {
            door.moveTo(ListenAddress.parse(now, network.scope()));
        } catch (IllegalArgumentException e) {
            if (isFirst) {
                door.refuse(String.valueOf(e.getMessage()));
            } else {
                LOG.warn("The node goes on listening where it was: {}", e.getMessage());
            }
        }
    }

    private void run(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("The front door failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The front door is closed already");
        }
    }
}
