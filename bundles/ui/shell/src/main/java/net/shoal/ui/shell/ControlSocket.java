package net.shoal.ui.shell;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.node.Home;
import net.shoal.api.node.NodeReady;
import net.shoal.api.node.Settings;
import net.shoal.api.transfer.TransferEngine;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node is ready when this is: all it refers to is there, so it listens and its transfers are loaded. Opens the control socket, writes
 * {@code node.json}, tells the launcher; undoes that in reverse.
 */
@Component(
        immediate = true,
        service = {})
public final class ControlSocket {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    private final BundleContext context;
    private final Home home;
    private final FrontDoor frontDoor;
    private final NodeStop stop;
    private final Actions actions;
    private final ConsoleNow console;
    /** What is to be closed, the last one first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @Activate
    public ControlSocket(
            BundleContext context,
            @Reference Home home,
            @Reference Settings settings,
            @Reference FrontDoor frontDoor,
            @Reference Network network,
            @Reference TransferEngine engine,
            @Reference ShareLibrary library,
            @Reference TransferNews news,
            @Reference HealthChecks healthChecks,
            @Reference PluginsNow plugins,
            @Reference ContentLinks links,
            @Reference ConsoleNow console) {
        this.context = context;
        this.home = home;
        this.frontDoor = frontDoor;
        this.stop = new NodeStop(context);
        this.actions = new Actions(new Services(
                home,
                settings,
                frontDoor,
                network,
                engine,
                library,
                news,
                healthChecks,
                plugins,
                links,
                console,
                stop));
        this.console = console;
    }

    /** Not in the constructor: what it made would stay behind where a service went while it ran, since Declarative Services then only forgets it. */
    @Activate
    void open() throws IOException {
        try {
            var server = ControlServer.open(
                    home.root(), actions::execute, new Attached(home.isTemporary() ? stop : () -> {}));
            opened.push(server);
            var file = NodeFile.write(
                    home.root(),
                    String.valueOf(context.getProperty("shoal.version")),
                    frontDoor.addresses(),
                    server.path(),
                    Instant.now());
            opened.push(file);
            opened.push(console.follow(file::console));
            var executable = context.registerService(
                    Executable.class, actions::execute, FrameworkUtil.asDictionary(Map.of("shoal.node", "ready")));
            opened.push(executable::unregister);
            var ready = context.registerService(NodeReady.class, new NodeReady() {}, null);
            opened.push(ready::unregister);
        } catch (IOException | RuntimeException e) { // such as a bundle that is being stopped already
            closeAll();
            throw e;
        }
        LOG.info("The node is ready");
    }

    @Deactivate
    public void close() {
        closeAll();
        LOG.info("The node stops");
    }

    private void closeAll() {
        while (!opened.isEmpty()) {
            closeQuietly(opened.pop());
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.warn("{} did not close as it should", closeable.getClass().getSimpleName(), e);
        }
    }

    /** Stops the framework from a thread of its own: whoever asks is part of what stops. */
    private record NodeStop(BundleContext context) implements Runnable {
        @Override
        public void run() {
            new Thread(this::stop, "shoal-stop").start();
        }

        private void stop() {
            try {
                context.getBundle(org.osgi.framework.Constants.SYSTEM_BUNDLE_LOCATION)
                        .stop();
            } catch (BundleException e) {
                LOG.error("The framework does not stop", e);
            }
        }
    }
}
