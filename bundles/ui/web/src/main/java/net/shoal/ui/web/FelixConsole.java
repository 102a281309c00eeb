package net.shoal.ui.web;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Felix Web Console, for OSGi people: installed, and started only once somebody who is signed in goes there. */
final class FelixConsole implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FelixConsole.class);
    private static final List<String> BUNDLES = List.of("org.apache.felix.inventory", "org.apache.felix.webconsole");

    private final BundleContext context;
    private boolean started;

    FelixConsole(BundleContext context) {
        this.context = context;
    }

    @Override
    public synchronized void run() {
        if (!started) {
            started = true;
            BUNDLES.forEach(name -> find(name).ifPresent(FelixConsole::start));
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
