package net.shoal.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.Logger;

/** A node in this process: the framework with the bundles of the distribution. It holds the lock of its home. */
final class Node implements AutoCloseable {
    /** A clean stop takes 5 s at most; the rest is for the process itself. */
    private static final long STOP_MILLIS = 4_500;

    private static final long LOOK_MILLIS = 100;

    private static final int LOCK_TRIES = 6;
    private static final String JLINE = "org.jline";
    private static final String SHELL = "org.apache.felix.gogo.jline";

    private final HomeFolder home;
    private final HomeLock lock;
    private final Framework framework;
    private final FailedStarts starts;
    private final List<Bundle> interactive = new ArrayList<>();

    private Node(HomeFolder home, HomeLock lock, Framework framework, FailedStarts starts) {
        this.home = home;
        this.lock = lock;
        this.framework = framework;
        this.starts = starts;
    }

    /**
     * How to start one.
     *
     * @param settings {@code PID:KEY=VALUE} each
     * @param interactive with a shell on standard input
     * @param console with a web console
     * @param safe without plugins
     */
    record Plan(
            HomeFolder home,
            Path distribution,
            List<String> settings,
            boolean temporary,
            boolean interactive,
            boolean console,
            boolean safe,
            String version) {}

    /** Begins to start; {@link #awaitReady} tells when it has. */
    static Node start(Plan plan) throws NodeException {
        var lock = lock(plan.home());
        try {
            Logging.begin(plan.home());
            removeTraces(plan.home());
            var framework = new FrameworkFactory().newFramework(properties(plan));
            framework.init();
            var starts = FailedStarts.begin(plan.home(), plan.safe());
            var node = new Node(plan.home(), lock, framework, starts);
            node.install(plan);
            framework.start();
            return node;
        } catch (IOException | BundleException e) {
            throw new NodeException(
                    "the node cannot start: " + e.getMessage(), "is the installation complete? " + plan.distribution());
        }
    }

    private static HomeLock lock(HomeFolder home) throws NodeException {
        try {
            return takeLock(home)
                    .orElseThrow(() -> new NodeException(
                            "another node runs with the home " + home.root()
                                    + RunningNode.read(home)
                                            .map(node -> " (process " + node.pid() + ")")
                                            .orElse(""),
                            "stop it with `shoal stop`, or choose another home with --home"));
        } catch (IOException e) {
            throw new NodeException(
                    "the home " + home.root() + " cannot be used: " + e,
                    "give this user the right to write there, or choose another with --home");
        }
    }

    /** Tries for a moment: a client that looks whether it is free holds it while it does. */
    private static Optional<HomeLock> takeLock(HomeFolder home) throws IOException {
        var lock = HomeLock.tryTake(home);
        for (int i = 0; i < LOCK_TRIES && lock.isEmpty(); i++) {
            LockSupport.parkNanos(LOOK_MILLIS * 1_000_000 / 2);
            lock = HomeLock.tryTake(home);
        }
        return lock;
    }

    /** What a node that was killed has left; we hold the lock, so nobody uses it. */
    private static void removeTraces(HomeFolder home) throws IOException {
        Files.deleteIfExists(home.nodeFile());
    }

    private static Map<String, Object> properties(Plan plan) throws IOException {
        var properties = new HashMap<String, Object>();
        properties.put(
                Constants.FRAMEWORK_STORAGE,
                plan.home().cache().resolve("framework").toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SystemPackages.of(libraries(plan.distribution())));
        properties.put("felix.cache.locking", "false"); // the home's lock stands for it
        properties.put("felix.shutdown.hook", "false");
        properties.put("felix.log.logger", new FrameworkLog.OfFelix());
        properties.put("felix.log.level", "2");
        properties.put("ds.loglevel", "2");
        // etc/ is the truth; what ConfigAdmin would remember of the last run could only contradict it
        properties.put("felix.cm.pm", "memory");
        // a component lives as long as it can, not as long as somebody looks at it
        properties.put("ds.delayed.keepInstances", "true");
        // the web server listens where the console tells it to, and nowhere before
        properties.put("org.apache.felix.http.require.config", "true");
        // nobody gets to the Felix Web Console but through the door of ours
        properties.put("felix.webconsole.security.providers", "net.shoal");
        properties.put("gosh.home", plan.distribution().resolve("lib/shell").toString());
        properties.put("shoal.home", plan.home().root().toString());
        properties.put("shoal.temporary", String.valueOf(plan.temporary()));
        properties.put("shoal.safe", String.valueOf(plan.safe()));
        properties.put("shoal.version", plan.version());
        properties.put("shoal.settings", String.join("\n", plan.settings()));
        return properties;
    }

