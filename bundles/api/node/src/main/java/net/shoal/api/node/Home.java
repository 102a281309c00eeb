package net.shoal.api.node;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** The folder all state of the node lies below. */
@ProviderType
public interface Home {
    Path root();

    /** {@code <home>/state/NAME}, created if need be: a folder that one component owns. */
    Path state(String name);

    /** True for a node that serves one command and ends with it. */
    boolean isTemporary();
}
