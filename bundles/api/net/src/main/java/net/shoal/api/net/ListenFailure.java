package net.shoal.api.net;

import org.osgi.annotation.versioning.ProviderType;

/**
 * There as a service, in place of {@link FrontDoor}, while the node cannot listen where it was asked to: whoever starts a node ends
 * it with these words. It goes once the setting has been put right.
 */
@ProviderType
public interface ListenFailure {
    /** A sentence that says what was wrong and what would be right. */
    String message();
}
