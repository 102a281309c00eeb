package net.shoal.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.shoal.api.node.Home;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.PluginJars;
import net.shoal.api.node.Plugins;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins, from the time the node starts. Their bundles are installed at once, before anybody asks which settings there are; they are
 * started once the bundles of the node have been, on a thread of their own: a node is ready without waiting for them.
 */
@Component(
        service = {Plugins.class, PluginJars.class, PluginsComponent.class},
        immediate = true)
public final class PluginsComponent implements Plugins, PluginJars {
    private static final Logger LOG = LoggerFactory.getLogger(PluginsComponent.class);
    /** The launcher's word for a node without plugins. */
    static final String SAFE = "shoal.safe";

    private static final long PLUGIN_MILLIS = 10_000;
    private static final long STOP_MILLIS = 3_000;

    private final BundleContext context;
    private final boolean safe;
    private final Plugins plugins;
    private final PluginJars jars;
    private final List<Path> strangers;
    private final Thread starting;

    @Activate
    public PluginsComponent(
            BundleContext context, @Reference Home home, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.safe = Boolean.parseBoolean(context.getProperty(SAFE));
        var host = new FrameworkHost(context, components, PLUGIN_MILLIS);
        var settings = new SettingsFiles(home.root().resolve("etc"));
        Plugins made;
        PluginJars looked;
        var found = List.<Path>of();
        Runnable start = () -> {};
        try {
            var folder = PluginsFolder.open(home.root().resolve("plugins"), JarLimits.DEFAULT);
            var local = new LocalPlugins(folder, host, JarLimits.DEFAULT, settings, Clock.systemUTC(), safe);
            found = folder.strangers();
            local.loadAll();
            start = local::startAll;
            made = local;
            looked = local;
        } catch (IOException e) {
            LOG.error("No plugin runs: {}", e.getMessage());
            var unusable = new UnusablePlugins(String.valueOf(e.getMessage()));
            made = unusable;
            looked = unusable;
        }
        plugins = made;
        jars = looked;
        strangers = found;
        strangers.forEach(jar -> LOG.warn("{} is not installed; `plugins install {}` does it", jar, jar));
        var work = start;
        starting = new Thread(() -> startOnceTheNodeHas(work), "shoal-plugins");
        starting.setDaemon(true);
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open() {
        starting.start();
    }

    private void startOnceTheNodeHas(Runnable start) {
        var started = new CountDownLatch(1);
        FrameworkListener listener = event -> {
            if (event.getType() == FrameworkEvent.STARTED) {
                started.countDown();
            }
        };
        try {
            context.addFrameworkListener(listener);
            if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() != Bundle.ACTIVE) {
                started.await();
            }
            context.removeFrameworkListener(listener);
            start.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("The node stopped before its plugins started", e);
        } catch (RuntimeException e) {
            LOG.error("Not all plugins were started", e);
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        boolean allStops = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() != Bundle.ACTIVE;
        if (plugins instanceof LocalPlugins local) {
            local.close(allStops, starting::interrupt);
        }
        starting.interrupt();
        starting.join(STOP_MILLIS);
    }

    boolean isSafe() {
        return safe;
    }

    /** Jars that somebody put into the folder. */
    List<Path> strangers() {
        return strangers;
    }

    /** Why none can run; empty where they can. */
    String trouble() {
        return plugins instanceof UnusablePlugins unusable ? unusable.why() : "";
    }

    @Override
    public List<Plugin> list() {
        return plugins.list();
    }

    @Override
    public Plugin install(Path jar, Replacing replacing) throws PluginException {
        return plugins.install(jar, replacing);
    }

    @Override
    public Seen look(Path jar) throws PluginException {
        return jars.look(jar);
    }

    @Override
    public Plugin start(String name) throws PluginException {
        return plugins.start(name);
    }

    @Override
    public Plugin stop(String name) throws PluginException {
        return plugins.stop(name);
    }

    @Override
    public List<Path> remove(String name, boolean keepSettings) throws PluginException {
        return plugins.remove(name, keepSettings);
    }
}
