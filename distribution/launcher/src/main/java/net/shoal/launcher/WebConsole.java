package net.shoal.launcher;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.launch.Framework;

/**
 * The web console of a node in this process, as it tells by a {@code Supplier<String>}.
 *
 * @param loginUrl signs in once; a secret, for a terminal only
 */
record WebConsole(String url, String loginUrl) {
    private static final String CONSOLE = "(shoal.node=console)";
    private static final long SECONDS = 30;

    /**
     * Nothing if the settings say that there is to be none.
     *
     * @throws NodeException if it cannot be where it is to be
     */
    static Optional<WebConsole> await(Framework framework) throws NodeException, InterruptedException {
        var context = framework.getBundleContext();
        var known = new CountDownLatch(1);
        try {
            context.addServiceListener(
                    event -> {
                        if (event.getType() == ServiceEvent.REGISTERED) {
                            known.countDown();
                        }
                    },
                    CONSOLE);
            if (verdict(context).isEmpty() && !known.await(SECONDS, TimeUnit.SECONDS)) {
                throw new NodeException(
                        "the web console does not open", "--console off does without it; the log may say why");
            }
            return of(verdict(context).orElse("off\t\t").split("\t", 3));
        } catch (InvalidSyntaxException | IllegalStateException e) {
            return Optional.empty(); // the node stops
        }
    }

    private static Optional<WebConsole> of(String[] verdict) throws NodeException {
        if (verdict[0].equals("failed")) {
            throw new NodeException(verdict[1], verdict[2]);
        }
        return verdict[0].equals("open") ? Optional.of(new WebConsole(verdict[1], verdict[2])) : Optional.empty();
    }

    private static Optional<String> verdict(BundleContext context) throws InvalidSyntaxException {
        var found = context.getAllServiceReferences(Supplier.class.getName(), CONSOLE);
        return found != null && context.getService(found[0]) instanceof Supplier<?> supplier
                ? Optional.of(String.valueOf(supplier.get()))
                : Optional.empty();
    }
}