    private static List<Path> libraries(Path distribution) throws IOException {
        var lib = distribution.resolve("lib");
        return Files.isDirectory(lib) ? SystemPackages.classPath(lib) : SystemPackages.ofThisProcess();
    }

    private void install(Plan plan) throws IOException, BundleException {
        var context = framework.getBundleContext();
        context.registerService(
                new String[] {LogService.class.getName(), LoggerFactory.class.getName()}, FrameworkLog.service(), null);
        var log = org.slf4j.LoggerFactory.getLogger("osgi.framework");
        context.addFrameworkListener(event -> logErrors(log, event));
        startAll(installAll(plan.distribution().resolve("bundles")));
        if (plan.console()) {
            // started with the others, and opened once the node is ready
            var console = installAll(plan.distribution().resolve("bundles/console"));
            installAll(plan.distribution().resolve("bundles/console/later"));
            startAll(console);
        }
        if (plan.interactive()) {
            // resolved with the others, so that what wants a shell is wired to it, and started once there is something
            // to command
            interactive.addAll(installAll(plan.distribution().resolve("bundles/interactive")));
        }
    }

    private List<Bundle> installAll(Path folder) throws IOException, BundleException {
        var bundles = new ArrayList<Bundle>();
        for (var jar : SystemPackages.classPath(folder)) {
            bundles.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
        }
        return bundles;
    }

    private static void startAll(List<Bundle> bundles) throws BundleException {
        for (var bundle : bundles) {
            boolean isFragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
            if (!isFragment) {
                bundle.start();
            }
        }
    }

    /** Gives standard input to the shell; for a node that is ready. The shell itself comes last: its first words must be there. */
    void startShell() throws NodeException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try {
            interactive.sort(Comparator.comparing(bundle -> SHELL.equals(bundle.getSymbolicName())));
            // JLine finds its terminals by the context class loader, which the shell's thread inherits
            interactive.stream()
                    .filter(bundle -> JLINE.equals(bundle.getSymbolicName()))
                    .forEach(bundle -> thread.setContextClassLoader(loaderOf(bundle)));
            startAll(interactive);
        } catch (BundleException e) {
            throw new NodeException("the shell does not start: " + e.getMessage(), "`run --headless` does without");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private ClassLoader loaderOf(Bundle bundle) {
        framework.adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
        return bundle.adapt(BundleWiring.class).getClassLoader();
    }

    private static void logErrors(Logger log, FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            log.error("{}", event.getBundle(), event.getThrowable());
        } else if (event.getType() == FrameworkEvent.WARNING) {
            log.warn("{}", event.getBundle(), event.getThrowable());
        }
    }

    /** Waits until it listens and its transfers are loaded. */
    RunningNode awaitReady() throws NodeException, InterruptedException {
        return new Readiness(framework, home, starts).await();
    }

    /** Waits for the web console, if there is to be one. */
    Optional<WebConsole> awaitConsole() throws NodeException, InterruptedException {
        return WebConsole.await(framework);
    }

    /** True if the starts before this one make one think of the plugins. */
    boolean shouldMindPlugins() {
        return starts.wereSuspicious();
    }

    /** Waits until it was stopped from within: by a command, by the end of its shell, or by its last command. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** Stops it in an orderly way, within bounds. */
    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
            lock.close();
        } catch (BundleException | IOException e) {
            org.slf4j.LoggerFactory.getLogger(Node.class).error("The node did not stop as it should", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
