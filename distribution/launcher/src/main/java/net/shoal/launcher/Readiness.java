package net.shoal.launcher;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** Waits for a node that was started to be ready, and finds out why it does not get so. */
final class Readiness {
    /** How long bundles may take to become ready before we say what is missing. */
    private static final long READY_SECONDS = 30;

    /** A service with this property is there once the node is ready. */
    private static final String READY = "(shoal.node=ready)";

    /** A {@code Supplier<String>} that says why a node is not ready: {@code "message\thint"}, or nothing while there is hope. */
    private static final String DIAGNOSIS = "(shoal.node=diagnosis)";

    private static final String WITHOUT_PLUGINS =
            "it is not the first time: `shoal run --safe` starts the node without plugins, should one of them be the reason";

    private static final long LOOK_MILLIS = 100;

    private final Framework framework;
    private final HomeFolder home;
    private final FailedStarts starts;

    Readiness(Framework framework, HomeFolder home, FailedStarts starts) {
        this.framework = framework;
        this.home = home;
        this.starts = starts;
    }

    /** Waits until it listens and its transfers are loaded. */
    RunningNode await() throws NodeException, InterruptedException {
        try {
            var node = awaitService();
            starts.forget();
            return node;
        } catch (NodeException e) {
            throw starts.areSuspicious() ? new NodeException(e.getMessage(), WITHOUT_PLUGINS) : e;
        }
    }

    private RunningNode awaitService() throws NodeException, InterruptedException {
        var ready = new CountDownLatch(1);
        try {
            framework
                    .getBundleContext()
                    .addServiceListener(
                            event -> {
                                if (event.getType() == ServiceEvent.REGISTERED) {
                                    ready.countDown();
                                }
                            },
                            READY);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (service(READY).isEmpty() && !ready.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            boolean late = System.nanoTime() - end > 0;
            failIfHopeless(late);
            if (late) {
                throw new NodeException(
                        "the node is not ready after " + READY_SECONDS + " s", "see the log in " + home.log());
            }
        }
        failIfHopeless(false);
        return RunningNode.read(home)
                .orElseThrow(
                        () -> new NodeException("the node ended while it started", "see the log in " + home.log()));
    }

    /** @param late says what is missing even where it may still come */
    private void failIfHopeless(boolean late) throws NodeException {
        var diagnosis = service(DIAGNOSIS);
        if (diagnosis.isEmpty()) {
            if (late) {
                throw new NodeException("the node's bundles do not start", "see the log in " + home.log());
            }
            return;
        }
        var context = framework.getBundleContext();
        if (context.getService(diagnosis.get()) instanceof Supplier<?> supplier
                && supplier.get() instanceof String verdict) {
            var parts = verdict.split("\t", 3);
            boolean isFinal = parts[0].equals("failed");
            if (parts.length == 3 && (isFinal || late)) {
                if (isFinal) {
                    starts.forget();
                }
                throw new NodeException(parts[1], parts[2]);
            }
        }
    }

    private Optional<ServiceReference<?>> service(String filter) {
        try {
            var context = framework.getBundleContext();
            if (context == null) {
                return Optional.empty();
            }
            var found = context.getAllServiceReferences(null, filter);
            return found == null ? Optional.empty() : Optional.of(found[0]);
        } catch (InvalidSyntaxException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
