package net.shoal.ui.shell;

import java.io.IOException;
import java.util.Optional;
import net.shoal.api.console.ConsoleAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web console, while it is open. */
@Component(service = ConsoleNow.class)
public final class ConsoleNow {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleNow.class);

    private @Nullable ConsoleAddress console;
    private @Nullable Follower follower;

    @Activate
    public ConsoleNow() {}

    /** Hears where the console is, or that it is nowhere. */
    interface Follower {
        void on(Optional<ConsoleAddress> console) throws IOException;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setConsole(ConsoleAddress now) {
        console = now;
        tell();
    }

    /** The new one may have come before the old one goes. */
    synchronized void unsetConsole(ConsoleAddress gone) {
        if (console == gone) {
            console = null;
            tell();
        }
    }

    synchronized Optional<ConsoleAddress> get() {
        return Optional.ofNullable(console);
    }

    /** One follower, told at once and whenever it changes. */
    synchronized AutoCloseable follow(Follower one) {
        follower = one;
        tell();
        return () -> unfollow(one);
    }

    private synchronized void unfollow(Follower one) {
        if (follower == one) {
            follower = null;
        }
    }

    private void tell() {
        var one = follower;
        if (one != null) {
            try {
                one.on(Optional.ofNullable(console));
            } catch (IOException e) {
                LOG.warn("Where the console is cannot be told in node.json", e);
            }
        }
    }
}
