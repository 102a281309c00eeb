package net.shoal.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import net.shoal.api.node.PluginException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * The framework this runs in. A plugin's bundle is a copy in the framework's cache, so nobody can change it under way; its location tells
 * it from bundles of the node.
 */
final class FrameworkHost implements Host {
    private static final String LOCATION = "shoal-plugin:";

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final long millis;
    private final AtomicLong count = new AtomicLong();

    /** @param millis how long a plugin may take to start, or to stop */
    FrameworkHost(BundleContext context, ServiceComponentRuntime components, long millis) {
        this.context = context;
        this.components = components;
        this.millis = millis;
    }

    @Override
    public boolean isOfTheNode(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .anyMatch(bundle -> symbolicName.equals(bundle.getSymbolicName()) && !isPlugin(bundle));
    }

    private static boolean isPlugin(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }

    @Override
    public Offers offers() {
        var offers = new Offers();
        for (var bundle : context.getBundles()) {
            var revision = bundle.adapt(BundleRevision.class);
            if (revision != null && bundle.getState() != Bundle.INSTALLED) {
                revision.getDeclaredCapabilities(null)
                        .forEach(capability -> offers.add(capability.getNamespace(), capability.getAttributes()));
            }
        }
        return offers;
    }

    @Override
    public Loaded load(PluginJar jar, Path file) throws PluginException {
        try (var in = Files.newInputStream(file)) {
            // one that hangs keeps its location
            var location = LOCATION + jar.name() + "#" + count.incrementAndGet();
            return new FrameworkPlugin(context, components, millis, jar, context.installBundle(location, in));
        } catch (BundleException | IOException | IllegalStateException e) {
            throw new PluginException(
                    "the framework does not take it: " + Failures.words(e),
                    "the log may tell more; else restart the node");
        }
    }
}
