package net.shoal.api.console;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A whiteboard service: what its bundle adds to the web console. */
@ConsumerType
@FunctionalInterface
public interface Contributor {
    /** Asked once, when the service comes. */
    List<Contribution> contributions();
}
