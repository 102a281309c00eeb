package net.shoal.api.transfer;

import org.osgi.annotation.versioning.ConsumerType;

/** An extension of the peer wire protocol (BEP 10). A whiteboard service; service property {@value #NAME} is its name on the wire. */
@ConsumerType
public interface WireExtension {
    String NAME = "wire.extension";

    /** Such as {@code ut_metadata}. */
    String name();

    /**
     * False where this swarm has no place for it: peers are not told of it then. Asked anew when the info dictionary becomes known; a session
     * that is there by then is closed.
     */
    default boolean suits(SwarmView swarm) {
        return true;
    }

    /** A connection begins. Called, like everything of the session, on the swarm's loop. */
    WireSession attach(PeerWire wire);
}
