package net.shoal.api.console;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A whiteboard service: the door lets requests for paths below one through without a session, since whoever serves them asks for a password
 * by {@link Logins}, in the way that other programs know; {@link Entrance} is of help. The door still refuses foreign hosts, origins and sites.
 */
@ConsumerType
@FunctionalInterface
public interface OwnLogin {
    /** Such as {@code /transmission}: this very path and those below it. At least one name, never of the console's own. */
    String path();
}
