package net.shoal.plugins;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.node.PluginException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A plugin's bundle. */
final class FrameworkPlugin implements Host.Loaded {
    private static final long LOOK_MILLIS = 20;
    /** Settings come on a thread of ConfigAdmin's; without them a component merely waits. */
    private static final long SETTINGS_MILLIS = 2_000;

    private final BundleContext context;
    private final long millis;
    private final PluginJar jar;
    private final Bundle bundle;
    private final ComponentWatch watch;

    /** @param millis how long it may take to start, or to stop */
    FrameworkPlugin(
            BundleContext context, ServiceComponentRuntime components, long millis, PluginJar jar, Bundle bundle) {
        this.context = context;
        this.millis = millis;
        this.jar = jar;
        this.bundle = bundle;
        this.watch = new ComponentWatch(components, bundle);
        // so that its settings are known before it runs; what it lacks is told when it is to start
        framework().resolveBundles(List.of(bundle));
    }

    @Override
    public Host.Outcome start() {
        try {
            return Watched.call(jar.name(), millis, this::startAll, this::rescue);
        } catch (TimeoutException e) {
            return new Host.Outcome(
                    Host.Kind.HUNG, "it took more than " + TimeUnit.MILLISECONDS.toSeconds(millis) + " s to start");
        } catch (ExecutionException e) {
            return new Host.Outcome(Host.Kind.FAILED, "it does not start: " + Failures.words(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Host.Outcome(Host.Kind.FAILED, "the node stopped while it started");
        }
    }

    private void rescue() {
        Watched.interruptCallsInto(jar.ownPackages());
    }

    private Host.Outcome startAll() throws InterruptedException, BundleException {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            if (e.getType() == BundleException.RESOLVE_ERROR) {
                return new Host.Outcome(
                        Host.Kind.LACKING,
                        "it does not fit into this node: " + Failures.oneLine(String.valueOf(e.getMessage())));
            }
            throw e;
        }
        var failure = awaitComponents();
        return failure.map(reason -> new Host.Outcome(Host.Kind.FAILED, reason)).orElse(Host.Outcome.RUNNING);
    }

    /** Has each of its components made, as its users would soon, so that those that cannot be are known. */
    private Optional<String> awaitComponents() throws InterruptedException {
        var tried = new HashSet<ServiceReference<?>>();
        long settings = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTINGS_MILLIS);
        while (true) {
            tryServices(tried);
            var failure = watch.failure();
            boolean mayWait = watch.waitsForSettings()
                    && !jar.contents().settings().isEmpty()
                    && System.nanoTime() - settings < 0;
            if (failure.isPresent() || (watch.isSettled() && !mayWait)) {
                tryServices(tried);
                return watch.failure();
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void tryServices(Set<ServiceReference<?>> tried) {
        for (var service : registered(bundle)) {
            boolean isOne = Constants.SCOPE_SINGLETON.equals(service.getProperty(Constants.SERVICE_SCOPE))
                    || Constants.SCOPE_BUNDLE.equals(service.getProperty(Constants.SERVICE_SCOPE));
            if (isOne && tried.add(service) && context.getService(service) != null) {
                context.ungetService(service);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return bundle.getState() == Bundle.ACTIVE;
    }

    @Override
    public void stop() throws PluginException {
        watched(() -> bundle.stop(Bundle.STOP_TRANSIENT));
    }

    @Override
    public void unload() throws PluginException {
        watched(() -> {
            try {
                bundle.stop(Bundle.STOP_TRANSIENT);
            } finally {
                release(bundle);
            }
        });
    }

    private interface Step {
        void run() throws BundleException;
    }

    private void watched(Step step) throws PluginException {
        try {
            Watched.call(
                    jar.name(),
                    millis,
                    () -> {
                        step.run();
                        return true;
                    },
                    this::rescue);
        } catch (TimeoutException e) {
            throw new PluginException(
                    jar.name() + " does not stop within " + TimeUnit.MILLISECONDS.toSeconds(millis) + " s",
                    "restart the node to be rid of it");
        } catch (ExecutionException e) {
            throw new PluginException(jar.name() + " does not stop as it should: " + Failures.words(e), "see the log");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException("the node stops", "");
        }
    }

    @Override
    public List<String> services() {
        var words = new ArrayList<String>();
        registered(bundle).stream()
                .filter(service -> !ServiceWords.isOfTheFramework(service))
                .forEach(service -> words.add(ServiceWords.of(service)));
        return words.stream().sorted().toList();
    }

    @Override
    public List<String> waiting() {
        return isRunning() ? watch.waiting() : List.of();
    }

    @Override
    public Optional<String> failure() {
        return isRunning() ? watch.failure() : Optional.empty();
    }

    private static List<ServiceReference<?>> registered(Bundle bundle) {
        try {
            var services = bundle.getRegisteredServices();
            return services == null ? List.of() : List.of(services);
        } catch (IllegalStateException e) {
            return List.of(); // it was uninstalled
        }
    }

    private void release(Bundle bundle) throws BundleException {
        bundle.uninstall();
        var released = new CountDownLatch(1);
        framework().refreshBundles(List.of(bundle), event -> released.countDown());
        try {
            released.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FrameworkWiring framework() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }
}
