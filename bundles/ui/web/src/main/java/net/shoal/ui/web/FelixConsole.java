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
final class FelixConsole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FelixConsole.class);
    private static final List<String> BUNDLES = List.of("org.apache.felix.inventory", "org.apache.felix.webconsole");

    /** It registers its servlets anew when it is given its configuration. */
    private static final long SETTLING_NANOS = 2_000_000_000L;

    private final BundleContext context;
    private boolean started;
    private long since;
    private @Nullable ServiceRegistration<?> login;

    FelixConsole(BundleContext context) {
        this.context = context;
    }

    /** Starts it where it does not run; it takes a moment until all of its servlets are there. */
    synchronized boolean isReady() {
        if (!started) {
            started = true;
            since = System.nanoTime();
            register();
            BUNDLES.forEach(name -> find(name).ifPresent(FelixConsole::start));
        }
        return System.nanoTime() - since > SETTLING_NANOS;
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
