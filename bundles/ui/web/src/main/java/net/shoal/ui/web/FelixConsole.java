package net.shoal.ui.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Felix Web Console, for OSGi people: installed, and started only once somebody who is signed in goes there. */
final class FelixConsole implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FelixConsole.class);
    private static final List<String> BUNDLES = List.of("org.apache.felix.inventory", "org.apache.felix.webconsole");

    private final BundleContext context;
    private boolean started;
    private @Nullable ServiceRegistration<?> login;

    FelixConsole(BundleContext context) {
        this.context = context;
    }

    @Override
    public synchronized void run() {
        if (!started) {
            started = true;
            register();
            BUNDLES.forEach(name -> find(name).ifPresent(FelixConsole::start));
        }
    }

    /** Before it starts: it lets nobody in without. */
    private void register() {
        try {
            login = context.registerService(
                    SecurityProvider.class,
                    new FelixLogin(),
                    FrameworkUtil.asDictionary(Map.of(SecurityProvider.PROPERTY_ID, FelixLogin.ID)));
        } catch (LinkageError e) {
            LOG.debug("There is no Felix Web Console", e);
        }
    }

    private static void start(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            LOG.warn("{} does not start", bundle.getSymbolicName(), e);
        }
    }

    private Optional<Bundle> find(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    @Override
    public synchronized void close() {
        if (started) {
            started = false;
            BUNDLES.forEach(name -> find(name).ifPresent(FelixConsole::stop));
            var registered = login;
            if (registered != null) {
                registered.unregister();
            }
        }
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop();
        } catch (BundleException e) {
            LOG.debug("{} does not stop", bundle.getSymbolicName(), e);
        }
    }
}
