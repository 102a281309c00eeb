package net.shoal.ui.web;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.shoal.api.console.OwnLogin;
import net.shoal.api.net.Network;
import net.shoal.api.node.Home;
import net.shoal.api.node.NodeReady;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
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

/** Opens the console where the settings say, on a thread of its own: a web server takes a while to start. */
@Component(
        service = {},
        immediate = true,
        configurationPid = DoorConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "shoal.needed:Boolean=false")
@Designate(ocd = DoorConfig.class)
public final class ConsoleComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleComponent.class);
    private static final long CLOSE_SECONDS = 10;

    private final List<OwnLogin> ownLogins = new CopyOnWriteArrayList<>();
    private final Console console;
    private final ExecutorService thread;

    @Activate
    public ConsoleComponent(
            BundleContext context,
            @Reference Home home,
            @Reference Network network,
            @Reference ConfigurationAdmin configurations,
            @Reference NodeReady ready)
            throws IOException {
        console = new Console(context, home, network.scope(), configurations, ownLogins);
        thread = Executors.newSingleThreadExecutor(task -> {
            var worker = new Thread(task, "shoal-console");
            worker.setDaemon(true);
            return worker;
        });
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open(DoorConfig config) {
        modified(config);
    }

    @Modified
    void modified(DoorConfig config) {
        var settings = DoorSettings.of(config);
        thread.execute(() -> {
            try {
                console.use(settings);
            } catch (RuntimeException e) {
                LOG.error("The console does not open", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        thread.execute(console::close);
        thread.shutdown();
        if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The console does not close in time");
            thread.shutdownNow();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addOwnLogin(OwnLogin login) {
        if (!Door.mayBeOwn(login.path())) {
            LOG.warn(
                    "Requests for {} cannot be let through without a session: the path is not a bundle's to open",
                    login.path());
        }
        ownLogins.add(login);
    }

    void removeOwnLogin(OwnLogin login) {
        ownLogins.remove(login);
    }
}
